package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import org.qmk.qvm.*;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Makes small programs that verify: random nodes on live qubits, all of them freed in the end.
final class ProgramGenerator {

    private static final List<Opcode> SINGLE =
            List.of(
                    Opcode.APPLY_H,
                    Opcode.APPLY_S,
                    Opcode.APPLY_SX,
                    Opcode.APPLY_X,
                    Opcode.APPLY_Z);
    private static final List<Opcode> DOUBLE =
            List.of(Opcode.APPLY_CNOT, Opcode.APPLY_CZ, Opcode.APPLY_SWAP);

    private final Dice dice;
    private final GraphBuilder graph = new GraphBuilder();
    private final List<Integer> live = new ArrayList<>();
    private final List<Integer> events = new ArrayList<>();
    private int named;

    private ProgramGenerator(Dice dice) {
        this.dice = dice;
    }

    /// A program for the given purpose.
    ///
    /// @param qubits live at once, 0 or more
    /// @param steps nodes beside those that begin and end
    /// @param magic whether it consumes magic states
    static Verified of(Dice dice, int qubits, int steps, boolean magic) {
        var made = new ProgramGenerator(dice);
        made.allocate(qubits);
        for (int i = 0; i < steps; i++) made.step(magic, qubits);
        made.end();
        return made.verified();
    }

    /// A program in which every epoch of a wave does the same for each of its qubits.
    static Verified steady(int qubits, int epochs) {
        var made = new ProgramGenerator(new Dice(0));
        made.allocate(qubits);
        for (int i = 0; i < epochs; i++) {
            for (int qubit : made.live) made.graph.node(Opcode.APPLY_H).qubit(qubit);
        }
        made.end();
        return made.verified();
    }

    /// A program that does nothing but pass qubits of places so far apart through gates.
    static Verified chain(int qubits, int apart, int rounds) {
        var made = new ProgramGenerator(new Dice(0));
        made.allocate(qubits);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i + apart < qubits; i++) {
                int other = made.live.get(i + apart);
                made.graph.node(Opcode.APPLY_CNOT).qubits(made.live.get(i), other);
            }
        }
        made.end();
        return made.verified();
    }

    private Verified verified() {
        graph.requireWhatIsUsed();
        return switch (Verifier.verify(graph.build())) {
            case Verified verified -> verified;
            case org.qmk.verifier.Rejected rejected ->
                    throw new IllegalStateException("a generated program: " + rejected);
        };
    }

    private void allocate(int qubits) {
        for (int i = 0; i < qubits; i++) live.add(graph.declareQubit("q" + named++));
        if (qubits == 0) return;
        graph.node(Opcode.ALLOC_LQ).argument(new Argument.Profile(""));
        for (int i = live.size() - qubits; i < live.size(); i++) graph.qubit(live.get(i));
    }

    private void step(boolean magic, int qubitsMax) {
        int kind = dice.below(20);
        if (live.isEmpty()) {
            if (kind < 10 && qubitsMax > 0) allocate(1);
            else constant();
            return;
        }
        switch (kind) {
            case 0, 1, 2, 3 -> graph.node(one(SINGLE)).qubit(one(live));
            case 4, 5, 6, 7 -> pair(one(DOUBLE));
            case 8, 9, 10 -> {
                if (magic) magic();
                else graph.node(Opcode.APPLY_H).qubit(one(live));
            }
            case 11, 12 -> measure(one(live));
            case 13, 14, 15 -> guarded();
            case 16 -> graph.node(Opcode.RESET).qubit(one(live));
            case 17 -> {
                graph.node(Opcode.FREE_LQ).qubit(live.removeLast());
                if (dice.oneIn(2)) allocate(1);
            }
            case 18 -> logic();
            default -> graph.node(Opcode.FENCE_EPOCH);
        }
    }

    private void pair(Opcode opcode) {
        if (live.size() < 2) {
            graph.node(Opcode.APPLY_S).qubit(live.getFirst());
            return;
        }
        int first = dice.below(live.size());
        int second = (first + 1 + dice.below(live.size() - 1)) % live.size();
        graph.node(opcode).qubits(live.get(first), live.get(second));
    }

    private void magic() {
        if (live.size() >= 3 && dice.oneIn(3)) {
            int at = dice.below(live.size());
            int size = live.size();
            graph.node(dice.oneIn(2) ? Opcode.APPLY_TOFFOLI : Opcode.APPLY_CCZ)
                    .qubits(live.get(at), live.get((at + 1) % size), live.get((at + 2) % size));
            return;
        }
        if (dice.oneIn(12)) {
            graph.node(Opcode.RZ)
                    .qubit(one(live))
                    .argument(new Argument.Rotation(angle(), Argument.PRECISION_DEFAULT));
            return;
        }
        if (live.size() >= 2 && dice.oneIn(10)) {
            pair(Opcode.TELEPORT_CNOT);
            return;
        }
        graph.node(dice.oneIn(2) ? Opcode.APPLY_T : Opcode.APPLY_TDG).qubit(one(live));
    }

    /// Of a rotation that is synthesised, or is a Clifford or a T gate.
    private double angle() {
        return switch (graph.size() % 4) {
            case 0 -> Math.PI / 2;
            case 1 -> -Math.PI / 4;
            default -> 0.3;
        };
    }

    private void measure(int qubit) {
        int event = graph.declareEvent("m" + events.size());
        events.add(event);
        graph.node(Opcode.MEASURE_Z).qubit(qubit).output(event);
    }

    private void guarded() {
        if (events.isEmpty()) {
            measure(one(live));
            return;
        }
        Guard guard = new Guard.Is(one(events), dice.oneIn(2));
        if (dice.oneIn(3)) {
            guard = new Guard.Any(List.of(guard, new Guard.Is(one(events), true)));
        }
        graph.node(one(SINGLE)).qubit(one(live)).guard(guard);
    }

    private void constant() {
        int event = graph.declareEvent("m" + events.size());
        events.add(event);
        graph.node(Opcode.EV_CONST).output(event).argument(new Argument.Bit(true));
    }

    private void logic() {
        if (events.size() < 2) {
            constant();
            return;
        }
        int first = one(events);
        int second = one(events);
        int event = graph.declareEvent("m" + events.size());
        events.add(event);
        graph.node(Opcode.EV_XOR).input(first).input(second).output(event);
    }

    private void end() {
        if (live.isEmpty() && graph.size() == 0) constant();
        if (!live.isEmpty() && (events.isEmpty() || dice.oneIn(2))) {
            for (int qubit : live) measure(qubit);
        }
        if (live.isEmpty()) return;
        graph.node(Opcode.FREE_LQ);
        for (int qubit : live) graph.qubit(qubit);
        live.clear();
    }

    private <T> T one(List<T> of) {
        return of.get(dice.below(of.size()));
    }
}
