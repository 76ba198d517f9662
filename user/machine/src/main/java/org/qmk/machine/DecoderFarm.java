package org.qmk.machine;

/// Decoders that share the windows of all blocks.
///
/// @param workers decoders, each of which decodes one window at a time
/// @param speed what the times of the law are divided by
/// @param commit rounds that a window decides
/// @param buffer rounds behind them that a window looks at besides
/// @param parallel whether every other window of a block waits for none: those in between wait for
///     both neighbours (Skoric et al., Nature Communications 14, 7040; Tan et al., PRX Quantum 4,
///     040344); else each window waits for the one before it
/// @param time of a window of `commit + buffer` rounds; shorter ones take their share
public record DecoderFarm(
        int workers, double speed, int commit, int buffer, boolean parallel, WindowTime time) {

    public static final int WORKERS_MAX = 1 << 16;
    public static final int ROUNDS_MAX = 1 << 16;
    public static final double SPEED_MAX = 1e6;

    public DecoderFarm {
        inRange("workers", workers, 1, WORKERS_MAX);
        inRange("commit", commit, 1, ROUNDS_MAX);
        inRange("buffer", buffer, 0, ROUNDS_MAX);
        if (!(speed > 0 && speed <= SPEED_MAX)) {
            throw new IllegalArgumentException(
                    "speed is %s, expected more than 0, at most %s".formatted(speed, SPEED_MAX));
        }
    }

    private static void inRange(String what, int value, int least, int most) {
        if (value >= least && value <= most) return;
        throw new IllegalArgumentException(
                "%s is %d, expected %d to %d".formatted(what, value, least, most));
    }

    /// Rounds of one block that all decoders together decide in one round, on average.
    public double roundsPerRound() {
        return workers * speed * commit / time.mean();
    }
}
