package org.qmk.live;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.qmk.machine.WindowDecoding;
import org.qmk.qec.QecFailure;
import org.qmk.qec.sample.CircuitSampler;

/// Times of windows whose syndromes are sampled: as many rounds of a patch as the window looks at.
/// The same windows of 1,024 patches are sampled at once. Used by one thread.
public final class LiveWindows implements WindowDecoding {

    /// Batches that are kept: windows of a batch are asked for at about the same time.
    private static final int KEPT_MAX = 64;

    private record Batch(long patches, long window, int covered) {}

    private final LiveCode code;
    private final DecodingCost cost;
    private final double nanosPerRound;
    private final long seed;
    private final TreeMap<Integer, LiveMemory> memories = new TreeMap<>();
    private final RecentDraws<Batch, double[]> recent = new RecentDraws<>(KEPT_MAX);

    /// @param nanosPerRound how long the machine takes for a round, at the speed of its decoders
    /// @throws QecFailure if there is no such memory
    public LiveWindows(LiveCode code, DecodingCost cost, double nanosPerRound, long seed)
            throws QecFailure {
        if (!(nanosPerRound > 0)) {
            throw new IllegalArgumentException(
                    "a round takes %s ns, expected more than 0".formatted(nanosPerRound));
        }
        this.code = code;
        this.cost = cost;
        this.nanosPerRound = nanosPerRound;
        this.seed = seed;
        memories.put(1, new LiveMemory(code, false, 1));
    }

    @Override
    public double rounds(long patch, long window, int covered) {
        var batch = new Batch(patch / CircuitSampler.BATCH, window, covered);
        double[] nanos = recent.get(batch, this::nanos);
        return nanos[(int) (patch % CircuitSampler.BATCH)] / nanosPerRound;
    }

    private double[] nanos(Batch batch) {
        LiveMemory memory = memories.computeIfAbsent(batch.covered, this::memory);
        long own = new SplittableRandom(seed ^ batch.window << 24 ^ batch.covered).nextLong();
        double[] nanos = new double[CircuitSampler.BATCH];
        switch (cost) {
            case DecodingCost.Counted(double base, double perEvent) -> {
                int[] events = memory.eventCounts(own, batch.patches);
                for (int i = 0; i < nanos.length; i++) nanos[i] = base + perEvent * events[i];
            }
            case DecodingCost.Measured() -> {
                long[] measured = memory.decodingNanos(own, batch.patches);
                for (int i = 0; i < nanos.length; i++) nanos[i] = measured[i];
            }
        }
        return nanos;
    }

    private LiveMemory memory(int rounds) {
        try {
            return new LiveMemory(code, false, rounds);
        } catch (QecFailure impossible) {
            // One round could be made, and more differ in their number alone.
            throw new IllegalStateException(impossible);
        }
    }
}
