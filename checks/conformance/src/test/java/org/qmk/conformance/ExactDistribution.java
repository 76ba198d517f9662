package org.qmk.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;
import org.qmk.qvm.Undo;

/// The exact distribution of a graph's results, by following every path that a run may take.
///
/// The oracle that simulators are held against: dense, slow and simple, and written from
/// docs/spec/qvm.md alone. It walks the nodes in program order with a list of paths; a measurement
/// splits a path in two. It trusts no verdict: a path that uses a handle that is not live there,
/// makes one that is, or ends with one, is an `UnsoundException`.
final class ExactDistribution {

    /// Paths of less weight than this are taken to be impossible.
    static final double NEVER = 1e-12;

    private static final int PATHS_MAX = 1 << 14;
    private static final long AMPLITUDES_MAX = 1L << 22;

    private final Graph graph;
    private final int lastMaker;
    private List<DensePath> paths = new ArrayList<>();

    /// A graph that breaks the rules of liveness on some path.
    static final class UnsoundException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnsoundException(String message) {
            super(message);
        }
    }

    /// The graph has too many qubits or paths for this oracle.
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message) {
            super(message);
        }
    }

    /// A walk that has not begun, of which only `perform` and `takeBack` are wanted.
    ExactDistribution(Graph graph) {
        this.graph = graph;
        int last = -1;
        for (int node = 0; node < graph.size(); node++) {
            if (graph.count(node, Operand.Kind.OUTPUT) > 0) last = node;
        }
        lastMaker = last;
    }

    /// The probability of each possible result, by its key: one character per output bit.
    static TreeMap<String, Double> of(Graph graph) throws TooLargeException {
        return new ExactDistribution(graph).distribution();
    }

    private TreeMap<String, Double> distribution() throws TooLargeException {
        paths.add(new DensePath(graph));
        for (int node = 0; node < graph.size(); node++) {
            List<DensePath> next = new ArrayList<>();
            int grown =
                    graph.opcode(node) == Opcode.ALLOC_LQ
                            ? graph.count(node, Operand.Kind.QUBIT)
                            : 0;
            for (DensePath path : paths) {
                if (path.length() > AMPLITUDES_MAX >> Math.min(62, grown)) {
                    throw new TooLargeException(grown + " qubits more in node " + node);
                }
                if (path.holds(graph.guard(node))) next.addAll(perform(node, path));
                else next.add(path);
            }
            paths = next;
            long amplitudes = 0;
            for (DensePath path : paths) amplitudes += path.length();
            if (paths.size() > PATHS_MAX || amplitudes > AMPLITUDES_MAX) {
                throw new TooLargeException(paths.size() + " paths, " + amplitudes + " amplitudes");
            }
        }
        TreeMap<String, Double> distribution = new TreeMap<>();
        for (DensePath path : paths) {
            path.expectNothingLive();
            distribution.merge(path.key(), path.weight(), Double::sum);
        }
        return distribution;
    }

    /// The paths that come of one path when the node happens on it.
    List<DensePath> perform(int node, DensePath path) {
        int[] qubits = handles(node, Operand.Kind.QUBIT);
        for (int channel : handles(node, Operand.Kind.CHANNEL)) path.passChannel(node, channel);
        return switch (graph.opcode(node).matrix()) {
            case Matrix.Fixed matrix -> path.gate(node, qubits, matrix);
            case Matrix.Rotation() -> rotate(node, qubits, path, 1);
            case Matrix.None() -> performOther(node, qubits, path);
        };
    }

    /// The path before a node that happened on it, as the inverse of the node's row says.
    DensePath takeBack(int node, DensePath path) {
        Opcode opcode = graph.opcode(node);
        if (opcode.undo() instanceof Undo.Nothing) return path;
        Opcode inverse =
                opcode.inverse()
                        .orElseThrow(
                                () -> new UnsoundException("node " + node + " has no inverse"));
        int[] qubits = handles(node, Operand.Kind.QUBIT);
        return switch (inverse.matrix()) {
            case Matrix.Fixed matrix -> path.gate(node, qubits, matrix).getFirst();
            case Matrix.Rotation() -> rotate(node, qubits, path, -1).getFirst();
            case Matrix.None() -> perform(node, path).getFirst();
        };
    }

    /// @param sign 1, or -1 to turn backwards
    private List<DensePath> rotate(int node, int[] qubits, DensePath path, int sign) {
        return switch (graph.argument(node)) {
            case Argument.PauliRotation(var pauli, double angle, double _) ->
                    path.rotation(node, qubits, pauli, sign * angle);
            case Argument.Rotation(double angle, double _) -> {
                String axis = graph.opcode(node).mnemonic().substring(1);
                yield path.rotation(node, qubits, PauliString.of(axis), sign * angle);
            }
            case Argument.Nothing _, Argument.Profile _, Argument.Tag _, Argument.Pauli _ ->
                    throw new UnsoundException("node " + node + " has no angle");
            case Argument.Bit _, Argument.Channel _, Argument.Link _, Argument.Policy _ ->
                    throw new UnsoundException("node " + node + " has no angle");
        };
    }

    private List<DensePath> performOther(int node, int[] qubits, DensePath path) {
        int[] inputs = handles(node, Operand.Kind.INPUT);
        int[] outputs = handles(node, Operand.Kind.OUTPUT);
        return switch (graph.opcode(node)) {
            case FENCE_EPOCH, BAR_REGION, SET_POLICY, CLOSE_CHAN -> List.of(path);
            case ALLOC_LQ -> path.allocate(node, qubits);
            case FREE_LQ -> path.free(node, qubits, node > lastMaker);
            case RESET -> path.reset(node, qubits);
            case MEASURE_Z -> path.measure(node, qubits, PauliString.of("Z"), outputs[0]);
            case MEASURE_X -> path.measure(node, qubits, PauliString.of("X"), outputs[0]);
            case MEASURE_Y -> path.measure(node, qubits, PauliString.of("Y"), outputs[0]);
            case MEASURE_PAULI -> path.measure(node, qubits, pauli(node), outputs[0]);
            case MEASURE_BELL -> {
                List<DensePath> both = new ArrayList<>();
                for (DensePath half :
                        path.measure(node, qubits, PauliString.of("XX"), outputs[0])) {
                    both.addAll(half.measure(node, qubits, PauliString.of("ZZ"), outputs[1]));
                }
                yield both;
            }
            case MEASURE_ANGLE -> path.measureAngle(node, qubits, angle(node), outputs[0]);
            case EV_CONST ->
                    path.make(outputs[0], graph.argument(node).equals(new Argument.Bit(true)));
            case EV_NOT -> path.make(outputs[0], !path.event(inputs[0]));
            case EV_XOR -> path.make(outputs[0], path.ones(inputs) % 2 == 1);
            case EV_AND -> path.make(outputs[0], path.ones(inputs) == inputs.length);
            case EV_OR -> path.make(outputs[0], path.ones(inputs) > 0);
            case EV_SELECT ->
                    path.make(outputs[0], path.event(inputs[path.event(inputs[0]) ? 1 : 2]));
            case COND_PAULI ->
                    inputs.length == 0 || path.ones(inputs) % 2 == 1
                            ? path.pauli(node, qubits, pauli(node))
                            : path.expectLive(node, qubits);
            case INJECT_T_STATE -> path.inject(node, qubits);
            case OPEN_CHAN -> path.bellPair(node, qubits);
            case USE_CHAN -> useChannel(node, qubits, path);
            case APPLY_X, APPLY_Y, APPLY_Z, APPLY_H, APPLY_S, APPLY_SDG, APPLY_SX, APPLY_SXDG ->
                    throw new IllegalStateException("the row has a matrix");
            case APPLY_CNOT, APPLY_CZ, APPLY_SWAP, APPLY_ISWAP, APPLY_ISWAPDG, TELEPORT_CNOT ->
                    throw new IllegalStateException("the row has a matrix");
            case APPLY_T, APPLY_TDG, APPLY_CCZ, APPLY_TOFFOLI, ROTATE_PAULI, RX, RY, RZ ->
                    throw new IllegalStateException("the row has a matrix");
        };
    }

    private List<DensePath> useChannel(int node, int[] qubits, DensePath path) {
        if (graph.argument(node) instanceof Argument.Link(var gate)
                && gate.local().matrix() instanceof Matrix.Fixed matrix) {
            return path.gate(node, qubits, matrix);
        }
        throw new UnsoundException("node " + node + " has no gate");
    }

    private PauliString pauli(int node) {
        if (graph.argument(node) instanceof Argument.Pauli(var pauli)) return pauli;
        throw new UnsoundException("node " + node + " has no Pauli string");
    }

    private double angle(int node) {
        if (graph.argument(node) instanceof Argument.Rotation(double angle, double _)) return angle;
        throw new UnsoundException("node " + node + " has no angle");
    }

    private int[] handles(int node, Operand.Kind kind) {
        int[] handles = new int[graph.count(node, kind)];
        int found = 0;
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) == kind) handles[found++] = Operand.index(operand);
        }
        return handles;
    }

    /// A distribution as scripts write it, for messages.
    static String text(TreeMap<String, Double> distribution) {
        List<String> parts = new ArrayList<>();
        distribution.forEach((key, weight) -> parts.add("%s %.9g".formatted(key, weight)));
        return parts.size() <= 40
                ? String.join(", ", parts)
                : String.join(", ", parts.subList(0, 40)) + ", ...";
    }

    /// The largest difference of two distributions in any outcome.
    static double distance(TreeMap<String, Double> one, TreeMap<String, Double> other) {
        double largest = 0;
        for (var entry : one.entrySet()) {
            double there = other.getOrDefault(entry.getKey(), 0.0);
            largest = Math.max(largest, Math.abs(entry.getValue() - there));
        }
        for (var entry : other.entrySet()) {
            if (!one.containsKey(entry.getKey())) largest = Math.max(largest, entry.getValue());
        }
        return largest;
    }
}
