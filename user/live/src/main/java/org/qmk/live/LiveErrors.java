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

    /// The memories of a number of epochs: along Z, along X.
    private record Pair(LiveMemory alongZ, LiveMemory alongX) {}

    private final LiveCode code;
    private final ConcurrentHashMap<Integer, Pair> pairs = new ConcurrentHashMap<>();

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
        Arrays.fill(x, 0);
        Arrays.fill(z, 0);
        var seeds = new SplittableRandom(new SplittableRandom(seed).nextLong() + place);
        for (int piece : pieces(epochs)) {
            Pair pair = pairs.computeIfAbsent(piece, this::later);
            pair.alongZ.addErrors(seeds.nextLong(), batch, x);
            pair.alongX.addErrors(seeds.nextLong(), batch, z);
        }
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
        return String.format(
                Locale.ROOT, "live=surface,d=%d,p=%s", code.distance(), code.chance());
    }
}
