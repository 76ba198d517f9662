package org.qmk.kernel.call;

/// A session, numbered from 1 in the order of opening.
public record SessionId(int number) {}
