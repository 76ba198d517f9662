package org.qmk.live;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.qmk.qec.Decoder;
import org.qmk.qec.QecFailure;
import org.qmk.qec.StreamDecoder;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.match.MatchingDecoder;
import org.qmk.qec.match.MatchingGraph;
import org.qmk.qec.match.RoundTemplate;
import org.qmk.qec.match.WindowStreamDecoder;
import org.qmk.qec.memory.DecoderKind;
import org.qmk.qec.result.RecordLayout;
import org.qmk.qec.result.ShotRows;
import org.qmk.qec.sample.CircuitSampler;

/// One memory of a number of rounds: sampled in batches, decoded shot by shot. Used by any thread.
final class LiveMemory {

    /// Rounds of the memory of which the template of streams is made.
    private static final int TEMPLATE_ROUNDS = 8;

    /// Decodes the events of one shot: whether the observable was flipped. Used by one thread.
    private interface Shot {
        boolean flip(int[] events, int count);
    }

    /// What one thread needs.
    private final class Worker {
        final ShotRows rows = new ShotRows(layout.bits(), CircuitSampler.BATCH);
        final int[] events = new int[layout.detectors()];
        final Shot decoder = decoders.get();

        /// Leaves the events of a shot in the array.
        int events(int shot) {
            int count = 0;
            int start = shot * rows.stride();
            for (int first = 0; first < events.length; first += 64) {
                long left = rows.words()[start + (first >>> 6)];
                int width = events.length - first;
                if (width < 64) left &= (1L << width) - 1;
                for (; left != 0; left &= left - 1) {
                    events[count++] = first + Long.numberOfTrailingZeros(left);
                }
            }
            return count;
        }
    }

    private final CircuitSampler sampler;
    private final RecordLayout layout;
    private final Supplier<Shot> decoders;
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

    /// @param alongX the basis of the memory
    /// @throws QecFailure if there is no such memory
    LiveMemory(LiveCode code, boolean alongX, int rounds) throws QecFailure {
        Circuit circuit = code.memory(alongX, rounds);
        sampler = CircuitSampler.ofDetections(circuit);
        layout = RecordLayout.detections(circuit);
        if (rounds < Math.max(TEMPLATE_ROUNDS, code.commit() + code.buffer())) {
            // One window sees all of it.
            MatchingGraph graph = MatchingGraph.of(model(circuit));
            decoders = () -> whole(new MatchingDecoder(graph));
        } else {
            var template = RoundTemplate.of(model(code.memory(alongX, TEMPLATE_ROUNDS)));
            decoders =
                    () ->
                            stream(
                                    new WindowStreamDecoder(template, code.commit(), code.buffer()),
                                    template,
                                    rounds);
        }
    }

    private static DetectorErrorModel model(Circuit circuit) throws QecFailure {
        return ErrorAnalysis.of(circuit, DecoderKind.MATCHING.analysis());
    }

    private static Shot whole(Decoder decoder) {
        long[] flips = new long[decoder.words()];
        return (events, count) -> {
            decoder.decode(events, 0, count, flips, 0);
            return (flips[0] & 1) != 0;
        };
    }

    private static Shot stream(StreamDecoder decoder, RoundTemplate template, int last) {
        long[] flips = new long[1];
        return (events, count) -> {
            int first = 0;
            int at = 0;
            for (int round = 0; round <= last; round++) {
                int width = template.width(round, last);
                int end = at;
                for (; end < count && events[end] < first + width; end++) events[end] -= first;
                if (round < last) decoder.round(events, at, end);
                else decoder.end(events, at, end);
                first += width;
                at = end;
            }
            decoder.flips(flips, 0);
            decoder.reset();
            return (flips[0] & 1) != 0;
        };
    }

    /// Adds, shot by shot, whether the observable is wrong when it is corrected as decoded.
    ///
    /// @param flipped a bit for each shot of the batch
    void addErrors(long seed, long batch, long[] flipped) {
        Worker worker = worker(seed, batch);
        for (int shot = 0; shot < CircuitSampler.BATCH; shot++) {
            boolean actual = worker.rows.get(shot, layout.detectors());
            boolean guess = worker.decoder.flip(worker.events, worker.events(shot));
            if (actual != guess) flipped[shot >>> 6] ^= 1L << shot;
        }
        idle.add(worker);
    }

    /// The number of events of each shot.
    int[] eventCounts(long seed, long batch) {
        Worker worker = worker(seed, batch);
        int[] counts = new int[CircuitSampler.BATCH];
        Arrays.setAll(counts, worker::events);
        idle.add(worker);
        return counts;
    }

    /// How long it takes here and now to decode each shot.
    long[] decodingNanos(long seed, long batch) {
        Worker worker = worker(seed, batch);
        long[] nanos = new long[CircuitSampler.BATCH];
        for (int shot = 0; shot < nanos.length; shot++) {
            int count = worker.events(shot);
            long started = System.nanoTime();
            worker.decoder.flip(worker.events, count);
            nanos[shot] = System.nanoTime() - started;
        }
        idle.add(worker);
        return nanos;
    }

    private Worker worker(long seed, long batch) {
        Worker worker = idle.poll();
        if (worker == null) worker = new Worker();
        sampler.batches(seed).fill(batch, CircuitSampler.BATCH, worker.rows);
        return worker;
    }
}
