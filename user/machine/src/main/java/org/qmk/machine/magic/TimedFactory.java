package org.qmk.machine.magic;

/// A factory of which no more is known than its figures.
public record TimedFactory(
        String name, long qubits, long runNanos, long outputs, double outputError)
        implements StateFactory {}
