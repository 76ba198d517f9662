package org.qmk.codec;

/// A bit of the result by names, until all events of the graph are known.
record OutputBit(String bit, String event) {}
