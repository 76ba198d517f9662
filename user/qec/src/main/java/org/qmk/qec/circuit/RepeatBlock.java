package org.qmk.qec.circuit;

/// A loop.
///
/// @param count of turns, 1 or more
/// @param tag empty if there is none
public record RepeatBlock(long count, Circuit body, String tag) implements CircuitItem {

    public RepeatBlock {
        if (count < 1) throw new IllegalArgumentException("count is " + count + ", expected 1");
    }
}
