package org.qmk.optimizer;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;
import org.qmk.qvm.PauliString;

/// Writes a program as rotations about Pauli products and measurements of such.
///
/// Clifford gates are not done but go on to the end and change what comes after them: a T gate
/// becomes a rotation by pi/4 about a product, CCZ and Toffoli gates seven such, a measurement one
/// of a product, a reset a measurement and a correction. At the end nothing is left to see of them.
/// A Clifford gate under a guard cannot go on, as what comes after it would depend on the event: it
/// becomes quarter rotations under the guard, and a Pauli gate a correction. Where a qubit is freed
/// on the way, or a node is not of these kinds, the gates that are yet to be done are done. Source:
/// Bravyi, Smith and Smolin, arXiv:1506.01396; Litinski, arXiv:1808.02892.
public final class PauliComputation implements GraphPass {

    public PauliComputation() {}

    @Override
    public String title() {
        return "Pauli products";
    }

    @Override
    public Graph apply(Graph graph) {
        return new Rewriting(graph).rewritten();
    }

    private static final class Rewriting {

        private static final double EIGHTH = Math.PI / 4;
        private static final double QUARTER = Math.PI / 2;

        private final Graph graph;
        private final int qubits;
        private final boolean[] bound;
        private final GraphCopy copy;
        private final GraphBuilder builder;
        private final MovedCliffords frame;

        Rewriting(Graph graph) {
            this.graph = graph;
            qubits = graph.qubits().size();
            bound = GraphCopy.joinedByEdges(graph);
            copy = new GraphCopy(graph);
            builder = copy.builder();
            frame = new MovedCliffords(qubits);
        }

        Graph rewritten() {
            int[] order = ProgramOrder.of(graph);
            int end = order.length;
            while (end > 0 && endsOnly(order[end - 1])) end--;
            for (int i = 0; i < end; i++) rewrite(order[i]);
            // Of a program without results the gates themselves are wanted.
            if (graph.outputs().size() == 0) flush();
            for (int i = end; i < order.length; i++) copy.add(order[i]);
            return copy.build();
        }

        /// Whether a node lets nothing be seen of a qubit's state.
        private boolean endsOnly(int node) {
            return switch (graph.opcode(node).family()) {
                case CORE ->
                        graph.opcode(node) != Opcode.ALLOC_LQ && graph.opcode(node) != Opcode.RESET;
                case EVENT -> graph.opcode(node) != Opcode.COND_PAULI;
                case POLICY -> true;
                case LINK -> graph.opcode(node) == Opcode.CLOSE_CHAN;
                case CLIFFORD, MEASURE, MAGIC, ROTATION -> false;
            };
        }

        private void flush() {
            GateList gates = frame.flush();
            for (int i = 0; i < gates.size(); i++) {
                builder.node(gates.opcode(i)).qubit(gates.first(i));
                if (gates.second(i) != GateList.NONE) builder.qubit(gates.second(i));
            }
        }

        private void rewrite(int node) {
            Opcode opcode = graph.opcode(node);
            if (bound[node]) {
                keep(node);
            } else if (GateKind.has(opcode)) {
                gate(node, GateKind.of(opcode));
            } else if (opcode == Opcode.ROTATE_PAULI) {
                var turn = (Argument.PauliRotation) graph.argument(node);
                rotate(node, product(node, turn.pauli()), turn.angle(), turn.precision());
            } else if (opcode == Opcode.COND_PAULI) {
                correct(node, product(node, ((Argument.Pauli) graph.argument(node)).pauli()));
            } else if (opcode == Opcode.MEASURE_BELL) {
                measure(node, product(node, PauliString.of("XX")), 0);
                measure(node, product(node, PauliString.of("ZZ")), 1);
            } else if (opcode == Opcode.MEASURE_PAULI) {
                measure(node, product(node, ((Argument.Pauli) graph.argument(node)).pauli()), 0);
            } else if (opcode == Opcode.MEASURE_X
                    || opcode == Opcode.MEASURE_Y
                    || opcode == Opcode.MEASURE_Z) {
                String letter = opcode.name().substring(opcode.name().length() - 1);
                measure(node, product(node, PauliString.of(letter)), 0);
            } else if (opcode == Opcode.RESET && anyTouched(node)) {
                for (int place = 0; place < graph.count(node, Operand.Kind.QUBIT); place++) {
                    reset(node, graph.qubit(node, place));
                }
            } else {
                keep(node);
            }
        }

        private boolean anyTouched(int node) {
            for (int place = 0; place < graph.count(node, Operand.Kind.QUBIT); place++) {
                if (frame.isTouched(graph.qubit(node, place))) return true;
            }
            return false;
        }

        private void keep(int node) {
            if (anyTouched(node)) flush();
            copy.add(node);
        }

        /// The image of a product on the qubits of a node.
        private PauliImage product(int node, PauliString pauli) {
            PauliImage product = PauliImage.identity(qubits);
            for (int place = 0; place < pauli.length(); place++) {
                if (pauli.letter(place) == 'I') continue;
                int axis =
                        (pauli.hasX(place) ? GateKind.AXIS_X : 0)
                                | (pauli.hasZ(place) ? GateKind.AXIS_Z : 0);
                product.multiply(frame.image(graph.qubit(node, place), axis));
            }
            if (pauli.negative()) product.negate();
            return product;
        }

        private void gate(int node, GateKind kind) {
            int a = graph.qubit(node, 0);
            if (kind.isClifford()) {
                int b = kind.qubits() > 1 ? graph.qubit(node, 1) : GateList.NONE;
                if (graph.guardIndex(node) == 0) frame.add(kind, a, b);
                else quarters(node, kind, a, b);
            } else if (kind.hasAngle()) {
                var turn = (Argument.Rotation) graph.argument(node);
                rotate(node, frame.image(a, kind.axis(0)), turn.angle(), turn.precision());
            } else if (kind.turns()) {
                double angle = kind == GateKind.T ? EIGHTH : -EIGHTH;
                rotate(node, frame.image(a, GateKind.AXIS_Z), angle);
            } else {
                int target = kind == GateKind.TOFFOLI ? GateKind.AXIS_X : GateKind.AXIS_Z;
                ccz(node, target);
            }
        }

        /// Seven rotations, about the products of each choice of three matrices.
        ///
        /// @param axis on the third qubit
        private void ccz(int node, int axis) {
            PauliImage[] factors = {
                frame.image(graph.qubit(node, 0), GateKind.AXIS_Z),
                frame.image(graph.qubit(node, 1), GateKind.AXIS_Z),
                frame.image(graph.qubit(node, 2), axis)
            };
            for (int members = 1; members < 8; members++) {
                PauliImage product = PauliImage.identity(qubits);
                for (int k = 0; k < 3; k++) {
                    if ((members >> k & 1) != 0) product.multiply(factors[k]);
                }
                rotate(node, product, Integer.bitCount(members) == 2 ? -EIGHTH : EIGHTH);
            }
        }

        /// A Clifford gate under a guard.
        private void quarters(int node, GateKind kind, int a, int b) {
            int x = GateKind.AXIS_X;
            int y = GateKind.AXIS_Y;
            int z = GateKind.AXIS_Z;
            switch (kind) {
                case X -> correct(node, frame.image(a, x));
                case Y -> correct(node, frame.image(a, y));
                case Z -> correct(node, frame.image(a, z));
                case H -> {
                    rotate(node, frame.image(a, z), QUARTER);
                    rotate(node, frame.image(a, x), QUARTER);
                    rotate(node, frame.image(a, z), QUARTER);
                }
                case S -> rotate(node, frame.image(a, z), QUARTER);
                case SDG -> rotate(node, frame.image(a, z), -QUARTER);
                case SX -> rotate(node, frame.image(a, x), QUARTER);
                case SXDG -> rotate(node, frame.image(a, x), -QUARTER);
                case CNOT -> controlled(node, a, b, x);
                case CZ -> controlled(node, a, b, z);
                case SWAP -> {
                    rotate(node, both(a, b, x), -QUARTER);
                    rotate(node, both(a, b, y), -QUARTER);
                    rotate(node, both(a, b, z), -QUARTER);
                }
                case ISWAP -> {
                    rotate(node, both(a, b, x), -QUARTER);
                    rotate(node, both(a, b, y), -QUARTER);
                }
                case ISWAPDG -> {
                    rotate(node, both(a, b, x), QUARTER);
                    rotate(node, both(a, b, y), QUARTER);
                }
                case T, TDG, CCZ, TOFFOLI, RX, RY, RZ ->
                        throw new IllegalArgumentException(kind + " is no Clifford gate");
            }
        }

        private PauliImage both(int a, int b, int axis) {
            PauliImage product = frame.image(a, axis);
            product.multiply(frame.image(b, axis));
            return product;
        }

        private void controlled(int node, int control, int target, int axis) {
            PauliImage one = frame.image(control, GateKind.AXIS_Z);
            PauliImage other = frame.image(target, axis);
            rotate(node, one, QUARTER);
            rotate(node, other, QUARTER);
            PauliImage product = one.copy();
            product.multiply(other);
            rotate(node, product, -QUARTER);
        }

        private void rotate(int node, PauliImage product, double angle) {
            rotate(node, product, angle, Argument.PRECISION_DEFAULT);
        }

        private void rotate(int node, PauliImage product, double angle, double precision) {
            builder.node(Opcode.ROTATE_PAULI).qubits(product.support());
            builder.argument(new Argument.PauliRotation(product.string(), angle, precision));
            guard(node);
        }

        /// A Pauli product under the guard and the inputs of a node.
        private void correct(int node, PauliImage product) {
            builder.node(Opcode.COND_PAULI).qubits(product.support());
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) == Operand.Kind.INPUT) {
                    builder.operand(graph.operand(i));
                }
            }
            builder.argument(new Argument.Pauli(product.string()));
            guard(node);
        }

        private void measure(int node, PauliImage product, int output) {
            int at = graph.operandEnd(node) - graph.count(node, Operand.Kind.OUTPUT) + output;
            measurePauli(product);
            builder.operand(graph.operand(at));
            guard(node);
            if (output == 0 && graph.hasLabel(node)) builder.label(graph.label(node));
        }

        private void measurePauli(PauliImage product) {
            builder.node(Opcode.MEASURE_PAULI).qubits(product.support());
            builder.argument(new Argument.Pauli(product.string()));
        }

        private void reset(int node, int qubit) {
            int event = copy.newEvents(1)[0];
            boolean guarded = graph.guardIndex(node) != 0;
            if (guarded) builder.defaultToZero(event);
            measurePauli(frame.image(qubit, GateKind.AXIS_Z));
            builder.output(event);
            guard(node);
            PauliImage flip = frame.image(qubit, GateKind.AXIS_X);
            builder.node(Opcode.COND_PAULI).qubits(flip.support()).input(event);
            builder.argument(new Argument.Pauli(flip.string()));
            guard(node);
        }

        private void guard(int node) {
            if (graph.guardIndex(node) != 0) builder.guard(graph.guard(node));
        }
    }
}
