package org.qmk.qec.match;

import java.util.Arrays;
import org.qmk.qec.StreamDecoder;

/// Decodes a stream in windows: `commit + buffer` rounds are matched together, the corrections of
/// the first `commit` rounds are kept, and the window moves on by as many. Where a kept correction
/// leads into the buffer, it flips the detector there.
///
/// Nothing is allocated once the first windows and a stream's end have been decoded.
public final class WindowStreamDecoder implements StreamDecoder {

    /// A graph for windows of one kind, with what decodes it.
    private static final class StreamWindow {

        final MatchingGraph graph;
        final MatchingDecoder decoder;
        final int[] starts;

        StreamWindow(RoundTemplate template, long from, long to, long last) {
            starts = new int[(int) (to - from) + 1];
            graph = template.window(from, to, last, starts, false);
            decoder = new MatchingDecoder(graph);
        }
    }

    private final RoundTemplate template;
    private final int commit;

    /// Of a window.
    private final int rounds;

    /// Of the round that repeats.
    private final int width;

    private final StreamWindow head;
    private final StreamWindow bulk;

    /// By number of rounds, the windows at the end of a stream that began before them; made when
    /// first needed.
    private final StreamWindow[] tails;

    /// The first round of the window, and how many it has so far.
    private long first;

    private int size;
    private int nodes;

    /// The nodes of the window that fired.
    private int[] list = new int[64];

    private int count;

    /// The nodes behind those that are decided that kept corrections flip.
    private int[] ends = new int[16];

    private final long[] flips;

    /// @param commit rounds that are kept; at least 2, so that only the first window sees the start
    /// @param buffer rounds that are matched but not kept; at least the distance of the code, or
    ///     logical errors are more frequent
    public WindowStreamDecoder(RoundTemplate template, int commit, int buffer) {
        int least = RoundTemplate.EDGE_ROUNDS;
        if (commit < least || buffer < least + 1) {
            throw new IllegalArgumentException(
                    "commit is %d and buffer %d rounds, expected at least %d and %d"
                            .formatted(commit, buffer, least, least + 1));
        }
        this.template = template;
        this.commit = commit;
        rounds = commit + buffer;
        width = template.width(least, RoundTemplate.OPEN);
        head = new StreamWindow(template, 0, rounds, RoundTemplate.OPEN);
        bulk = new StreamWindow(template, least, least + rounds, RoundTemplate.OPEN);
        tails = new StreamWindow[rounds + 1];
        flips = new long[head.graph.wordCount];
    }

    @Override
    public void round(int[] events, int from, int to) {
        boolean starts = first + size < RoundTemplate.EDGE_ROUNDS;
        take(events, from, to, starts ? template.width(size, RoundTemplate.OPEN) : width);
        if (size == rounds) decide(first == 0 ? head : bulk, commit);
    }

    @Override
    public void end(int[] events, int from, int to) {
        long last = first + size;
        take(events, from, to, template.width(last, last));
        StreamWindow window;
        if (first == 0) {
            // A stream shorter than a window: its graph is made for it.
            window = new StreamWindow(template, 0, size, last);
        } else {
            window = tails[size];
            if (window == null) {
                // Wherever the stream ends, its last rounds are alike.
                window = new StreamWindow(template, first, first + size, last);
                tails[size] = window;
            }
        }
        decide(window, size);
    }

    private void take(int[] events, int from, int to, int width) {
        if (list.length < count + to - from) list = Arrays.copyOf(list, 2 * (count + to - from));
        for (int i = from; i < to; i++) {
            int event = events[i];
            if (event < 0 || event >= width) {
                throw new IllegalArgumentException(
                        "detector %d of a round fired, expected 0 to %d"
                                .formatted(event, width - 1));
            }
            list[count++] = nodes + event;
        }
        nodes += width;
        size++;
    }

    private void decide(StreamWindow window, int keep) {
        int cut = window.starts[keep];
        MatchingDecoder decoder = window.decoder;
        decoder.match(list, 0, count);
        int length = decoder.path();
        decoder.clear();
        int outside = window.graph.nodes();
        int flipped = 0;
        for (int i = 0; i < length; i++) {
            int a = decoder.pathNear(i);
            int b = decoder.pathFar(i);
            if (a >= cut && b >= cut) continue;
            decoder.addFlips(i, flips);
            int end = Math.max(a, b);
            if (end < cut || end == outside) continue;
            if (flipped == ends.length) ends = Arrays.copyOf(ends, 2 * flipped);
            ends[flipped++] = end - cut;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) if (list[i] >= cut) list[kept++] = list[i] - cut;
        count = kept;
        for (int i = 0; i < flipped; i++) flip(ends[i]);
        first += keep;
        size -= keep;
        nodes -= cut;
    }

    /// Few nodes are flipped, and those that fired are few.
    private void flip(int node) {
        for (int i = 0; i < count; i++) {
            if (list[i] != node) continue;
            list[i] = list[--count];
            return;
        }
        if (count == list.length) list = Arrays.copyOf(list, 2 * count);
        list[count++] = node;
    }

    @Override
    public void flips(long[] words, int at) {
        System.arraycopy(flips, 0, words, at, flips.length);
    }

    @Override
    public long decided() {
        return first;
    }

    @Override
    public void reset() {
        count = 0;
        first = 0;
        size = 0;
        nodes = 0;
        Arrays.fill(flips, 0);
    }
}
