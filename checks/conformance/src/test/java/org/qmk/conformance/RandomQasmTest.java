package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.codec.GraphReader;
import org.qmk.codec.GraphWriter;
import org.qmk.codec.QvmForm;
import org.qmk.codec.Reading;
import org.qmk.qasm.QasmWriter;
import org.qmk.qasm.Written;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;

/// OpenQASM means the same before and after it becomes a graph.
final class RandomQasmTest {

    private static final int PROGRAMS = 2_000;
    private static final long FIRST_SEED = 0;

    /// Beyond this, two distributions are different: rounding of some hundred gates is far below.
    private static final double ROUNDING = 1e-9;

    @Test
    void a_program_keeps_its_distribution_through_qvm_and_back() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + PROGRAMS; seed++) {
            RandomQasm.Program program = RandomQasm.of(seed);
            try {
                check(program);
            } catch (Throwable broken) {
                throw new AssertionError(
                        "random program of seed " + seed + ": " + broken + "\n" + program.text(),
                        broken);
            }
        }
    }

    private static void check(RandomQasm.Program program) {
        Graph graph = graph("program", program.text());
        compare("the program", program.distribution(), graph);
        for (QvmForm form : QvmForm.values()) {
            switch (GraphReader.read(GraphWriter.write(graph, form))) {
                case Reading.Ok(var again, var _) ->
                        assertEquals(
                                ScriptCheck.digest(graph), ScriptCheck.digest(again), form::name);
                case Reading.Failed(var errors) -> fail(form + " does not read back: " + errors);
            }
        }
        switch (QasmWriter.write(graph)) {
            case Written.Text(var back) ->
                    compare(
                            "what was written back,\n" + back,
                            program.distribution(),
                            graph("copy", back));
            case Written.Refused refused -> fail("it cannot be written back: " + refused);
        }
    }

    private static Graph graph(String what, String text) {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        return switch (Judgement.of(Script.Form.QASM, source, Limits.DEFAULT)) {
            case Judgement.Accepted(var verified) -> verified.graph();
            case Judgement.Refused(var refusals) ->
                    fail(what + " is refused: " + refusals + "\n" + text);
        };
    }

    private static void compare(String what, TreeMap<String, Double> expected, Graph graph) {
        TreeMap<String, Double> exact = ScriptCheck.exact(graph);
        assertEquals(
                0,
                ExactDistribution.distance(expected, exact),
                ROUNDING,
                () ->
                        "%s should give %s and gives %s"
                                .formatted(
                                        what,
                                        ExactDistribution.text(expected),
                                        ExactDistribution.text(exact)));
    }
}
