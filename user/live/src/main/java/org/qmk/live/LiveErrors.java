package org.qmk.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.qmk.qec.QecFailure;
import org.qmk.sim.PatchErrors;

/// Logical errors of patches that are measured and decoded: each stretch of epochs between two
/// operations is a memory of as many rounds, one along Z and one along X, and what the decoder gets
/// wrong is an X or a Z on the logical qubit.
public final class LiveErrors implements PatchErrors {

    /// Longer stretches are taken in pieces.
    public static final int EPOCHS_MAX = 16;

    private static final int WORDS = SHOTS / 64;

    /// Waves of few shots ask for the same batch again and again: so many are kept.
    private static final int KEPT_MAX = 1 << 16;

    private record Stretch(long seed, long batch, int place, int epochs) {}

    /// The memories of a number of epochs: along Z, along X.
    private record Pair(LiveMemory alongZ, LiveMemory alongX) {}

    private final LiveCode code;
    private final ConcurrentHashMap<Integer, Pair> pairs = new ConcurrentHashMap<>();
    private final RecentDraws<Stretch, long[]> recent = new RecentDraws<>(KEPT_MAX);

    /// @throws QecFailure if there is no such memory
    public LiveErrors(LiveCode code) throws QecFailure {
        this.code = code;
        pairs.put(1, pair(1));
    }

    private Pair pair(int epochs) throws QecFailure {
        int rounds = epochs * code.distance();
        return new Pair(new LiveMemory(code, false, rounds), new LiveMemory(code, true, rounds));
    }

    @Override
    public void draw(long seed, long batch, int place, int epochs, long[] x, long[] z) {
        long[] both = recent.get(new Stretch(seed, batch, place, epochs), this::drawn);
        System.arraycopy(both, 0, x, 0, WORDS);
        System.arraycopy(both, WORDS, z, 0, WORDS);
    }

    /// X, then Z.
    private long[] drawn(Stretch stretch) {
        long[] x = new long[WORDS];
        long[] z = new long[WORDS];
        var random = new SplittableRandom(stretch.seed);
        var seeds = new SplittableRandom(random.nextLong() + stretch.place);
        for (int piece : pieces(stretch.epochs)) {
            Pair pair = pairs.computeIfAbsent(piece, this::later);
            pair.alongZ.addErrors(seeds.nextLong(), stretch.batch, x);
            pair.alongX.addErrors(seeds.nextLong(), stretch.batch, z);
        }
        long[] both = Arrays.copyOf(x, 2 * WORDS);
        System.arraycopy(z, 0, both, WORDS, WORDS);
        return both;
    }

    private Pair later(int epochs) {
        try {
            return pair(epochs);
        } catch (QecFailure impossible) {
            // One epoch could be made, and more differ in their number of rounds alone.
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Integer> pieces(int epochs) {
        List<Integer> pieces = new ArrayList<>();
        for (int left = epochs; left > 0; left -= EPOCHS_MAX) {
            pieces.add(Math.min(left, EPOCHS_MAX));
        }
        return pieces;
    }

    /// By the usual law: a tenth of (p / 1 %)^((d + 1) / 2) in an epoch.
    @Override
    public double chance(int epochs) {
        double each = 0.1 * StrictMath.pow(code.chance() / 0.01, (code.distance() + 1) / 2);
        return Math.min(0.5, epochs * each);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "live=surface,d=%d,p=%s", code.distance(), code.chance());
    }
}
