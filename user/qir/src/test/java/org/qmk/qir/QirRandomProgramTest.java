package org.qmk.qir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Random programs of arithmetic, branches, loops and memory record what running them step by step
/// records, for every outcome of their measurements.
class QirRandomProgramTest {

    private static final int PROGRAMS = 1_500;

    /// With few cases allowed, integers are computed bit by bit, and what cannot be is refused.
    @ParameterizedTest
    @CsvSource({"64, 1400", "3, 300"})
    void every_outcome_gives_the_records_of_a_step_by_step_run(int cases, int least) {
        QirLimits usual = QirLimits.DEFAULT;
        var limits =
                new QirLimits(
                        usual.sourceBytes(),
                        usual.nodes(),
                        usual.qubits(),
                        usual.results(),
                        usual.steps(),
                        usual.nesting(),
                        usual.calls(),
                        cases,
                        usual.rounds(),
                        usual.errors());
        var settings = new QirSettings(limits, QirValidation.INTEROP, OptionalInt.empty());
        int read = 0;
        int words = 0;
        for (long seed = 0; seed < PROGRAMS; seed++) {
            RandomQir program = RandomQir.of(seed);
            String text = program.text();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            switch (QirReader.read(bytes, "random.ll", settings)) {
                case QirReading.Failed(var errors) -> {
                    String code = errors.getFirst().code();
                    long number = seed;
                    assertEquals(
                            "QIR-VALUE-1", code, () -> "seed " + number + errors + "\n" + text);
                }
                case QirReading.Ok ok -> {
                    read++;
                    if (ok.graph().outputs().size() > 6) words++;
                    compare(seed, program, ok, text);
                }
            }
        }

        int count = read;
        assertTrue(count >= least, () -> "only " + count + " programs were read");
        int wide = words;
        assertTrue(wide > least / 4, () -> "only " + wide + " programs have many results");
    }

    private static void compare(long seed, RandomQir program, QirReading.Ok ok, String text) {
        for (int bits = 0; bits < 1 << RandomQir.QUBITS; bits++) {
            int outcomes = bits;
            String key = key(ok.graph(), outcomes);
            TreeMap<String, Long> once = new TreeMap<>(Map.of(key, 1L));
            String found = ok.outputs().text(QirSchema.RUNNER, once);
            String records = found.substring(found.indexOf("OUTPUT"));

            assertEquals(
                    program.run(outcomes),
                    records,
                    () -> "seed " + seed + ", outcomes " + outcomes + "\n" + text);
        }
    }

    /// The result bits of a graph whose measurement of qubit q gives bit q of the outcomes.
    private static String key(Graph graph, int outcomes) {
        boolean[] events = new boolean[graph.events().size()];
        for (int node = 0; node < graph.size(); node++) {
            if (!holds(graph.guard(node), events)) continue;
            int[] in = operands(graph, node, Operand.Kind.INPUT);
            int[] out = operands(graph, node, Operand.Kind.OUTPUT);
            if (out.length == 0) continue;
            events[out[0]] = value(graph, node, in, events, outcomes);
        }
        var key = new StringBuilder();
        for (int place = 0; place < graph.outputs().size(); place++) {
            key.append(events[graph.outputEvent(place)] ? '1' : '0');
        }
        return key.toString();
    }

    private static boolean value(Graph graph, int node, int[] in, boolean[] events, int outcomes) {
        Opcode opcode = graph.opcode(node);
        boolean and = true;
        boolean or = false;
        boolean xor = false;
        for (int event : in) {
            and &= events[event];
            or |= events[event];
            xor ^= events[event];
        }
        return switch (opcode.mnemonic()) {
            case "MEASURE_Z" -> {
                String qubit = graph.qubits().name(graph.qubit(node, 0));
                yield (outcomes >> Integer.parseInt(qubit.substring(1)) & 1) != 0;
            }
            case "EV_CONST" -> ((Argument.Bit) graph.argument(node)).value();
            case "EV_NOT" -> !xor;
            case "EV_XOR" -> xor;
            case "EV_AND" -> and;
            case "EV_OR" -> or;
            case "EV_SELECT" -> events[events[in[0]] ? in[1] : in[2]];
            default -> throw new IllegalStateException("makes an event: " + opcode);
        };
    }

    private static boolean holds(Guard guard, boolean[] events) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(int event, boolean value) -> events[event] == value;
            case Guard.All(var parts) -> parts.stream().allMatch(part -> holds(part, events));
            case Guard.Any(var parts) -> parts.stream().anyMatch(part -> holds(part, events));
        };
    }

    private static int[] operands(Graph graph, int node, Operand.Kind kind) {
        int[] operands = new int[graph.count(node, kind)];
        int count = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) == kind) operands[count++] = Operand.index(operand);
        }
        return operands;
    }
}
