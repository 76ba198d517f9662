package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;

/// Every form carries every graph exactly.
class RoundTripTest {

    static LongStream seeds() {
        return LongStream.range(0, 800);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_wild_graph_keeps_its_digest_and_labels_in_every_form(long seed) {
        Graph graph = GraphGenerator.wild(seed);

        for (QvmForm form : QvmForm.values()) assertRoundTrip(graph, form, "seed " + seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_sound_graph_keeps_its_digest_and_labels_in_every_form(long seed) {
        Graph graph = GraphGenerator.sound(seed, 40);

        for (QvmForm form : QvmForm.values()) assertRoundTrip(graph, form, "seed " + seed);
    }

    private static void assertRoundTrip(Graph graph, QvmForm form, String which) {
        byte[] bytes = GraphWriter.write(graph, form);

        assertEquals(form, QvmForm.detect(bytes).orElseThrow(), which);
        Graph back =
                switch (GraphReader.read(bytes)) {
                    case Reading.Ok(var read, var warnings) -> {
                        assertEquals(0, warnings.size(), () -> which + warnings);
                        yield read;
                    }
                    case Reading.Failed(var errors) ->
                            fail(which + " " + form + " " + errors + "\n" + shown(bytes));
                };
        assertEquals(digest(graph), digest(back), () -> which + " " + form + "\n" + shown(bytes));
        assertEquals(graph.labelCount(), back.labelCount(), which);
        for (int node = 0; node < graph.size(); node++) {
            assertEquals(graph.label(node), back.label(node), which);
        }
        assertArrayEquals(bytes, GraphWriter.write(back, form), which);
    }

    private static String shown(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String digest(Graph graph) {
        return HexFormat.of().formatHex(CanonicalForm.digest(graph));
    }
}
