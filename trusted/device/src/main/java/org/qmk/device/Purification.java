package org.qmk.device;

/// Two pairs into one better one. Only `+ - * /`: every machine computes the same bits.
public enum Purification {

    /// Bennett et al. 1996: errors are made equally likely before and after each round.
    BBPSSW,

    /// Deutsch et al. 1996: errors stay as they are, so that the next round can use it.
    DEJMPS;

    /// The most rounds that anybody may ask for: 2^20 raw pairs at the least.
    public static final int ROUNDS_MAX = 20;

    /// One round that worked.
    ///
    /// @param success the probability that it does; both pairs are lost otherwise
    public record Round(BellPair pair, double success) {}

    /// What some rounds deliver.
    ///
    /// @param rawPairs mean number of raw pairs for one delivered pair
    public record Delivery(BellPair pair, double rawPairs) {}

    /// Both protocols measure the parity of two equal pairs; with weights a, b, c, d as in
    /// `BellPair`, what is left is (a² + b², 2cd, c² + d², 2ab) / N, N = (a + b)² + (c + d)².
    public Round round(BellPair raw) {
        BellPair in = this == BBPSSW ? BellPair.werner(raw.fidelity()) : raw;
        double a = in.fidelity();
        double b = in.psiMinus();
        double c = in.psiPlus();
        double d = in.phiMinus();
        double n = (a + b) * (a + b) + (c + d) * (c + d);
        BellPair out =
                new BellPair(
                        (a * a + b * b) / n, 2 * c * d / n, (c * c + d * d) / n, 2 * a * b / n);
        return new Round(this == BBPSSW ? BellPair.werner(out.fidelity()) : out, n);
    }

    /// What this protocol makes of raw pairs whose errors are equally likely. A planner proposes a
    /// number of rounds; this says what it is worth.
    ///
    /// @param rounds 0 to `ROUNDS_MAX`
    public Delivery reached(int rounds, double rawFidelity) {
        if (rounds < 0 || rounds > ROUNDS_MAX) {
            throw new IllegalArgumentException(
                    "rounds are " + rounds + ", expected 0 to " + ROUNDS_MAX);
        }
        Delivery delivery = new Delivery(BellPair.werner(rawFidelity), 1);
        for (int i = 0; i < rounds; i++) {
            Round next = round(delivery.pair());
            delivery = new Delivery(next.pair(), delivery.rawPairs() * 2 / next.success());
        }
        return delivery;
    }
}
