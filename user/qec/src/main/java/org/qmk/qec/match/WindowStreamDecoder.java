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
    private final int buffer;
    private final StreamWindow head;
    private final StreamWindow bulk;

    /// By number of rounds, the windows at the end of a stream that began before them; made when
    /// first needed.
    private final StreamWindow[] tails;

    /// The first round of the window, and how many it has so far.
    private long first;

    private int size;
    private int nodes;

    /// By node of the window, whether it fired; and all that did, and some that were flipped back.
    private final boolean[] fired;

    private int[] list;
    private int count;
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
        this.buffer = buffer;
        int rounds = commit + buffer;
        head = new StreamWindow(template, 0, rounds, RoundTemplate.OPEN);
        bulk = new StreamWindow(template, least, least + rounds, RoundTemplate.OPEN);
        tails = new StreamWindow[rounds + 1];
        fired = new boolean[(rounds + 1) * template.widest()];
        list = new int[fired.length];
        flips = new long[head.graph.wordCount];
    }

    @Override
    public void round(int[] events, int from, int to) {
        take(events, from, to, template.width(first + size, RoundTemplate.OPEN));
        if (size == commit + buffer) decide(first == 0 ? head : bulk, commit);
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
        for (int i = from; i < to; i++) {
            if (events[i] < 0 || events[i] >= width) {
                throw new IllegalArgumentException(
                        "detector %d of a round fired, expected 0 to %d"
                                .formatted(events[i], width - 1));
            }
            flip(nodes + events[i]);
        }
        nodes += width;
        size++;
    }

    private void flip(int node) {
        fired[node] ^= true;
        if (fired[node]) {
            if (count == list.length) list = Arrays.copyOf(list, 2 * count);
            list[count++] = node;
        }
    }

    /// Leaves in the list each node that fired, once.
    private void compact() {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int node = list[i];
            if (!fired[node]) continue;
            fired[node] = false;
            list[kept++] = node;
        }
        for (int i = 0; i < kept; i++) fired[list[i]] = true;
        count = kept;
    }

    private void decide(StreamWindow window, int keep) {
        compact();
        int cut = window.starts[keep];
        MatchingGraph graph = window.graph;
        MatchingDecoder decoder = window.decoder;
        decoder.match(list, 0, count);
        int length = decoder.path();
        decoder.clear();
        for (int i = 0; i < length; i++) {
            int edge = decoder.pathEdge(i);
            int slot = graph.slots[2 * edge];
            int a = graph.origins[slot];
            int b = graph.targets[slot];
            if (a >= cut && b >= cut) continue;
            for (int j = 0; j < flips.length; j++) {
                flips[j] ^= graph.words[edge * flips.length + j];
            }
            if (a >= cut) flip(a);
            else if (b >= cut && b < graph.nodes()) flip(b);
        }
        compact();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            fired[list[i]] = false;
            if (list[i] >= cut) list[kept++] = list[i] - cut;
        }
        for (int i = 0; i < kept; i++) fired[list[i]] = true;
        count = kept;
        first += keep;
        size -= keep;
        nodes -= cut;
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
        for (int i = 0; i < count; i++) fired[list[i]] = false;
        count = 0;
        first = 0;
        size = 0;
        nodes = 0;
        Arrays.fill(flips, 0);
    }
}
