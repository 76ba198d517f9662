package org.qmk.kernel.call;

/// What a job was accepted on: the capabilities that it needs and that its session held. Only the
/// table that made one can say whether it is still good.
public interface Entitlement {}
