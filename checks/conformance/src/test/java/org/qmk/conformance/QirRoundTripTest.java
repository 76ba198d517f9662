package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.qmk.qir.QirOutputs;
import org.qmk.qir.QirReader;
import org.qmk.qir.QirReading;
import org.qmk.qir.QirSchema;
import org.qmk.qir.QirSettings;
import org.qmk.qir.QirValidation;
import org.qmk.qir.QirWriter;
import org.qmk.qir.QirWritten;
import org.qmk.qvm.Graph;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// A graph that is written as QIR and read back has the same distribution of results, and what is
/// written keeps the word of the specification.
final class QirRoundTripTest {

    private static final int GRAPHS = 1_500;
    private static final double ROUNDING = 1e-9;

    @Test
    void random_graphs_come_back_with_their_distributions() {
        int compared = 0;
        int refused = 0;
        for (long seed = 0; seed < GRAPHS; seed++) {
            if (!(Verifier.verify(RandomGraph.of(seed)) instanceof Verified program)) continue;
            switch (QirWriter.write(program.graph())) {
                case QirWritten.Refused(var code, int _, var _) -> {
                    assertEquals("QIR-WRITE-1", code, "seed " + seed);
                    refused++;
                }
                case QirWritten.Text(var text) -> compared += compare(seed, program.graph(), text);
            }
        }

        int count = compared;
        assertTrue(count > GRAPHS / 20, () -> "only " + count + " graphs were compared");
        assertTrue(refused > 0, "links were never refused");
    }

    /// @return how many distributions were compared: 0 if there are too many paths
    private static int compare(long seed, Graph graph, String text) {
        try {
            compare(graph, text);
            return 1;
        } catch (ExactDistribution.TooLargeException large) {
            return 0;
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError("seed " + seed + ": " + wrong + "\n" + text, wrong);
        }
    }

    private static void compare(Graph graph, String text)
            throws ExactDistribution.TooLargeException {
        TreeMap<String, Double> expected = ExactDistribution.of(graph);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        QirSettings strict = QirSettings.DEFAULT.with(QirValidation.STRICT);

        QirReading reading = QirReader.read(bytes, "written.ll", strict);

        var ok = assertInstanceOf(QirReading.Ok.class, reading, reading::toString);
        assertEquals("[]", ok.warnings().toString());
        var verdict = Verifier.verify(ok.graph());
        assertInstanceOf(Verified.class, verdict, verdict::toString);
        expectSame(expected, recorded(ok.outputs(), ExactDistribution.of(ok.graph())));
    }

    private static void expectSame(
            TreeMap<String, Double> expected, TreeMap<String, Double> found) {
        var keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (String key : keys) {
            double before = expected.getOrDefault(key, 0.0);
            double after = found.getOrDefault(key, 0.0);
            assertEquals(before, after, ROUNDING, () -> "of " + key + ": " + expected);
        }
    }

    /// The distribution of what is recorded: a character for each result or truth value.
    private static TreeMap<String, Double> recorded(
            QirOutputs outputs, TreeMap<String, Double> distribution) {
        TreeMap<String, Double> recorded = new TreeMap<>();
        for (Map.Entry<String, Double> entry : distribution.entrySet()) {
            var once = new TreeMap<>(Map.of(entry.getKey(), 1L));
            var key = new StringBuilder();
            for (String line : outputs.text(QirSchema.ORDERED, once).lines().toList()) {
                String[] fields = line.split("\t");
                if (!fields[0].equals("OUTPUT") || fields[1].equals("TUPLE")) continue;
                key.append(fields[2].equals("1") || fields[2].equals("true") ? '1' : '0');
            }
            recorded.merge(key.toString(), entry.getValue(), Double::sum);
        }
        return recorded;
    }
}
