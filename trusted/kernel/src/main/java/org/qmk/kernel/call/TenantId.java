package org.qmk.kernel.call;

/// A tenant, numbered from 1 in the order of arrival.
public record TenantId(int number) {}
