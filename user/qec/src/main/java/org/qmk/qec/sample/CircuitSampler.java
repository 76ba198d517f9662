package org.qmk.qec.sample;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.result.ShotRows;
import org.qmk.sim.FrameBatch;
import org.qmk.sim.FrameProgram;

/// Samples a noisy circuit by Pauli frames: its record of measurements, or its detectors and
/// observables.
public final class CircuitSampler {

    /// The shots of a batch.
    public static final int BATCH = FrameBatch.SHOTS;

    private final FrameProgram program;

    private CircuitSampler(FrameProgram program) {
        this.program = program;
    }

    /// Samples measurements.
    public static CircuitSampler ofMeasurements(Circuit circuit) throws QecFailure {
        return new CircuitSampler(CircuitFrames.measurements(circuit, ReferenceSample.of(circuit)));
    }

    /// Samples detectors, then observables.
    public static CircuitSampler ofDetections(Circuit circuit) throws QecFailure {
        return new CircuitSampler(CircuitFrames.detections(circuit, true));
    }

    /// Samples detectors alone.
    public static CircuitSampler ofDetectors(Circuit circuit) throws QecFailure {
        return new CircuitSampler(CircuitFrames.detections(circuit, false));
    }

    /// The bits of a shot.
    public int bits() {
        return program.outputCount();
    }

    /// Samples batches by their numbers, on one thread.
    public final class Batches {
        private final FrameBatch batch = new FrameBatch(program);
        private final long seed;

        private Batches(long seed) {
            this.seed = seed;
        }

        /// Replaces the shots of `rows`.
        ///
        /// @param number of the batch; `run` gives the same shots for it
        /// @param count shots, up to `BATCH`
        public void fill(long number, int count, ShotRows rows) {
            batch.run(seed, number);
            rows.fill(batch::copy, FrameBatch.SHOTS / 64, count);
        }
    }

    public Batches batches(long seed) {
        return new Batches(seed);
    }

    /// Takes shots.
    public interface Sink {
        /// @param rows not to be kept
        void take(ShotRows rows) throws IOException;
    }

    /// Samples on one thread or more, in batches. Shots come in order, and are the same whatever
    /// the number of threads.
    ///
    /// @param shots 0 or more
    public void run(long seed, long shots, int threads, Sink sink) throws IOException {
        long batches = (shots + FrameBatch.SHOTS - 1) / FrameBatch.SHOTS;
        if (threads <= 1 || batches <= 1) {
            var batch = new FrameBatch(program);
            var rows = new ShotRows(bits(), FrameBatch.SHOTS);
            for (long number = 0; number < batches; number++) {
                fill(batch, seed, number, shots, rows);
                sink.take(rows);
            }
            return;
        }
        together(seed, shots, threads, sink);
    }

    private static void fill(FrameBatch batch, long seed, long number, long shots, ShotRows rows) {
        batch.run(seed, number);
        int count = (int) Math.min(FrameBatch.SHOTS, shots - number * FrameBatch.SHOTS);
        rows.fill(batch::copy, FrameBatch.SHOTS / 64, count);
    }

    private void together(long seed, long shots, int threads, Sink sink) throws IOException {
        long batches = (shots + FrameBatch.SHOTS - 1) / FrameBatch.SHOTS;
        Queue<FrameBatch> idle = new ConcurrentLinkedQueue<>();
        Queue<ShotRows> used = new ConcurrentLinkedQueue<>();
        Deque<Future<ShotRows>> running = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            try {
                long next = 0;
                while (next < batches || !running.isEmpty()) {
                    while (next < batches && running.size() < 2 * threads) {
                        long number = next++;
                        running.add(
                                pool.submit(
                                        () -> {
                                            FrameBatch batch = idle.poll();
                                            if (batch == null) batch = new FrameBatch(program);
                                            ShotRows rows = used.poll();
                                            if (rows == null) {
                                                rows = new ShotRows(bits(), FrameBatch.SHOTS);
                                            }
                                            fill(batch, seed, number, shots, rows);
                                            idle.add(batch);
                                            return rows;
                                        }));
                    }
                    ShotRows rows = running.remove().get();
                    sink.take(rows);
                    used.add(rows);
                }
            } finally {
                for (Future<ShotRows> rest : running) rest.cancel(false);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("sampling failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("sampling was interrupted", e);
        }
    }
}
