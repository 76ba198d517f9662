package org.qmk.machine.link;

import java.util.SplittableRandom;
import org.qmk.device.Purification;

/// Purification as it happens in time: one chain of memories at the two ends of a link.
///
/// In an epoch in which no round is under way the link tries to make a raw pair. As soon as two
/// pairs of one level are there, a round makes one of the next level of them, or loses both; then
/// the chain begins again with what it still has. While a round is under way nothing else happens.
public final class PurificationChain {

    /// How a link is used.
    ///
    /// @param loss probability that an attempt at a raw pair fails, 0 or more, below 1
    /// @param fidelity of a raw pair, more than 0.5
    /// @param rounds levels of purification, 0 to `Purification.ROUNDS_MAX`
    /// @param roundEpochs epochs that one round takes, 0 or more
    public record Way(
            double loss, double fidelity, Purification protocol, int rounds, int roundEpochs) {
        public Way {
            boolean good = loss >= 0 && loss < 1 && fidelity > 0.5 && fidelity <= 1;
            good &= rounds >= 0 && rounds <= Purification.ROUNDS_MAX && roundEpochs >= 0;
            if (!good) {
                throw new IllegalArgumentException(
                        "loss %s, fidelity %s, rounds %d, epochs %d: one is out of range"
                                .formatted(loss, fidelity, rounds, roundEpochs));
            }
        }

        /// The mean number of epochs until a pair is delivered: a raw pair takes 1 / (1 - loss); a
        /// pair of the next level takes two of the level below and a round, as often as it takes
        /// for the round to succeed.
        public double meanEpochs() {
            double[] successes = successes();
            double epochs = 1 / (1 - loss);
            for (double success : successes) epochs = (2 * epochs + roundEpochs) / success;
            return epochs;
        }

        /// The mean number of raw pairs that one delivered pair takes.
        public double meanRawPairs() {
            return protocol.reached(rounds, fidelity).rawPairs();
        }

        /// The fidelity of a delivered pair.
        public double delivered() {
            return protocol.reached(rounds, fidelity).pair().fidelity();
        }

        /// By level: how often a round of two pairs of that level succeeds.
        private double[] successes() {
            double[] successes = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                successes[i] = protocol.round(protocol.reached(i, fidelity).pair()).success();
            }
            return successes;
        }
    }

    private final Way way;
    private final double[] successes;
    private final SplittableRandom random;

    /// By level: pairs that wait for another one.
    private final int[] waiting;

    /// The level of the two pairs that a round is under way with, or -1.
    private int busy = -1;

    private int busyEpochs;
    private long epochs;
    private long rawPairs;
    private long failures;

    public PurificationChain(Way way, long seed) {
        this.way = way;
        this.successes = way.successes();
        this.random = new SplittableRandom(seed);
        this.waiting = new int[way.rounds()];
    }

    /// Epochs, raw pairs and rounds that failed so far.
    public long epochs() {
        return epochs;
    }

    public long rawPairs() {
        return rawPairs;
    }

    public long failures() {
        return failures;
    }

    /// One epoch.
    ///
    /// @return whether a pair was delivered at its end
    public boolean epoch() {
        epochs++;
        if (busy >= 0) return --busyEpochs == 0 && finishRound();
        if (random.nextDouble() < way.loss()) return false;
        rawPairs++;
        return arrive(0);
    }

    /// A pair of a level is there.
    private boolean arrive(int level) {
        if (level == way.rounds()) return true;
        if (++waiting[level] < 2) return false;
        busy = level;
        busyEpochs = way.roundEpochs();
        return busyEpochs == 0 && finishRound();
    }

    private boolean finishRound() {
        int level = busy;
        busy = -1;
        waiting[level] = 0;
        if (random.nextDouble() < successes[level]) return arrive(level + 1);
        failures++;
        return false;
    }
}
