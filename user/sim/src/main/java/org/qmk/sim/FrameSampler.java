package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/// Samples Clifford programs whose only feedback is Pauli operators, 1,024 shots at a time and on
/// all cores: each shot is a reference path times a Pauli frame.
///
/// Random words come from a stream for each aligned block of 64 shot numbers, and noise from
/// streams for each aligned batch, whatever the thread.
final class FrameSampler {

    /// Words of work below which other threads are not worth their start.
    private static final long ALONE_MAX = 1 << 22;

    private FrameSampler() {}

    /// Whether frames can sample the program: nothing but classical logic and Pauli operators
    /// depends on events.
    static boolean applies(StepList steps) {
        for (int step = 0; step < steps.size(); step++) {
            if (!steps.isGuarded(step)) continue;
            if (!steps.act(step).isClassical() && steps.act(step) != Act.PAULI) return false;
        }
        return true;
    }

    /// @param noise without amplitude damping
    static ShotOutcomes run(StepList steps, NoiseList noise, Shots shots) {
        long[][] planes = HeapMemory.planes(steps.graph().events().size(), shots.count());
        if (shots.count() == 0) return ShotOutcomes.owning(0, planes);
        FrameProgram program = FrameCompiler.compile(steps, noise);
        sample(program, shots, planes, threads(program, shots));
        return ShotOutcomes.owning(shots.count(), planes);
    }

    private static int threads(FrameProgram program, Shots shots) {
        long work = (long) program.code().length * shots.count() >>> 6;
        return work < ALONE_MAX ? 1 : Runtime.getRuntime().availableProcessors();
    }

    /// Samples the outputs of a program into planes, one for each.
    static void sample(FrameProgram program, Shots shots, long[][] planes, int threads) {
        long firstBatch = shots.first() / FrameBatch.SHOTS;
        long lastBatch = (shots.first() + shots.count() - 1) / FrameBatch.SHOTS;
        int workers = (int) Math.min(threads, lastBatch - firstBatch + 1);
        // Of shots that start within a word, the first word comes first, then all others moved.
        int offset = (int) shots.first() & 63;
        long[][] aligned = planes;
        if (offset != 0) {
            aligned = new long[planes.length][(int) (offset + shots.count() + 63L >>> 6)];
        }
        var next = new AtomicLong(firstBatch);
        long[][] target = aligned;
        Runnable work =
                () -> {
                    var batch = new FrameBatch(program);
                    for (long number; (number = next.getAndIncrement()) <= lastBatch; ) {
                        batch.run(shots.seed(), number);
                        write(batch, number, shots.first() >>> 6, target);
                    }
                };
        if (workers == 1) work.run();
        else together(work, workers);
        if (offset != 0) move(aligned, planes, offset);
    }

    private static void together(Runnable work, int workers) {
        try (var pool = Executors.newFixedThreadPool(workers)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < workers; i++) parts.add(pool.submit(work));
            for (Future<?> part : parts) part.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("sampling failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("sampling was interrupted", e);
        }
    }

    /// Moves a batch into the planes, whose first word is the block `firstBlock`.
    private static void write(FrameBatch batch, long number, long firstBlock, long[][] planes) {
        int blocks = FrameBatch.SHOTS / 64;
        long to = number * blocks - firstBlock;
        for (int output = 0; output < planes.length; output++) {
            long[] plane = planes[output];
            int from = (int) Math.max(0, -to);
            int end = (int) Math.min(blocks, plane.length - to);
            for (int w = from; w < end; w++) plane[(int) to + w] = batch.word(output, w);
        }
    }

    private static void move(long[][] aligned, long[][] planes, int offset) {
        for (int output = 0; output < planes.length; output++) {
            long[] from = aligned[output];
            long[] to = planes[output];
            for (int w = 0; w < to.length; w++) {
                to[w] = from[w] >>> offset;
                if (w + 1 < from.length) to[w] |= from[w + 1] << -offset;
            }
        }
    }
}
