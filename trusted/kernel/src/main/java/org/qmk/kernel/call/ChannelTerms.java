package org.qmk.kernel.call;

/// What both sides of a channel agree to.
///
/// @param purpose for people; the kernel refuses none and one that is too long
/// @param pairs the most Bell pairs that the channel may use; the kernel refuses 0
/// @param fidelity the least that a pair must have; the kernel refuses a half and less, for such a
///     pair need not be entangled, and more than 1
public record ChannelTerms(String purpose, long pairs, double fidelity) {
    public ChannelTerms {
        if (pairs < 0) {
            throw new IllegalArgumentException("pairs are " + pairs + ", expected 0 or more");
        }
    }
}
