package org.qmk.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.qmk.verifier.GraphSketch.is;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Matrix;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

class RevSegmentsTest {

    @Test
    void a_measurement_ends_the_segment_of_every_qubit_that_is_joined_to_it() {
        var segments =
                new GraphSketch()
                        .alloc(0, 1, 2)
                        .gate(Opcode.APPLY_H, 0)
                        .gate(Opcode.APPLY_CNOT, 0, 1)
                        .gate(Opcode.APPLY_H, 2)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_S, 1)
                        .gate(Opcode.APPLY_S, 2)
                        .free(0, 1, 2)
                        .verified()
                        .segments();

        assertEquals(List.of(List.of(1, 2), List.of(3, 6), List.of(5)), nodes(segments));
    }

    @Test
    void a_fence_a_region_and_event_logic_end_no_segment() {
        var segments =
                new GraphSketch()
                        .alloc(0, 1)
                        .measure(1, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .fence()
                        .region("a")
                        .logic(Opcode.EV_NOT, 1, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .when(is(1))
                        .correct("Z", 0, 1)
                        .free(0, 1)
                        .verified()
                        .segments();

        assertEquals(List.of(List.of(2, 6, 7)), nodes(segments));
    }

    @Test
    void the_inverse_goes_backwards_through_the_inverse_operations() {
        var program =
                new GraphSketch()
                        .alloc(0, 1)
                        .gate(Opcode.APPLY_S, 0)
                        .gate(Opcode.APPLY_ISWAP, 0, 1);
        program.builder.node(Opcode.RX).qubit(1).argument(new Argument.Rotation(0.5, 1e-3));
        var segments = program.gate(Opcode.APPLY_H, 0).free(0, 1).verified().segments();

        assertEquals(1, segments.count());
        assertEquals(
                List.of(
                        new RevSegments.Inverse(Opcode.APPLY_H, 4, false),
                        new RevSegments.Inverse(Opcode.RX, 3, true),
                        new RevSegments.Inverse(Opcode.APPLY_ISWAPDG, 2, false),
                        new RevSegments.Inverse(Opcode.APPLY_SDG, 1, false)),
                segments.inverse(0));
    }

    @Test
    void the_cost_counts_the_longest_chain_the_t_gates_and_the_rotations() {
        var program =
                new GraphSketch()
                        .alloc(0, 1, 2)
                        .gate(Opcode.APPLY_H, 0)
                        .gate(Opcode.APPLY_T, 1)
                        .gate(Opcode.APPLY_X, 1)
                        .gate(Opcode.APPLY_CNOT, 0, 1)
                        .gate(Opcode.APPLY_TOFFOLI, 0, 1, 2)
                        .gate(Opcode.APPLY_T, 0);
        program.builder.node(Opcode.RZ).qubit(2).argument(new Argument.Rotation(0.5, 1e-3));
        var verified = program.free(0, 1, 2).verified();

        assertEquals(new RevSegments.Cost(4, 6, 1), verified.segments().cost(0));
        assertEquals(6, verified.tCount());
        assertEquals(1, verified.rotations());
    }

    @Test
    void a_place_past_the_end_of_a_segment_is_refused() {
        var segments =
                new GraphSketch()
                        .alloc(0)
                        .gate(Opcode.APPLY_H, 0)
                        .measure(0, 0)
                        .gate(Opcode.APPLY_H, 0)
                        .free(0)
                        .verified()
                        .segments();

        assertEquals(1, segments.node(0, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> segments.node(0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> segments.node(2, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void segments_are_those_found_by_joining_lists(long seed) {
        var random = new SplittableRandom(seed);

        for (int i = 0; i < 1_000; i++) {
            Graph graph = random(random, 0.3);
            Verified verified = verified(graph);
            assertEquals(
                    plainSegments(graph), nodes(verified.segments()), "seed " + seed + ", " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_segment_and_its_inverse_leave_every_state_as_it_was(long seed) {
        var random = new SplittableRandom(seed);

        for (int i = 0; i < 100; i++) {
            Graph graph = random(random, 0.1);
            RevSegments segments = verified(graph).segments();
            boolean[] bits = new boolean[graph.size()];
            for (int node = 0; node < bits.length; node++) bits[node] = random.nextBoolean();
            for (int s = 0; s < segments.count(); s++) {
                var state = new SmallState(random);
                var before = state.copy();
                for (int place = 0; place < segments.length(s); place++) {
                    int node = segments.node(s, place);
                    state.apply(graph, node, graph.opcode(node), false, bits);
                }
                for (RevSegments.Inverse step : segments.inverse(s)) {
                    state.apply(graph, step.node(), step.opcode(), step.angleNegated(), bits);
                }
                assertTrue(state.distance(before) < 1e-9, "seed " + seed + ", " + i);
            }
        }
    }

    private static Verified verified(Graph graph) {
        return switch (Verifier.verify(graph)) {
            case Verified verified -> verified;
            case Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    private static List<List<Integer>> nodes(RevSegments segments) {
        List<List<Integer>> all = new ArrayList<>();
        for (int s = 0; s < segments.count(); s++) {
            List<Integer> nodes = new ArrayList<>();
            for (int p = 0; p < segments.length(s); p++) nodes.add(segments.node(s, p));
            all.add(nodes);
        }
        return all;
    }

    /// Random gates of every reversible row on four qubits; sometimes what ends a segment.
    private static Graph random(SplittableRandom random, double ending) {
        var program = new GraphSketch().alloc(0, 1, 2, 3).measure(0, 0);
        List<Opcode> reversible = new ArrayList<>();
        for (Opcode opcode : Opcode.values()) if (opcode.reversible()) reversible.add(opcode);
        int made = 1;
        for (int i = 0; i < 20; i++) {
            int first = random.nextInt(4);
            if (random.nextDouble() < ending) {
                if (random.nextBoolean() && made < GraphSketch.EVENTS)
                    program.measure(first, made++);
                else program.gate(Opcode.TELEPORT_CNOT, first, (first + 1) % 4);
                continue;
            }
            Opcode opcode = reversible.get(random.nextInt(reversible.size()));
            int count = opcode.shape().qubitsMin;
            if (opcode.shape().qubitsMax > count) count += random.nextInt(3);
            program.builder.node(opcode);
            for (int place = 0; place < count; place++) program.builder.qubit((first + place) % 4);
            switch (opcode.shape().argument) {
                case ROTATION ->
                        program.builder.argument(
                                new Argument.Rotation(random.nextDouble(-4, 4), 1e-9));
                case PAULI_ROTATION ->
                        program.builder.argument(
                                new Argument.PauliRotation(
                                        pauli(random, count), random.nextDouble(-4, 4), 1e-9));
                case PAULI -> program.builder.argument(new Argument.Pauli(pauli(random, count)));
                default -> {}
            }
            if (opcode == Opcode.COND_PAULI || random.nextInt(5) == 0) program.when(is(0));
        }
        return program.free(0, 1, 2, 3).graph();
    }

    private static PauliString pauli(SplittableRandom random, int count) {
        var text = new StringBuilder(random.nextBoolean() ? "-X" : "Y");
        for (int i = 1; i < count; i++) text.append("IXYZ".charAt(random.nextInt(4)));
        return PauliString.of(text.toString());
    }

    private static List<List<Integer>> plainSegments(Graph graph) {
        List<List<Integer>> ended = new ArrayList<>();
        List<List<Integer>> open = new ArrayList<>();
        List<TreeSet<Integer>> openQubits = new ArrayList<>();
        for (int node = 0; node < graph.size(); node++) {
            var qubits = new TreeSet<Integer>();
            for (int p = 0; p < graph.count(node, Operand.Kind.QUBIT); p++)
                qubits.add(graph.qubit(node, p));
            if (qubits.isEmpty()) continue;
            var joined = new TreeSet<>(List.of(node));
            var joinedQubits = new TreeSet<>(qubits);
            for (int s = open.size() - 1; s >= 0; s--) {
                if (openQubits.get(s).stream().noneMatch(qubits::contains)) continue;
                List<Integer> segment = open.remove(s);
                TreeSet<Integer> held = openQubits.remove(s);
                if (!graph.opcode(node).reversible()) ended.add(segment);
                joined.addAll(segment);
                joinedQubits.addAll(held);
            }
            if (!graph.opcode(node).reversible()) continue;
            open.add(List.copyOf(joined));
            openQubits.add(joinedQubits);
        }
        ended.addAll(open);
        ended.sort((a, b) -> Integer.compare(a.getFirst(), b.getFirst()));
        return ended;
    }

    /// The state of four qubits, qubit 0 the most significant.
    private static final class SmallState {
        private static final int QUBITS = 4;
        private double[] re = new double[1 << QUBITS];
        private double[] im = new double[1 << QUBITS];

        SmallState(SplittableRandom random) {
            for (int i = 0; i < re.length; i++) {
                re[i] = random.nextDouble(-1, 1);
                im[i] = random.nextDouble(-1, 1);
            }
        }

        SmallState copy() {
            var copy = new SmallState(new SplittableRandom(0));
            copy.re = re.clone();
            copy.im = im.clone();
            return copy;
        }

        double distance(SmallState other) {
            double distance = 0;
            for (int i = 0; i < re.length; i++) {
                distance = Math.max(distance, Math.abs(re[i] - other.re[i]));
                distance = Math.max(distance, Math.abs(im[i] - other.im[i]));
            }
            return distance;
        }

        /// Applies a node; a guarded or conditional one if its bit is set.
        void apply(Graph graph, int node, Opcode opcode, boolean negated, boolean[] bits) {
            if (graph.guardIndex(node) != 0 && !bits[node]) return;
            switch (opcode.matrix()) {
                case Matrix.Fixed fixed -> apply(graph, node, fixed);
                case Matrix.Rotation() -> rotate(graph, node, opcode, negated);
                case Matrix.None() ->
                        pauli(graph, node, ((Argument.Pauli) graph.argument(node)).pauli());
            }
        }

        private void apply(Graph graph, int node, Matrix.Fixed matrix) {
            double[] newRe = new double[re.length];
            double[] newIm = new double[re.length];
            for (int state = 0; state < re.length; state++) {
                int column = gathered(graph, node, state);
                for (int row = 0; row < matrix.dimension(); row++) {
                    int target = scattered(graph, node, state, row);
                    newRe[target] +=
                            matrix.re(row, column) * re[state] - matrix.im(row, column) * im[state];
                    newIm[target] +=
                            matrix.re(row, column) * im[state] + matrix.im(row, column) * re[state];
                }
            }
            re = newRe;
            im = newIm;
        }

        /// cos(angle/2) - i sin(angle/2) P.
        private void rotate(Graph graph, int node, Opcode opcode, boolean negated) {
            PauliString letters;
            double angle;
            if (graph.argument(node)
                    instanceof Argument.PauliRotation(var pauli, double given, double _)) {
                letters = pauli;
                angle = given;
            } else {
                letters = PauliString.of(opcode.mnemonic().substring(1));
                angle = ((Argument.Rotation) graph.argument(node)).angle();
            }
            double half = (negated ? -angle : angle) / 2;
            var turned = copy();
            turned.pauli(graph, node, letters);
            for (int i = 0; i < re.length; i++) {
                double oldRe = re[i];
                re[i] = Math.cos(half) * oldRe + Math.sin(half) * turned.im[i];
                im[i] = Math.cos(half) * im[i] - Math.sin(half) * turned.re[i];
            }
        }

        private void pauli(Graph graph, int node, PauliString letters) {
            double[] newRe = new double[re.length];
            double[] newIm = new double[re.length];
            for (int state = 0; state < re.length; state++) {
                int target = state;
                int quarterTurns = letters.negative() ? 2 : 0;
                for (int place = 0; place < letters.length(); place++) {
                    int mask = 1 << QUBITS - 1 - graph.qubit(node, place);
                    boolean one = (state & mask) != 0;
                    if (letters.hasX(place)) target ^= mask;
                    if (letters.letter(place) == 'Z' && one) quarterTurns += 2;
                    if (letters.letter(place) == 'Y') quarterTurns += one ? 3 : 1;
                }
                double[] turned =
                        switch (quarterTurns & 3) {
                            case 0 -> new double[] {re[state], im[state]};
                            case 1 -> new double[] {-im[state], re[state]};
                            case 2 -> new double[] {-re[state], -im[state]};
                            default -> new double[] {im[state], -re[state]};
                        };
                newRe[target] = turned[0];
                newIm[target] = turned[1];
            }
            re = newRe;
            im = newIm;
        }

        private static int gathered(Graph graph, int node, int state) {
            int index = 0;
            for (int place = 0; place < graph.count(node, Operand.Kind.QUBIT); place++) {
                index = 2 * index + (state >> QUBITS - 1 - graph.qubit(node, place) & 1);
            }
            return index;
        }

        private static int scattered(Graph graph, int node, int state, int index) {
            int count = graph.count(node, Operand.Kind.QUBIT);
            int result = state;
            for (int place = 0; place < count; place++) {
                int mask = 1 << QUBITS - 1 - graph.qubit(node, place);
                boolean one = (index >> count - 1 - place & 1) != 0;
                result = one ? result | mask : result & ~mask;
            }
            return result;
        }
    }
}
