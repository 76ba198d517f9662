package org.qmk.kernel.call;

/// A tenant, numbered from 1 in the order of arrival; 0 names none.
public record TenantId(int number) {
    public TenantId {
        if (number < 0) {
            throw new IllegalArgumentException("tenant is " + number + ", expected 0 or more");
        }
    }
}
