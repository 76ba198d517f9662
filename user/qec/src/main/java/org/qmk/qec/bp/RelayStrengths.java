package org.qmk.qec.bp;

/// Strengths of the memory of mechanisms, in units of `Beliefs.ONE`. Those of a leg depend on its
/// number and the seed alone, and are kept once they are drawn.
final class RelayStrengths {

    private final RelaySettings settings;
    private final short[][] legs;
    private final int mechanisms;

    RelayStrengths(RelaySettings settings, int mechanisms) {
        this.settings = settings;
        this.mechanisms = mechanisms;
        legs = new short[settings.legs() + 1][];
    }

    /// Puts those of a leg at every `stride` places from `to` on.
    void put(int leg, int[] target, int to, int stride) {
        if (legs[leg] == null) legs[leg] = draw(leg);
        short[] drawn = legs[leg];
        for (int i = 0; i < drawn.length; i++) target[to + i * stride] = drawn[i];
    }

    private short[] draw(int leg) {
        var drawn = new short[mechanisms];
        double span = settings.strengthMax() - settings.strengthMin();
        long state = mixed(settings.seed() * 0x9E3779B97F4A7C15L + leg);
        for (int i = 0; i < drawn.length; i++) {
            state += 0x9E3779B97F4A7C15L;
            double share = (mixed(state) >>> 11) * 0x1p-53;
            double strength =
                    leg == 0 ? settings.firstStrength() : settings.strengthMin() + span * share;
            drawn[i] = (short) Beliefs.fixed(strength);
        }
        return drawn;
    }

    /// The last steps of SplitMix64.
    private static long mixed(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
