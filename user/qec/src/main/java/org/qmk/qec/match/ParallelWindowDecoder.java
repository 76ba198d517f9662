package org.qmk.qec.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.qmk.qec.Decoder;
import org.qmk.qec.UndecodableShot;

/// Decodes one long memory in windows that do not wait for each other. Rounds are split into cores
/// and gaps in turn. First each core is matched with a buffer on both sides, and the corrections
/// that touch the core are kept. Then each gap is matched, with the detectors that kept
/// corrections flip there. The prediction does not depend on the number of threads.
/// Source: Skoric et al., arXiv 2209.08552; Tan et al., arXiv 2209.09219.
public final class ParallelWindowDecoder implements Decoder {

    private final int detectors;
    private final int observables;
    private final ExecutorService executor;
    private final List<ParallelWindow> cores = new ArrayList<>();
    private final List<ParallelWindow> gaps = new ArrayList<>();
    private final boolean[] fired;

    private int[] events = {};
    private int from;
    private int to;

    /// @param last the last round of the memory, counted from 0
    /// @param core rounds of a core
    /// @param gap rounds between two cores; at least the distance, or errors are more frequent
    /// @param buffer rounds that are matched on each side of a core; at least the distance too
    /// @param executor runs the windows; the caller ends it
    public ParallelWindowDecoder(
            RoundTemplate template,
            int last,
            int core,
            int gap,
            int buffer,
            ExecutorService executor) {
        if (core < 1 || gap < 1 || buffer < 1) {
            throw new IllegalArgumentException(
                    "core, gap and buffer are %d, %d and %d rounds, expected at least 1 each"
                            .formatted(core, gap, buffer));
        }
        this.executor = executor;
        observables = template.observables();
        int[] starts = new int[last + 2];
        for (int round = 0; round <= last; round++) {
            starts[round + 1] = starts[round] + template.width(round, last);
        }
        detectors = starts[last + 1];
        fired = new boolean[detectors];
        for (int begin = 0; begin <= last; begin += core + gap) {
            int end = Math.min(last + 1, begin + core);
            int low = Math.max(0, begin - buffer);
            int high = Math.min(last + 1, end + buffer);
            var graph = template.window(low, high, last, new int[high - low + 1], true);
            cores.add(new ParallelWindow(graph, starts[low], starts[begin], starts[end]));
            int next = Math.min(last + 1, end + gap);
            if (end == next) continue;
            var between = template.closed(end, next, last);
            gaps.add(new ParallelWindow(between, starts[end], starts[end], starts[next]));
        }
    }

    /// A part of the memory; nodes of its graph are detectors from `origin` on.
    private final class ParallelWindow implements Callable<ParallelWindow> {

        final MatchingGraph graph;
        final MatchingDecoder decoder;
        final int origin;

        /// The detectors of which corrections are kept, in the graph.
        final int begin;

        final int end;
        final long[] flips;
        int[] list = new int[64];
        int[] outside = new int[64];
        int outsideCount;

        ParallelWindow(MatchingGraph graph, int origin, int begin, int end) {
            this.graph = graph;
            this.origin = origin;
            this.begin = begin - origin;
            this.end = end - origin;
            decoder = new MatchingDecoder(graph);
            flips = new long[graph.wordCount];
        }

        @Override
        public ParallelWindow call() {
            int count = 0;
            for (int i = from; i < to; i++) {
                int node = events[i] - origin;
                if (node < 0 || node >= graph.nodes() || !fired[events[i]]) continue;
                if (count == list.length) list = Arrays.copyOf(list, 2 * count);
                list[count++] = node;
            }
            decoder.match(list, 0, count);
            int length = decoder.path();
            decoder.clear();
            Arrays.fill(flips, 0);
            outsideCount = 0;
            for (int i = 0; i < length; i++) keep(decoder.pathEdge(i));
            return this;
        }

        private void keep(int edge) {
            int slot = graph.slots[2 * edge];
            int a = graph.origins[slot];
            int b = graph.targets[slot];
            boolean holdsA = a >= begin && a < end;
            boolean holdsB = b >= begin && b < end;
            if (!holdsA && !holdsB) return;
            for (int j = 0; j < flips.length; j++) {
                flips[j] ^= graph.words[edge * flips.length + j];
            }
            if (!holdsA) leave(a);
            else if (!holdsB && b < graph.nodes()) leave(b);
        }

        private void leave(int node) {
            if (outsideCount == outside.length) outside = Arrays.copyOf(outside, 2 * outsideCount);
            outside[outsideCount++] = node + origin;
        }
    }

    @Override
    public int detectors() {
        return detectors;
    }

    @Override
    public int observables() {
        return observables;
    }

    @Override
    public void decode(int[] given, int first, int last, long[] flips, int at) {
        Arrays.fill(flips, at, at + words(), 0);
        int count = last - first;
        events = Arrays.copyOfRange(given, first, last);
        from = 0;
        to = count;
        for (int i = 0; i < count; i++) fired[events[i]] = true;
        try {
            run(cores, flips, at);
            for (ParallelWindow window : cores) {
                if (events.length < count + window.outsideCount) {
                    events = Arrays.copyOf(events, 2 * (count + window.outsideCount));
                }
                for (int i = 0; i < window.outsideCount; i++) {
                    int detector = window.outside[i];
                    fired[detector] ^= true;
                    events[count++] = detector;
                }
            }
            to = distinct(count);
            run(gaps, flips, at);
        } finally {
            for (int i = 0; i < count; i++) fired[events[i]] = false;
        }
    }

    /// Leaves each detector that fired once in the list, and no other.
    private int distinct(int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int detector = events[i];
            if (!fired[detector]) continue;
            fired[detector] = false;
            events[i] = events[kept];
            events[kept++] = detector;
        }
        for (int i = 0; i < kept; i++) fired[events[i]] = true;
        return kept;
    }

    private void run(List<ParallelWindow> windows, long[] flips, int at) {
        try {
            for (Future<ParallelWindow> done : executor.invokeAll(windows)) {
                ParallelWindow window = done.get();
                for (int j = 0; j < window.flips.length; j++) flips[at + j] ^= window.flips[j];
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UndecodableShot shot) throw shot;
            throw new IllegalStateException("a window failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while windows were decoded", e);
        }
    }
}
