package org.qmk.kernel.call;

/// A session, numbered from 1 in the order of opening; 0 names none.
public record SessionId(int number) {
    public SessionId {
        if (number < 0) {
            throw new IllegalArgumentException("session is " + number + ", expected 0 or more");
        }
    }
}
