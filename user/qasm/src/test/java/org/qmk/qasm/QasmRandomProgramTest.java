package org.qmk.qasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Graph;

class QasmRandomProgramTest {

    private static final int PROGRAMS = 100;
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @ValueSource(longs = {1000, 2000, 3000, 4000})
    void a_program_becomes_a_graph_of_the_same_distribution(long seed) {
        for (long i = seed; i < seed + PROGRAMS; i++) {
            QasmGenerator.Program program = QasmGenerator.generate(i);

            Map<String, Double> found = GraphDistribution.of(QasmGateTest.read(program.source()));

            double distance = GraphDistribution.distance(program.distribution(), found);
            assertEquals(0, distance, TOLERANCE, "seed " + i + "\n" + program.source());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5000, 6000, 7000, 8000})
    void a_graph_written_and_read_again_has_the_same_distribution(long seed) {
        for (long i = seed; i < seed + PROGRAMS; i++) {
            Graph graph = QasmGateTest.read(QasmGenerator.generate(i).source());

            String written =
                    assertInstanceOf(Written.Text.class, QasmWriter.write(graph)).program();

            double distance =
                    GraphDistribution.distance(
                            GraphDistribution.of(graph),
                            GraphDistribution.of(QasmGateTest.read(written)));
            assertEquals(0, distance, TOLERANCE, "seed " + i + "\n" + written);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9000})
    void reading_twice_gives_the_same_bytes(long seed) {
        for (long i = seed; i < seed + PROGRAMS; i++) {
            String source = QasmGenerator.generate(i).source();

            byte[] first = CanonicalForm.encode(QasmGateTest.read(source));

            org.junit.jupiter.api.Assertions.assertArrayEquals(
                    first, CanonicalForm.encode(QasmGateTest.read(source)));
        }
    }
}
