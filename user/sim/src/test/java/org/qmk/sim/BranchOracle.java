package org.qmk.sim;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// The exact distribution of a small program's events, by following every branch with dense
/// matrices. It shares no code with the simulators and is written to be read, not to be fast.
final class BranchOracle {

    private static final double NOTHING = 1e-13;

    private final Graph graph;
    private final Map<String, Double> distribution = new TreeMap<>();

    private BranchOracle(Graph graph) {
        this.graph = graph;
    }

    /// Chances of event strings: one character per event of the graph, in the order of its table.
    static Map<String, Double> distribution(Graph graph) {
        var oracle = new BranchOracle(graph);
        var start =
                new Path(
                        new int[0],
                        new double[] {1},
                        new double[] {0},
                        new boolean[graph.events().size()]);
        oracle.follow(0, start);
        return oracle.distribution;
    }

    /// Unnormalised state: its squared norm is the chance of the path. The first living qubit
    /// is the most significant bit.
    private record Path(int[] qubits, double[] re, double[] im, boolean[] events) {

        double chance() {
            double sum = 0;
            for (int i = 0; i < re.length; i++) sum += re[i] * re[i] + im[i] * im[i];
            return sum;
        }

        Path with(int event, boolean value) {
            boolean[] changed = events.clone();
            changed[event] = value;
            return new Path(qubits, re, im, changed);
        }

        int place(int qubit) {
            for (int i = 0; i < qubits.length; i++) if (qubits[i] == qubit) return i;
            throw new AssertionError("qubit " + qubit + " is not live");
        }
    }

    /// A square complex matrix over some qubits, the first being the most significant bit.
    record Dense(double[][] re, double[][] im) {

        static Dense zero(int dimension) {
            return new Dense(new double[dimension][dimension], new double[dimension][dimension]);
        }

        static Dense of(Matrix.Fixed matrix) {
            Dense dense = zero(matrix.dimension());
            for (int row = 0; row < matrix.dimension(); row++) {
                for (int column = 0; column < matrix.dimension(); column++) {
                    dense.re[row][column] = matrix.re(row, column);
                    dense.im[row][column] = matrix.im(row, column);
                }
            }
            return dense;
        }

        static Dense letter(char letter) {
            Dense dense = zero(2);
            switch (letter) {
                case 'I' -> dense.re[0][0] = dense.re[1][1] = 1;
                case 'X' -> dense.re[0][1] = dense.re[1][0] = 1;
                case 'Y' -> {
                    dense.im[0][1] = -1;
                    dense.im[1][0] = 1;
                }
                default -> {
                    dense.re[0][0] = 1;
                    dense.re[1][1] = -1;
                }
            }
            return dense;
        }

        static Dense pauli(PauliString pauli) {
            Dense product = zero(1);
            product.re[0][0] = pauli.negative() ? -1 : 1;
            for (int i = 0; i < pauli.length(); i++) {
                product = product.tensor(letter(pauli.letter(i)));
            }
            return product;
        }

        static Dense rotation(PauliString pauli, double angle) {
            Dense p = pauli(pauli);
            int n = p.re.length;
            double c = Math.cos(angle / 2);
            double s = Math.sin(angle / 2);
            Dense result = zero(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result.re[i][j] = (i == j ? c : 0) + s * p.im[i][j];
                    result.im[i][j] = -s * p.re[i][j];
                }
            }
            return result;
        }

        Dense tensor(Dense other) {
            int n = other.re.length;
            Dense result = zero(re.length * n);
            for (int i = 0; i < result.re.length; i++) {
                for (int j = 0; j < result.re.length; j++) {
                    double a = re[i / n][j / n];
                    double b = im[i / n][j / n];
                    double c = other.re[i % n][j % n];
                    double d = other.im[i % n][j % n];
                    result.re[i][j] = a * c - b * d;
                    result.im[i][j] = a * d + b * c;
                }
            }
            return result;
        }

        /// (1 + sign M) / 2
        Dense projector(int sign) {
            int n = re.length;
            Dense result = zero(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    result.re[i][j] = ((i == j ? 1 : 0) + sign * re[i][j]) / 2;
                    result.im[i][j] = sign * im[i][j] / 2;
                }
            }
            return result;
        }

        /// Applies the matrix to the given places of a register, place 0 being the most
        /// significant.
        void apply(
                int[] places,
                int width,
                double[] fromRe,
                double[] fromIm,
                double[] toRe,
                double[] toIm) {
            int n = re.length;
            Arrays.fill(toRe, 0);
            Arrays.fill(toIm, 0);
            for (int index = 0; index < fromRe.length; index++) {
                int column = 0;
                for (int place : places) column = column << 1 | index >>> width - 1 - place & 1;
                for (int row = 0; row < n; row++) {
                    double a = re[row][column];
                    double b = im[row][column];
                    if (a == 0 && b == 0) continue;
                    int to = index;
                    for (int k = 0; k < places.length; k++) {
                        int bit = 1 << width - 1 - places[k];
                        to = (row >>> places.length - 1 - k & 1) != 0 ? to | bit : to & ~bit;
                    }
                    toRe[to] += a * fromRe[index] - b * fromIm[index];
                    toIm[to] += a * fromIm[index] + b * fromRe[index];
                }
            }
        }
    }

    private void follow(int node, Path path) {
        double chance = path.chance();
        if (chance < NOTHING) return;
        if (node == graph.size()) {
            var text = new StringBuilder();
            for (boolean event : path.events) text.append(event ? '1' : '0');
            distribution.merge(text.toString(), chance, Double::sum);
            return;
        }
        if (!holds(graph.guard(node), path.events)) {
            follow(node + 1, path);
            return;
        }
        happen(node, path);
    }

    private void happen(int node, Path path) {
        int[] qubits = handles(node, Operand.Kind.QUBIT);
        int[] inputs = handles(node, Operand.Kind.INPUT);
        int[] outputs = handles(node, Operand.Kind.OUTPUT);
        int next = node + 1;
        Opcode opcode = graph.opcode(node);
        switch (opcode) {
            case ALLOC_LQ -> follow(next, grown(path, qubits));
            case FREE_LQ -> discard(next, path, qubits, 0, true);
            case RESET -> discard(next, path, qubits, 0, false);
            case FENCE_EPOCH, BAR_REGION, CLOSE_CHAN, SET_POLICY -> follow(next, path);
            case MEASURE_Z -> measure(next, path, Dense.letter('Z'), qubits, outputs[0]);
            case MEASURE_X -> measure(next, path, Dense.letter('X'), qubits, outputs[0]);
            case MEASURE_Y -> measure(next, path, Dense.letter('Y'), qubits, outputs[0]);
            case MEASURE_PAULI -> measure(next, path, Dense.pauli(pauli(node)), qubits, outputs[0]);
            case MEASURE_BELL -> {
                Dense xx = Dense.pauli(PauliString.of("XX"));
                Dense zz = Dense.pauli(PauliString.of("ZZ"));
                for (int i = 0; i < 4; i++) {
                    Path first = measured(path, xx, qubits, outputs[0], i / 2 == 1);
                    follow(next, measured(first, zz, qubits, outputs[1], i % 2 == 1));
                }
            }
            case MEASURE_ANGLE -> {
                double angle = ((Argument.Rotation) graph.argument(node)).angle();
                Dense axis = Dense.zero(2);
                axis.re[0][0] = Math.cos(angle);
                axis.re[1][1] = -Math.cos(angle);
                axis.re[0][1] = axis.re[1][0] = Math.sin(angle);
                measure(next, path, axis, qubits, outputs[0]);
            }
            case EV_CONST, EV_NOT, EV_XOR, EV_AND, EV_OR, EV_SELECT ->
                    follow(next, path.with(outputs[0], logic(node, opcode, inputs, path.events)));
            case COND_PAULI -> {
                boolean odd = inputs.length == 0;
                for (int input : inputs) odd ^= path.events[input];
                follow(next, odd ? applied(path, Dense.pauli(pauli(node)), qubits) : path);
            }
            case INJECT_T_STATE -> inject(next, path, qubits[0]);
            case OPEN_CHAN -> open(next, path, qubits);
            case USE_CHAN -> {
                Opcode local = ((Argument.Link) graph.argument(node)).gate().local();
                follow(next, applied(path, Dense.of((Matrix.Fixed) local.matrix()), qubits));
            }
            case ROTATE_PAULI -> {
                var rotation = (Argument.PauliRotation) graph.argument(node);
                Dense matrix = Dense.rotation(rotation.pauli(), rotation.angle());
                follow(next, applied(path, matrix, qubits));
            }
            case RX, RY, RZ -> {
                var rotation = (Argument.Rotation) graph.argument(node);
                PauliString letter = PauliString.of(opcode.name().substring(1));
                follow(next, applied(path, Dense.rotation(letter, rotation.angle()), qubits));
            }
            case APPLY_X,
                    APPLY_Y,
                    APPLY_Z,
                    APPLY_H,
                    APPLY_S,
                    APPLY_SDG,
                    APPLY_SX,
                    APPLY_SXDG,
                    APPLY_CNOT,
                    APPLY_CZ,
                    APPLY_SWAP,
                    APPLY_ISWAP,
                    APPLY_ISWAPDG,
                    APPLY_T,
                    APPLY_TDG,
                    APPLY_CCZ,
                    APPLY_TOFFOLI,
                    TELEPORT_CNOT ->
                    follow(next, applied(path, Dense.of((Matrix.Fixed) opcode.matrix()), qubits));
        }
    }

    private boolean logic(int node, Opcode opcode, int[] inputs, boolean[] events) {
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

    private void measure(int next, Path path, Dense axis, int[] qubits, int event) {
        follow(next, measured(path, axis, qubits, event, false));
        follow(next, measured(path, axis, qubits, event, true));
    }

    private static Path measured(Path path, Dense axis, int[] qubits, int event, boolean one) {
        return applied(path, axis.projector(one ? -1 : 1), qubits).with(event, one);
    }

    private void discard(int next, Path path, int[] qubits, int done, boolean remove) {
        if (done == qubits.length) {
            follow(next, path);
            return;
        }
        for (Path zero : zeroed(path, qubits[done])) {
            if (zero.chance() < NOTHING) continue;
            discard(next, remove ? shrunk(zero, qubits[done]) : zero, qubits, done + 1, remove);
        }
    }

    private void inject(int next, Path path, int qubit) {
        for (Path zero : zeroed(path, qubit)) {
            Path plus = applied(zero, Dense.of((Matrix.Fixed) Opcode.APPLY_H.matrix()), qubit);
            follow(next, applied(plus, Dense.of((Matrix.Fixed) Opcode.APPLY_T.matrix()), qubit));
        }
    }

    private void open(int next, Path path, int[] qubits) {
        for (Path first : zeroed(path, qubits[0])) {
            for (Path both : zeroed(first, qubits[1])) {
                Dense h = Dense.of((Matrix.Fixed) Opcode.APPLY_H.matrix());
                Dense cnot = Dense.of((Matrix.Fixed) Opcode.APPLY_CNOT.matrix());
                follow(next, applied(applied(both, h, qubits[0]), cnot, qubits));
            }
        }
    }

    /// The two ways to find a qubit, each with the qubit then put to 0.
    private static Path[] zeroed(Path path, int qubit) {
        Dense take0 = Dense.zero(2);
        take0.re[0][0] = 1;
        Dense take1 = Dense.zero(2);
        take1.re[0][1] = 1;
        return new Path[] {applied(path, take0, qubit), applied(path, take1, qubit)};
    }

    private static Path applied(Path path, Dense matrix, int... qubits) {
        int[] places = new int[qubits.length];
        for (int i = 0; i < places.length; i++) places[i] = path.place(qubits[i]);
        double[] re = new double[path.re.length];
        double[] im = new double[path.re.length];
        matrix.apply(places, path.qubits.length, path.re, path.im, re, im);
        return new Path(path.qubits, re, im, path.events);
    }

    private static Path grown(Path path, int[] qubits) {
        int width = path.qubits.length;
        int[] all = Arrays.copyOf(path.qubits, width + qubits.length);
        System.arraycopy(qubits, 0, all, width, qubits.length);
        double[] re = new double[1 << all.length];
        double[] im = new double[1 << all.length];
        for (int i = 0; i < path.re.length; i++) {
            re[i << qubits.length] = path.re[i];
            im[i << qubits.length] = path.im[i];
        }
        return new Path(all, re, im, path.events);
    }

    /// Removes a qubit that is 0.
    private static Path shrunk(Path path, int qubit) {
        int width = path.qubits.length;
        int place = path.place(qubit);
        int[] rest = new int[width - 1];
        for (int i = 0; i < rest.length; i++) rest[i] = path.qubits[i < place ? i : i + 1];
        double[] re = new double[path.re.length / 2];
        double[] im = new double[path.re.length / 2];
        int low = width - 1 - place;
        for (int i = 0; i < re.length; i++) {
            int from = i >>> low << low + 1 | i & (1 << low) - 1;
            re[i] = path.re[from];
            im[i] = path.im[from];
        }
        return new Path(rest, re, im, path.events);
    }

    private static boolean holds(Guard guard, boolean[] events) {
        return switch (guard) {
            case Guard.Always() -> true;
            case Guard.Is(var event, var value) -> events[event] == value;
            case Guard.All(var parts) -> parts.stream().allMatch(part -> holds(part, events));
            case Guard.Any(var parts) -> parts.stream().anyMatch(part -> holds(part, events));
        };
    }

    private PauliString pauli(int node) {
        return ((Argument.Pauli) graph.argument(node)).pauli();
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
