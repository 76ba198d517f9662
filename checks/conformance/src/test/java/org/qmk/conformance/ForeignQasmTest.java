package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.qmk.qasm.QasmLimits;
import org.qmk.qasm.QasmSettings;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.sim.Simulators;

/// Programs that others wrote: whatever is read is also right, and runs.
final class ForeignQasmTest {

    private static final int SHOTS = 500;
    private static final long SEED = 3;

    /// Of loops that depend on measurements.
    private static final int ROUNDS = 3;

    /// Up to this many qubits, a few hundred shots take no time.
    private static final int QUBITS_SMALL = 14;

    private static final Pattern INPUT = Pattern.compile("(?m)^input [^;]* ([^ ;]+);");
    private static final Pattern OPERAND = Pattern.compile("\\w+\\[\\d+]");

    @TestFactory
    Stream<DynamicTest> what_qiskit_exports_runs_or_is_refused_by_name() throws IOException {
        return tests("qasm/qiskit-export", ForeignQasmTest::checkRefusedByName);
    }

    @TestFactory
    Stream<DynamicTest> a_t_count_benchmark_is_refused_only_if_it_repeats_a_qubit()
            throws IOException {
        return tests("tcount", ForeignQasmTest::checkRepeatedQubit);
    }

    private interface RefusalCheck {
        void check(Judgement.Refusal refusal, List<String> lines);
    }

    private static Stream<DynamicTest> tests(String folder, RefusalCheck refusals)
            throws IOException {
        List<Path> files;
        try (var list = Files.list(Repository.shared(folder))) {
            files = list.filter(file -> file.toString().endsWith(".qasm")).sorted().toList();
        }
        assertFalse(files.isEmpty(), () -> folder + " holds no .qasm file");
        return files.stream()
                .map(
                        file ->
                                DynamicTest.dynamicTest(
                                        String.valueOf(file.getFileName()),
                                        () -> check(Files.readString(file), refusals)));
    }

    private static void check(String program, RefusalCheck check) {
        Map<String, String> inputs = new TreeMap<>();
        Matcher matcher = INPUT.matcher(program);
        while (matcher.find()) inputs.put(matcher.group(1), "0.5");
        var settings = new QasmSettings(inputs, OptionalInt.of(ROUNDS), QasmLimits.DEFAULT);
        byte[] source = program.getBytes(StandardCharsets.UTF_8);
        switch (Judgement.ofQasm(source, settings, Limits.DEFAULT)) {
            case Judgement.Accepted(var verified) -> run(verified.graph());
            case Judgement.Refused(var refusals) -> {
                List<String> lines = program.lines().toList();
                for (Judgement.Refusal refusal : refusals) check.check(refusal, lines);
            }
        }
    }

    /// A rule of QVM would mean that the reader made a graph that is wrong.
    private static void checkRefusedByName(Judgement.Refusal refusal, List<String> lines) {
        assertTrue(refusal.code().startsWith("QASM-"), refusal::toString);
        assertTrue(lineOf(refusal) <= lines.size(), refusal::toString);
    }

    private static void checkRepeatedQubit(Judgement.Refusal refusal, List<String> lines) {
        assertEquals("QASM-GATE-3", refusal.code(), refusal::toString);
        String line = lines.get(lineOf(refusal) - 1);
        List<String> qubits = OPERAND.matcher(line).results().map(MatchResult::group).toList();
        long distinct = qubits.stream().distinct().count();
        assertTrue(distinct < qubits.size(), () -> refusal + " at " + line);
    }

    private static int lineOf(Judgement.Refusal refusal) {
        return Integer.parseInt(refusal.where().split(":")[0]);
    }

    private static void run(Graph graph) {
        if (graph.qubits().size() > QUBITS_SMALL) return;
        for (String simulator : Simulators.names()) {
            var sample = Sample.of(simulator, graph, SEED, SHOTS);
            if (sample.isEmpty()) continue;
            try {
                sample.get()
                        .objection(ExactDistribution.of(graph))
                        .ifPresent(objection -> fail(simulator + ": " + objection));
            } catch (ExactDistribution.TooLargeException _) {
                assertTrue(sample.get().shots() == SHOTS);
            }
        }
    }
}
