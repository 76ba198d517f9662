package org.qmk.qec.match;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qec.PackedRow;
import org.qmk.qec.RowDecoder;

/// Skipped where `../shared/conformance/qec` is absent.
class WindowStreamTest {

    private static GoldenSet longMemory() throws Exception {
        List<GoldenSet> sets = GoldenSet.all();
        assumeTrue(!sets.isEmpty(), "../shared/conformance/qec is not here: skipped");
        return sets.stream().filter(set -> set.name().contains("r100")).findFirst().orElseThrow();
    }

    @Test
    void the_window_of_all_rounds_is_the_graph_itself() throws Exception {
        var model = longMemory().model();
        var whole = MatchingGraph.of(model);

        var window = RoundTemplate.of(model).window(0, 101, 100, new int[102], false);

        assertEquals(whole.nodes(), window.nodes());
        assertEquals(whole.edges(), window.edges());
        assertArrayEquals(whole.starts, window.starts);
        assertArrayEquals(weightSums(whole), weightSums(window));
    }

    private static long[] weightSums(MatchingGraph graph) {
        long[] sums = new long[graph.nodes()];
        for (int s = 0; s < graph.weights.length; s++) {
            sums[graph.origins[s]] += graph.weights[s] * (1L + graph.targets[s]);
        }
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "2, 10", "40, 20", "7, 30", "200, 5"})
    void windows_err_as_often_as_the_whole(int commit, int buffer) throws Exception {
        var set = longMemory();
        var template = RoundTemplate.of(set.model());
        var decoder = new WindowStreamDecoder(template, commit, buffer);
        byte[] rows = set.bytes(".dets.b8");
        byte[] whole = set.bytes(".pred.b8");
        int[] events = new int[3000];
        long[] flips = new long[1];
        int different = 0;

        for (int shot = 0; shot < whole.length; shot++) {
            int count = PackedRow.events(rows, shot * rows.length / whole.length, 2400, events);
            stream(decoder, template, events, count);
            decoder.flips(flips, 0);
            if (flips[0] != whole[shot]) different++;
            assertEquals(101, decoder.decided());
            decoder.reset();
        }

        // Of 500 shots; a buffer of the distance differs in few shots, a longer one hardly.
        assertTrue(different <= 2, different + " differ");
    }

    @Test
    void short_windows_are_refused() throws Exception {
        var template = RoundTemplate.of(longMemory().model());

        assertThrows(IllegalArgumentException.class, () -> new WindowStreamDecoder(template, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> new WindowStreamDecoder(template, 2, 2));
    }

    @ParameterizedTest
    @CsvSource({"1, 10, 10, 10", "2, 1, 5, 5", "2, 60, 60, 7"})
    void parallel_windows_err_as_often_as_the_whole(int threads, int core, int gap, int buffer)
            throws Exception {
        var set = longMemory();
        var template = RoundTemplate.of(set.model());
        byte[] whole = set.bytes(".pred.b8");
        byte[] predictions = new byte[whole.length];

        try (var executor = Executors.newFixedThreadPool(threads)) {
            var decoder = new ParallelWindowDecoder(template, 100, core, gap, buffer, executor);
            new RowDecoder(decoder).decode(set.bytes(".dets.b8"), whole.length, predictions);
        }

        int different = 0;
        for (int i = 0; i < whole.length; i++) if (predictions[i] != whole[i]) different++;
        assertTrue(different <= 2, different + " differ");
    }

    private static void stream(
            WindowStreamDecoder decoder, RoundTemplate template, int[] events, int count) {
        int begin = 0;
        int at = 0;
        for (int round = 0; round <= 100; round++) {
            int width = template.width(round, 100);
            int end = at;
            while (end < count && events[end] < begin + width) events[end++] -= begin;
            if (round < 100) decoder.round(events, at, end);
            else decoder.end(events, at, end);
            begin += width;
            at = end;
        }
    }
}
