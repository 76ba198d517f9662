package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Graph;

final class FewestTGatesTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void results_have_the_same_distribution(boolean ancillas) {
        for (long seed = 4000; seed < 4015; seed++) {
            Graph graph = MeasuredProgramGenerator.graph(seed);

            var settings = new OptimizerSettings(3, OptimizerSettings.Target.IDEAL);
            if (ancillas) settings = settings.withAncillas();

            Graph after = new FewestTGates(settings).apply(graph);

            OutputOracle.verified(after, "seed " + seed);
            OutputOracle.assertSame(graph, after, "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1500, false", "1500, true"})
    void a_long_program_gets_no_longer_than_it_may(long layers, boolean ancillas) {
        assertNoLonger(adders(), layers, ancillas);
    }

    /// The whole of Shor's algorithm takes half a minute: `-Dqmk.optimizer.long=true`.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @EnabledIfSystemProperty(named = "qmk.optimizer.long", matches = "true")
    void shor_gets_no_longer_than_it_may(boolean ancillas) throws IOException {
        Path path = Path.of(System.getProperty("qmk.root", "../.."), "examples/shor.qasm");
        Graph graph = QasmPrograms.read(Files.readString(path));

        assertNoLonger(graph, OptimizerSettings.LAYERS_DEFAULT, ancillas);
    }

    private static void assertNoLonger(Graph graph, long layers, boolean ancillas) {
        var two = new OptimizerSettings(2, OptimizerSettings.Target.IDEAL);
        var before = ProgramFigures.of(Optimizer.optimize(graph, two));
        var three = new OptimizerSettings(3, OptimizerSettings.Target.IDEAL).withLayers(layers);
        if (ancillas) three = three.withAncillas();

        var after = ProgramFigures.of(Optimizer.optimize(graph, three));

        String what = before + " became " + after;
        assertTrue(after.epochs() <= before.epochs() + layers, what);
        if (layers == 0) assertEquals(before.tCount(), after.tCount(), what);
        else assertTrue(after.tCount() < before.tCount(), what);
    }

    /// Sums of numbers of 8 bits, one after the other, on states of which nothing is known.
    private static Graph adders() {
        var text = new StringBuilder("OPENQASM 3.0; include \"stdgates.inc\"; qubit[17] q;\n");
        text.append("h q; t q; h q;\n");
        for (int sum = 0; sum < 5; sum++) {
            for (int bit = 0; bit < 8; bit++) {
                int other = 9 + (bit + sum) % 8;
                text.append(
                        "cx q[%d], q[%d]; cx q[%d], q[%d]; ccx q[%d], q[%d], q[%d];\n"
                                .formatted(bit + 1, other, bit + 1, bit, bit, other, bit + 1));
            }
            for (int bit = 7; bit >= 0; bit--) {
                int other = 9 + (bit + sum) % 8;
                text.append(
                        "ccx q[%d], q[%d], q[%d]; cx q[%d], q[%d]; cx q[%d], q[%d];\n"
                                .formatted(bit, other, bit + 1, bit + 1, bit, bit, other));
            }
        }
        return QasmPrograms.read(text.toString());
    }
}
