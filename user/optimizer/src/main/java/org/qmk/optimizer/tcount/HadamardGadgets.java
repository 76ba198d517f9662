package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Replaces every H between T gates by an ancilla and a measurement, so that all T gates are
/// diagonal at once and can be reduced as one table of parities.
///
/// An H on a qubit is a CZ with an ancilla in |+> and a measurement of X: the ancilla then holds
/// the qubit after H, but for an X if the outcome is 1. All diagonal gates come first, so the X
/// must go past those that came after the H: that makes Clifford gates, which the event guards.
final class HadamardGadgets implements ParityNetwork.Sink {

    private final GateList from;
    private final GateList gates;
    private final int begin;
    private final int end;
    private final int variables;

    /// For each qubit, the parity of variables that it holds.
    private final long[][] held;

    private final ParityTable turns;
    private final List<Term> terms = new ArrayList<>();

    /// The CNOT gates of the network, to undo.
    private final List<int[]> network = new ArrayList<>();

    /// @param first  a parity, or the first factor of a product of two
    /// @param second the second factor, or empty
    /// @param multiple of a parity, in eighths of a turn
    /// @param gate   the place of the gate that it comes from
    private record Term(long[] first, long[] second, int multiple, int gate) {

        void addTo(PhaseForm form) {
            if (second.length == 0) {
                form.addParity(first, multiple);
            } else {
                form.addProduct(first, second);
            }
        }
    }

    private HadamardGadgets(GateList from) {
        this.from = from;
        gates = new GateList(from.qubits());
        int first = 0;
        while (first < from.size() && !isTurn(first)) first++;
        int last = from.size();
        while (last > first && !isTurn(last - 1)) last--;
        begin = first;
        end = last;
        int count = from.qubits();
        for (int i = begin; i < end; i++) {
            if (from.opcode(i) == Opcode.APPLY_H) count++;
        }
        variables = count;
        turns = new ParityTable(variables);
        held = new long[from.qubits()][turns.words];
        for (int q = 0; q < held.length; q++) held[q][q >> 6] |= 1L << q;
    }

    private boolean isTurn(int gate) {
        return from.opcode(gate) == Opcode.APPLY_T || from.opcode(gate) == Opcode.APPLY_TDG;
    }

    /// How many H there are between the first T gate and the last.
    static int internal(GateList gates) {
        return new HadamardGadgets(gates).ancillas();
    }

    private int ancillas() {
        return variables - from.qubits();
    }

    /// The table of all T gates, in the variables of the qubits and ancillas.
    static ParityTable table(GateList circuit) {
        var gadgets = new HadamardGadgets(circuit);
        gadgets.collect();
        return gadgets.turns;
    }

    /// The circuit, made by `RotationCircuit`, with ancillas.
    ///
    /// @param reduced a table of the same third order as that of the circuit
    static GateList of(GateList circuit, ParityTable reduced) {
        var gadgets = new HadamardGadgets(circuit);
        gadgets.collect();
        gadgets.emit(reduced);
        return gadgets.gates;
    }

    private void collect() {
        int next = from.qubits();
        for (int i = begin; i < end; i++) {
            int q = from.first(i);
            Opcode opcode = from.opcode(i);
            if (opcode == Opcode.APPLY_CNOT) {
                ParityTable.xor(held[from.second(i)], held[q]);
            } else if (opcode == Opcode.APPLY_S) {
                terms.add(new Term(held[q].clone(), new long[0], 2, i));
            } else if (opcode == Opcode.APPLY_H) {
                long[] fresh = new long[turns.words];
                fresh[next >> 6] |= 1L << next;
                next++;
                terms.add(new Term(held[q], fresh, 0, i));
                held[q] = fresh.clone();
            } else {
                turn(q, opcode == Opcode.APPLY_T ? 1 : -1, i);
            }
        }
    }

    private void turn(int qubit, int multiple, int gate) {
        terms.add(new Term(held[qubit].clone(), new long[0], multiple, gate));
        turns.add(held[qubit]);
    }

    private void emit(ParityTable reduced) {
        for (int i = 0; i < begin; i++) gates.addFrom(from, i);
        for (int i = from.qubits(); i < variables; i++) gates.add(Opcode.APPLY_H, gates.addQubit());
        if (!PhaseForm.sameThirdOrder(turns, reduced)) {
            throw new IllegalStateException("a table of another third order");
        }
        var form = new PhaseForm(variables);
        for (Term term : terms) term.addTo(form);
        for (int i = 0; i < reduced.size(); i++) form.addParity(reduced.parity(i), -1);
        if (!form.isClifford()) throw new IllegalStateException("a table of another second order");
        int[] qubits = new int[variables];
        for (int i = 0; i < variables; i++) qubits[i] = i;
        form.emit(gates, qubits, GateList.NONE);
        new ParityNetwork(reduced, Collections.nCopies(reduced.size(), false), this).emit();
        for (int[] cnot : network.reversed()) gates.add(Opcode.APPLY_CNOT, cnot[0], cnot[1]);
        measure();
    }

    @Override
    public void cnot(int control, int target) {
        gates.add(Opcode.APPLY_CNOT, control, target);
        network.add(new int[] {control, target});
    }

    @Override
    public void turn(int qubit, boolean negative) {
        gates.add(negative ? Opcode.APPLY_TDG : Opcode.APPLY_T, qubit);
    }

    /// Goes through the gates once more, with the diagonal ones done.
    private void measure() {
        int[] places = new int[from.qubits()];
        for (int q = 0; q < places.length; q++) places[q] = q;
        // for each qubit of the result, the variables of which it is a coordinate
        long[][] coordinates = new long[variables][turns.words];
        for (int v = 0; v < variables; v++) coordinates[v][v >> 6] |= 1L << v;
        int next = from.qubits();
        for (int i = begin; i < end; i++) {
            int q = from.first(i);
            Opcode opcode = from.opcode(i);
            if (opcode == Opcode.APPLY_CNOT) {
                int target = places[from.second(i)];
                gates.add(Opcode.APPLY_CNOT, places[q], target);
                ParityTable.xor(coordinates[places[q]], coordinates[target]);
            } else if (opcode == Opcode.APPLY_H) {
                int event = gates.measure(Opcode.MEASURE_X, places[q]);
                correct(i, next, coordinates, event);
                gates.add(Opcode.APPLY_H, places[q]);
                gates.add(Opcode.APPLY_X, places[q]);
                gates.guardLast(event);
                places[q] = next++;
            }
        }
        rest(places);
    }

    /// Moves X on an ancilla past the diagonal gates that came after the H: with f their phase,
    /// that is the phase `f(x + e) - f(x)` and then X.
    private void correct(int gate, int ancilla, long[][] coordinates, int event) {
        var form = new PhaseForm(variables);
        for (Term term : terms) {
            if (term.gate <= gate) continue;
            if (!ParityTable.bit(term.first, ancilla)) continue;
            if (term.second.length == 0) {
                // m(1 - p) - mp, less what is constant
                form.addParity(inPlace(term.first, coordinates), -2 * term.multiple);
            } else {
                form.addParity(inPlace(term.second, coordinates), 4);
            }
        }
        int[] qubits = new int[variables];
        for (int i = 0; i < variables; i++) qubits[i] = i;
        form.emit(gates, qubits, event);
        gates.add(Opcode.APPLY_X, ancilla);
        gates.guardLast(event);
    }

    private long[] inPlace(long[] parity, long[][] coordinates) {
        long[] moved = new long[parity.length];
        for (int q = 0; q < variables; q++) {
            if (ParityTable.odd(parity, coordinates[q])) moved[q >> 6] |= 1L << q;
        }
        return moved;
    }

    /// The gates after the last T, where the qubits now are, and the qubits back to their places.
    private void rest(int[] places) {
        for (int i = end; i < from.size(); i++) {
            int first = places[from.first(i)];
            if (from.second(i) == GateList.NONE) {
                gates.add(from.opcode(i), first);
            } else {
                gates.add(from.opcode(i), first, places[from.second(i)]);
            }
        }
        for (int q = 0; q < places.length; q++) {
            if (places[q] == q) continue;
            gates.add(Opcode.APPLY_SWAP, q, places[q]);
            for (int other = q + 1; other < places.length; other++) {
                if (places[other] == q) places[other] = places[q];
            }
        }
    }
}
