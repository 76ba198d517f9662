package org.qmk.qec.bp;

/// @param iterations the most rounds of messages, 1 or more
/// @param scale by which messages of detectors are multiplied, above 0, at most 1: min-sum
///     overestimates them
public record BeliefSettings(int iterations, double scale) {

    public BeliefSettings {
        if (iterations < 1) {
            throw new IllegalArgumentException(iterations + " iterations, expected 1 or more");
        }
        if (!(scale > 0 && scale <= 1)) {
            throw new IllegalArgumentException("scale is " + scale + ", expected above 0 to 1");
        }
    }
}
