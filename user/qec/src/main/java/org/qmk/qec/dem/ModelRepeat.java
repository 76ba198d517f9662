package org.qmk.qec.dem;

/// A loop.
///
/// @param count of turns
/// @param tag empty if there is none
public record ModelRepeat(long count, DetectorErrorModel body, String tag) implements ModelItem {

    public ModelRepeat {
        if (count < 0) throw new IllegalArgumentException("count is " + count + ", expected 0");
    }
}
