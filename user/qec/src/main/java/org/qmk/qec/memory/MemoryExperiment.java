package org.qmk.qec.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.qmk.qec.QecFailure;
import org.qmk.qec.UndecodableShot;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ShotRows;
import org.qmk.qec.sample.CircuitSampler;

/// Measures how often a decoder is wrong about a circuit: batches of shots are sampled, decoded by
/// the circuit's own model, and counted, on one thread or more.
///
/// Batches are counted in their order, so that the result does not depend on the threads.
public final class MemoryExperiment {

    private final CircuitSampler sampler;
    private final RecordLayout layout;
    private final Supplier<BatchDecoder> decoders;
    private final boolean isDiscarding;

    private MemoryExperiment(
            CircuitSampler sampler,
            RecordLayout layout,
            Supplier<BatchDecoder> decoders,
            boolean isDiscarding) {
        this.sampler = sampler;
        this.layout = layout;
        this.decoders = decoders;
        this.isDiscarding = isDiscarding;
    }

    /// @throws QecFailure if the circuit has no model that the decoder can decode
    public static MemoryExperiment of(Circuit circuit, DecoderKind decoder) throws QecFailure {
        DetectorErrorModel model = ErrorAnalysis.of(circuit, decoder.analysis());
        return new MemoryExperiment(
                CircuitSampler.ofDetections(circuit),
                RecordLayout.detections(circuit),
                decoder.decoders(model),
                decoder.isDiscarding());
    }

    /// What one thread needs.
    private final class Worker {
        private final CircuitSampler.Batches batches;
        private final BatchDecoder decoder = decoders.get();
        private final ShotRows rows = new ShotRows(layout.bits(), CircuitSampler.BATCH);
        private final ShotRows predictions =
                new ShotRows(layout.observables(), CircuitSampler.BATCH);

        Worker(long seed) {
            batches = sampler.batches(seed);
        }

        MemoryTally count(long number, int shots) {
            long started = System.nanoTime();
            batches.fill(number, shots, rows);
            decoder.decode(rows, predictions);
            ShotRows actual = rows.part(layout.detectors(), layout.bits());
            int errors = 0;
            int discards = 0;
            for (int shot = 0; shot < shots; shot++) {
                if (isDiscarding && hasEvent(shot)) {
                    discards++;
                    continue;
                }
                int at = shot * actual.stride();
                boolean isWrong = false;
                for (int i = at; i < at + actual.stride(); i++) {
                    isWrong |= actual.words()[i] != predictions.words()[i];
                }
                if (isWrong) errors++;
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            return new MemoryTally(shots, errors, discards, seconds);
        }

        private boolean hasEvent(int shot) {
            for (int i = 0; i < layout.detectors(); i++) if (rows.get(shot, i)) return true;
            return false;
        }
    }

    /// Runs until a limit is reached.
    ///
    /// @param seed what shots are drawn from
    /// @param threads 1 or more
    /// @param watcher is told what is counted so far, now and then
    /// @throws UndecodableShot if no error of the model explains a shot
    public MemoryTally run(
            MemoryLimits limits, long seed, int threads, Consumer<MemoryTally> watcher) {
        Queue<Worker> idle = new ConcurrentLinkedQueue<>();
        Deque<Future<MemoryTally>> running = new ArrayDeque<>();
        MemoryTally tally = MemoryTally.NONE;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            try {
                long next = 0;
                long batch = CircuitSampler.BATCH;
                while (!limits.isReached(tally)) {
                    while (running.size() < 2 * threads && next * batch < limits.shotsMax()) {
                        long number = next++;
                        int shots = (int) Math.min(batch, limits.shotsMax() - number * batch);
                        running.add(pool.submit(() -> count(number, shots, seed, idle)));
                    }
                    tally = tally.plus(running.remove().get());
                    watcher.accept(tally);
                }
            } finally {
                for (Future<MemoryTally> rest : running) rest.cancel(false);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UndecodableShot undecodable) throw undecodable;
            throw new IllegalStateException("counting failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("counting was interrupted", e);
        }
        return tally;
    }

    private MemoryTally count(long number, int shots, long seed, Queue<Worker> idle) {
        Worker worker = idle.poll();
        if (worker == null) worker = new Worker(seed);
        MemoryTally counted = worker.count(number, shots);
        idle.add(worker);
        return counted;
    }
}
