package org.qmk.qec.circuit;

/// A part of a circuit: an instruction or a loop.
public sealed interface CircuitItem permits CircuitInstruction, RepeatBlock {}
