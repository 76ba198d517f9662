package org.qmk.qec.dem;

/// A part of a detector error model: an instruction or a loop.
public sealed interface ModelItem permits ModelInstruction, ModelRepeat {}
