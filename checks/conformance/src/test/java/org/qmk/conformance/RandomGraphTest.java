package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.qmk.codec.GraphReader;
import org.qmk.codec.GraphWriter;
import org.qmk.codec.QvmForm;
import org.qmk.codec.Reading;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineFile;
import org.qmk.qasm.QasmWriter;
import org.qmk.qasm.Written;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.sim.Choice;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// What the verifier lets pass runs everywhere, on every path, and everywhere alike.
final class RandomGraphTest {

    private static final int GRAPHS = 2_000;
    private static final long FIRST_SEED = 0;
    private static final int SHOTS = 2_000;
    private static final int KERNEL_SHOTS = 70;
    private static final double ROUNDING = 1e-9;

    private int accepted;
    private int rejected;
    private int compared;
    private int written;

    @Test
    void a_verified_graph_runs_on_every_simulator_and_the_kernel_and_in_every_form() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + GRAPHS; seed++) {
            try {
                check(seed, RandomGraph.of(seed));
            } catch (Throwable broken) {
                throw new AssertionError("random graph of seed " + seed + ": " + broken, broken);
            }
        }

        assertTrue(accepted > GRAPHS / 2, () -> "only " + accepted + " graphs were accepted");
        assertTrue(rejected > GRAPHS / 20, () -> "only " + rejected + " graphs were rejected");
        assertTrue(compared > accepted / 2, () -> "only " + compared + " graphs were enumerated");
        assertTrue(written > GRAPHS / 20, () -> "only " + written + " graphs were OpenQASM");
    }

    private void check(long seed, Graph graph) throws Exception {
        switch (Verifier.verify(graph)) {
            case Rejected verdict -> {
                rejected++;
                verdict.violations().forEach(violation -> assertComplete(violation.message()));
            }
            case Verified program -> {
                accepted++;
                checkForms(graph);
                checkSegments(program);
                checkSimulators(seed, graph);
                checkKernel(seed, program);
            }
        }
    }

    private static void assertComplete(String message) {
        assertTrue(!message.contains("{"), () -> "a placeholder is left in: " + message);
    }

    private static void checkForms(Graph graph) {
        for (QvmForm form : QvmForm.values()) {
            byte[] bytes = GraphWriter.write(graph, form);
            switch (GraphReader.read(bytes)) {
                case Reading.Ok(var again, var _) ->
                        assertEquals(
                                ScriptCheck.digest(graph), ScriptCheck.digest(again), form::name);
                case Reading.Failed(var errors) -> fail(form + " does not read back: " + errors);
            }
        }
    }

    /// What OpenQASM can say of a graph has the same distribution.
    private void checkQasm(Graph graph, TreeMap<String, Double> exact) {
        if (!(QasmWriter.write(graph) instanceof Written.Text(var text))) return;
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        switch (Judgement.of(Script.Form.QASM, source, Limits.DEFAULT)) {
            case Judgement.Refused(var refusals) ->
                    fail("written as OpenQASM it is refused: " + refusals + "\n" + text);
            case Judgement.Accepted(var again) -> {
                written++;
                assertEquals(
                        0,
                        ExactDistribution.distance(exact, ScriptCheck.exact(again.graph())),
                        ROUNDING,
                        () -> "written as OpenQASM it changes its distribution\n" + text);
            }
        }
    }

    private static void checkSegments(Verified program) {
        for (int segment = 0; segment < program.segments().count(); segment++) {
            int length = program.segments().length(segment);
            assertEquals(length, program.segments().inverse(segment).size());
            assertTrue(program.segments().cost(segment).depth() <= length);
        }
    }

    private void checkSimulators(long seed, Graph graph) {
        Optional<TreeMap<String, Double>> exact = Optional.empty();
        try {
            exact = Optional.of(ExactDistribution.of(graph));
            compared++;
        } catch (ExactDistribution.TooLargeException _) {
            // The simulators still run it; the share of such graphs is bounded at the end.
        }
        for (String simulator : Simulators.names()) {
            var sample = Sample.of(simulator, graph, seed, SHOTS);
            if (sample.isEmpty() || exact.isEmpty()) continue;
            sample.get()
                    .objection(exact.get())
                    .ifPresent(objection -> fail(simulator + ": " + objection));
        }
        exact.ifPresent(distribution -> checkQasm(graph, distribution));
    }

    /// The kernel gives exactly the shots that the chosen simulator gives.
    private static void checkKernel(long seed, Verified program)
            throws IOException, EmbeddedKernel.RefusedException {
        Graph graph = program.graph();
        if (!(Simulators.choose(graph) instanceof Choice.Chosen(var simulator, var _, var _))) {
            fail("no simulator runs it");
            return;
        }
        var expected = Sample.of(graph, simulator.run(graph, new Shots(seed, 0, KERNEL_SHOTS)));
        var machine = MachineFile.shipped("module-16");
        try (var kernel = EmbeddedKernel.open(machine, Simulators::choose, Optional.empty())) {
            EmbeddedKernel.Result result =
                    kernel.run(program, new JobPolicy(KERNEL_SHOTS, seed), _ -> {});

            assertEquals(JobState.COMPLETED, result.state(), result::detail);
            assertEquals(ScriptCheck.names(graph), result.bits());
            assertEquals(expected.counts(), result.counts());
        }
    }
}
