package org.qmk.optimizer;

import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Takes out gates that do nothing to qubits in a known state, and makes others smaller.
///
/// A qubit is followed from its allocation or reset for as long as it is in an eigenstate of X, Y
/// or Z. A CNOT whose control is 0 does nothing, one whose control is 1 is an X; phases on 0 are
/// no more than a global phase, and so on.
public final class KnownStates implements GraphPass {

    public KnownStates() {}

    @Override
    public String title() {
        return "known states";
    }

    @Override
    public Graph apply(Graph graph) {
        return new Following(graph).reduced();
    }

    /// One pass in program order.
    private static final class Following {

        private static final int UNKNOWN = 0;
        private static final int NEGATIVE = 4;
        private static final int ZERO = GateKind.AXIS_Z;
        private static final int ONE = GateKind.AXIS_Z | NEGATIVE;
        private static final int PLUS = GateKind.AXIS_X;
        private static final int MINUS = GateKind.AXIS_X | NEGATIVE;

        private final Graph graph;
        private final GraphCopy copy;
        private final boolean[] bound;
        // By qubit: the axis whose eigenstate it is in, plus NEGATIVE for the eigenvalue -1.
        private final int[] states;

        Following(Graph graph) {
            this.graph = graph;
            copy = new GraphCopy(graph);
            bound = GraphCopy.joinedByEdges(graph);
            states = new int[graph.qubits().size()];
        }

        Graph reduced() {
            for (int node : ProgramOrder.of(graph)) {
                boolean free = graph.guardIndex(node) == 0 && !bound[node];
                if (free && GateKind.has(graph.opcode(node))) {
                    reduce(node, GateKind.of(graph.opcode(node)));
                } else {
                    copy.add(node);
                    pass(node);
                }
            }
            return copy.build();
        }

        /// What is known after a node that stays.
        private void pass(int node) {
            Opcode opcode = graph.opcode(node);
            boolean zeroes = opcode == Opcode.ALLOC_LQ || opcode == Opcode.RESET;
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.QUBIT) continue;
                int qubit = Operand.index(graph.operand(i));
                int place = i - graph.operandStart(node);
                if (zeroes && graph.guardIndex(node) == 0) {
                    states[qubit] = ZERO;
                } else if (NodeAxes.of(graph, node, place) != axis(states[qubit])) {
                    states[qubit] = UNKNOWN;
                }
            }
        }

        private static int axis(int state) {
            return state & GateKind.AXIS_Y;
        }

        private void reduce(int node, GateKind kind) {
            switch (kind.qubits()) {
                case 1 -> reduceOne(node, kind);
                case 2 -> reduceTwo(node, kind);
                default -> reduceThree(node, kind);
            }
        }

        private void reduceOne(int node, GateKind kind) {
            int qubit = graph.qubit(node, 0);
            if (states[qubit] != UNKNOWN && kind.axis(0) == axis(states[qubit])) return;
            if (kind.isClifford() && states[qubit] != UNKNOWN) {
                states[qubit] = SingleQubitCliffords.turned(kind, states[qubit]);
            } else if (kind.turns() && graph.argument(node) instanceof Argument.Rotation turn) {
                states[qubit] = turned(states[qubit], turn.angle());
            } else {
                states[qubit] = UNKNOWN;
            }
            copy.add(node);
        }

        /// Half turns keep a state known.
        private static int turned(int state, double angle) {
            int eighths = TurnAngle.eighths(angle);
            if (state == UNKNOWN || eighths < 0 || eighths % 4 != 0) return UNKNOWN;
            return eighths == 0 ? state : state ^ NEGATIVE;
        }

        private void reduceTwo(int node, GateKind kind) {
            int a = graph.qubit(node, 0);
            int b = graph.qubit(node, 1);
            if (kind == GateKind.CNOT) {
                control(node, a, b, GateKind.X, PLUS);
            } else if (kind == GateKind.CZ) {
                control(node, a, b, GateKind.Z, ZERO);
            } else {
                if (kind == GateKind.SWAP) {
                    int state = states[a];
                    states[a] = states[b];
                    states[b] = state;
                } else {
                    states[a] = states[b] = UNKNOWN;
                }
                copy.add(node);
            }
        }

        /// A gate on `b` where `a` is 1.
        ///
        /// @param idle the state of `b` in which it does nothing; in the opposite it is a Z on `a`
        private void control(int node, int a, int b, GateKind gate, int idle) {
            if (states[a] == ZERO || states[b] == idle) return;
            if (states[a] == ONE) {
                make(gate, b);
            } else if (states[b] == (idle | NEGATIVE)) {
                make(GateKind.Z, a);
            } else {
                states[a] = states[b] = UNKNOWN;
                copy.add(node);
            }
        }

        private void make(GateKind gate, int qubit) {
            copy.builder().node(gate.opcode()).qubit(qubit);
            if (states[qubit] != UNKNOWN) {
                states[qubit] = SingleQubitCliffords.turned(gate, states[qubit]);
            }
        }

        private void make(GateKind gate, int a, int b) {
            copy.builder().node(gate.opcode()).qubits(a, b);
            states[a] = states[b] = UNKNOWN;
        }

        private void reduceThree(int node, GateKind kind) {
            int a = graph.qubit(node, 0);
            int b = graph.qubit(node, 1);
            int c = graph.qubit(node, 2);
            boolean flips = kind == GateKind.TOFFOLI;
            int idle = flips ? PLUS : ZERO;
            if (states[a] == ZERO || states[b] == ZERO || states[c] == idle) return;
            if (states[a] == ONE && states[b] == ONE) {
                make(flips ? GateKind.X : GateKind.Z, c);
            } else if (states[a] == ONE) {
                makeControlled(flips, b, c, idle);
            } else if (states[b] == ONE) {
                makeControlled(flips, a, c, idle);
            } else if (states[c] == (flips ? MINUS : ONE)) {
                make(GateKind.CZ, a, b);
            } else {
                states[a] = states[b] = states[c] = UNKNOWN;
                copy.add(node);
            }
        }

        private void makeControlled(boolean flips, int control, int target, int idle) {
            if (states[target] == (idle | NEGATIVE)) {
                make(GateKind.Z, control);
            } else {
                make(flips ? GateKind.CNOT : GateKind.CZ, control, target);
            }
        }
    }
}
