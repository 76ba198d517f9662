package org.qmk.optimizer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.LinkGate;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// The exact distribution of a small program's results, by following both outcomes of every
/// measurement. All qubits of the program lie in one vector; qubit 0 is the lowest bit.
final class OutputOracle {

    private static final double NOTHING = 1e-14;

    private final Graph graph;
    private final Map<String, Double> distribution = new TreeMap<>();

    private OutputOracle(Graph graph) {
        this.graph = graph;
    }

    /// Chances by result.
    static Map<String, Double> distribution(Graph graph) {
        var oracle = new OutputOracle(graph);
        double[] re = new double[1 << graph.qubits().size()];
        re[0] = 1;
        oracle.follow(0, re, new double[re.length], new boolean[graph.events().size()]);
        return oracle.distribution;
    }

    /// Asserts that two programs have the same results with the same chances.
    static void assertSame(Graph expected, Graph actual, String what) {
        Map<String, Double> wanted = distribution(sorted(expected));
        Map<String, Double> found = distribution(sorted(actual));
        var keys = new TreeSet<>(wanted.keySet());
        keys.addAll(found.keySet());
        for (String key : keys) {
            double chance = wanted.getOrDefault(key, 0.0);
            assertEquals(chance, found.getOrDefault(key, 0.0), 1e-7, what + " result " + key);
        }
    }

    static Verified verified(Graph graph, String what) {
        var verdict = Verifier.verify(graph);
        if (verdict instanceof Rejected rejected) {
            assertEquals(List.of(), rejected.violations(), what);
        }
        return assertInstanceOf(Verified.class, verdict, what);
    }

    /// The oracle follows the program's order, which edges that point forward do not respect.
    private static Graph sorted(Graph graph) {
        var copy = new GraphCopy(graph);
        for (int node : ProgramOrder.of(graph)) copy.add(node);
        return copy.build();
    }

    private void follow(int node, double[] re, double[] im, boolean[] events) {
        double chance = 0;
        for (int i = 0; i < re.length; i++) chance += re[i] * re[i] + im[i] * im[i];
        if (chance < NOTHING) return;
        if (node == graph.size()) {
            var text = new StringBuilder();
            for (int i = 0; i < graph.outputs().size(); i++) {
                text.append(events[graph.outputEvent(i)] ? '1' : '0');
            }
            distribution.merge(text.toString(), chance, Double::sum);
        } else if (holds(graph.guard(node), events)) {
            happen(node, re, im, events);
        } else {
            follow(node + 1, re, im, events);
        }
    }

    private void happen(int node, double[] re, double[] im, boolean[] events) {
        Opcode opcode = graph.opcode(node);
        int[] qubits = handles(node, Operand.Kind.QUBIT);
        switch (opcode) {
            case FENCE_EPOCH, BAR_REGION, SET_POLICY, CLOSE_CHAN ->
                    follow(node + 1, re, im, events);
            case ALLOC_LQ, FREE_LQ, RESET, OPEN_CHAN -> discard(node, qubits, 0, re, im, events);
            case MEASURE_Z -> measure(node, "Z", qubits, 0, re, im, events);
            case MEASURE_X -> measure(node, "X", qubits, 0, re, im, events);
            case MEASURE_Y -> measure(node, "Y", qubits, 0, re, im, events);
            case MEASURE_PAULI -> {
                PauliString pauli = ((Argument.Pauli) graph.argument(node)).pauli();
                measure(node, pauli.toString(), qubits, 0, re, im, events);
            }
            case EV_CONST, EV_NOT, EV_XOR, EV_AND, EV_OR, EV_SELECT -> {
                boolean[] after = events.clone();
                after[handles(node, Operand.Kind.OUTPUT)[0]] = logic(node, opcode, events);
                follow(node + 1, re, im, after);
            }
            case COND_PAULI -> {
                int[] inputs = handles(node, Operand.Kind.INPUT);
                boolean odd = inputs.length == 0;
                for (int input : inputs) odd ^= events[input];
                double[][] state = {re, im};
                PauliString pauli = ((Argument.Pauli) graph.argument(node)).pauli();
                if (odd) state = pauli(pauli.toString(), qubits, re, im);
                follow(node + 1, state[0], state[1], events);
            }
            case ROTATE_PAULI -> {
                var rotation = (Argument.PauliRotation) graph.argument(node);
                double[][] state =
                        rotated(rotation.pauli().toString(), rotation.angle(), qubits, re, im);
                follow(node + 1, state[0], state[1], events);
            }
            case RX, RY, RZ -> {
                double angle = ((Argument.Rotation) graph.argument(node)).angle();
                double[][] state = rotated(opcode.name().substring(1), angle, qubits, re, im);
                follow(node + 1, state[0], state[1], events);
            }
            default -> {
                Opcode gate = opcode;
                if (graph.argument(node) instanceof Argument.Link(LinkGate local)) {
                    gate = local.local();
                }
                var matrix = (Matrix.Fixed) gate.matrix();
                double[][] state = applied(matrix, qubits, re, im);
                follow(node + 1, state[0], state[1], events);
            }
        }
    }

    private boolean logic(int node, Opcode opcode, boolean[] events) {
        int[] inputs = handles(node, Operand.Kind.INPUT);
        int ones = 0;
        for (int input : inputs) if (events[input]) ones++;
        return switch (opcode) {
            case EV_CONST -> ((Argument.Bit) graph.argument(node)).value();
            case EV_NOT -> ones == 0;
            case EV_XOR -> ones % 2 == 1;
            case EV_AND -> ones == inputs.length;
            case EV_OR -> ones > 0;
            default -> events[inputs[0]] ? events[inputs[1]] : events[inputs[2]];
        };
    }

    /// Puts qubits from `done` on into the state 0, whatever they were.
    private void discard(
            int node, int[] qubits, int done, double[] re, double[] im, boolean[] events) {
        if (done == qubits.length) {
            double[][] state = {re, im};
            if (graph.opcode(node) == Opcode.OPEN_CHAN) state = bellPair(qubits, re, im);
            follow(node + 1, state[0], state[1], events);
            return;
        }
        int[] qubit = {qubits[done]};
        double[][] zero = projected("Z", qubit, 1, re, im);
        discard(node, qubits, done + 1, zero[0], zero[1], events);
        double[][] one = projected("Z", qubit, -1, re, im);
        double[][] flipped = pauli("X", qubit, one[0], one[1]);
        double chance = 0;
        for (int i = 0; i < re.length; i++) {
            chance += flipped[0][i] * flipped[0][i] + flipped[1][i] * flipped[1][i];
        }
        if (chance > NOTHING) discard(node, qubits, done + 1, flipped[0], flipped[1], events);
    }

    private static double[][] bellPair(int[] qubits, double[] re, double[] im) {
        int[] first = {qubits[0]};
        double[][] half = applied((Matrix.Fixed) Opcode.APPLY_H.matrix(), first, re, im);
        return applied((Matrix.Fixed) Opcode.APPLY_CNOT.matrix(), qubits, half[0], half[1]);
    }

    private void measure(
            int node,
            String letters,
            int[] qubits,
            int output,
            double[] re,
            double[] im,
            boolean[] events) {
        int event = handles(node, Operand.Kind.OUTPUT)[output];
        for (int outcome = 0; outcome < 2; outcome++) {
            double[][] state = projected(letters, qubits, 1 - 2 * outcome, re, im);
            boolean[] after = events.clone();
            after[event] = outcome == 1;
            follow(node + 1, state[0], state[1], after);
        }
    }

    /// (1 + sign P) / 2 applied to a state.
    private static double[][] projected(
            String letters, int[] qubits, int sign, double[] re, double[] im) {
        double[][] turned = pauli(letters, qubits, re, im);
        for (int i = 0; i < re.length; i++) {
            turned[0][i] = (re[i] + sign * turned[0][i]) / 2;
            turned[1][i] = (im[i] + sign * turned[1][i]) / 2;
        }
        return turned;
    }

    /// cos(angle/2) - i sin(angle/2) P applied to a state.
    private static double[][] rotated(
            String letters, double angle, int[] qubits, double[] re, double[] im) {
        double[][] turned = pauli(letters, qubits, re, im);
        double c = Math.cos(angle / 2);
        double s = Math.sin(angle / 2);
        for (int i = 0; i < re.length; i++) {
            double real = c * re[i] + s * turned[1][i];
            turned[1][i] = c * im[i] - s * turned[0][i];
            turned[0][i] = real;
        }
        return turned;
    }

    private static double[][] pauli(String signed, int[] qubits, double[] re, double[] im) {
        boolean negative = signed.startsWith("-");
        String letters = negative ? signed.substring(1) : signed;
        double[] toRe = new double[re.length];
        double[] toIm = new double[re.length];
        for (int i = 0; i < re.length; i++) {
            int to = i;
            // The factor i^turns.
            int turns = negative ? 2 : 0;
            for (int k = 0; k < letters.length(); k++) {
                int bit = i >>> qubits[k] & 1;
                switch (letters.charAt(k)) {
                    case 'X' -> to ^= 1 << qubits[k];
                    case 'Y' -> {
                        to ^= 1 << qubits[k];
                        turns += bit == 0 ? 1 : 3;
                    }
                    case 'Z' -> turns += 2 * bit;
                    default -> {}
                }
            }
            double a = turns % 2 == 0 ? re[i] : -im[i];
            double b = turns % 2 == 0 ? im[i] : re[i];
            toRe[to] = turns % 4 < 2 ? a : -a;
            toIm[to] = turns % 4 < 2 ? b : -b;
        }
        return new double[][] {toRe, toIm};
    }

    private static double[][] applied(Matrix.Fixed matrix, int[] qubits, double[] re, double[] im) {
        double[] toRe = new double[re.length];
        double[] toIm = new double[re.length];
        for (int index = 0; index < re.length; index++) {
            int column = 0;
            for (int qubit : qubits) column = column << 1 | index >>> qubit & 1;
            for (int row = 0; row < matrix.dimension(); row++) {
                int to = index;
                for (int k = 0; k < qubits.length; k++) {
                    int bit = 1 << qubits[k];
                    to = (row >>> qubits.length - 1 - k & 1) != 0 ? to | bit : to & ~bit;
                }
                double a = matrix.re(row, column);
                double b = matrix.im(row, column);
                toRe[to] += a * re[index] - b * im[index];
                toIm[to] += a * im[index] + b * re[index];
            }
        }
        return new double[][] {toRe, toIm};
    }

    private static boolean holds(Guard guard, boolean[] events) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(var event, var value) -> events[event] == value;
            case Guard.All(var parts) -> parts.stream().allMatch(part -> holds(part, events));
            case Guard.Any(var parts) -> parts.stream().anyMatch(part -> holds(part, events));
        };
    }

    private int[] handles(int node, Operand.Kind kind) {
        int[] found = new int[graph.count(node, kind)];
        int count = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) == kind) found[count++] = Operand.index(operand);
        }
        return found;
    }
}
