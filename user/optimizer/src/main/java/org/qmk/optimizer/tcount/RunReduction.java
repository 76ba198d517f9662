package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Reduces one run of Clifford, T, CCZ and Toffoli gates.
///
/// A CCZ may be written as seven rotations or as their inverses, and which is better is seen only
/// after all are merged: so several ways are tried, and the best few are searched.
final class RunReduction {

    private final GateList in;
    private final int begin;
    private final int end;
    private final TCountSettings settings;
    private final SplittableRandom random;

    RunReduction(GateList in, int begin, int end, TCountSettings settings) {
        this.in = in;
        this.begin = begin;
        this.end = end;
        this.settings = settings;
        random = new SplittableRandom(settings.seed());
    }

    static boolean takes(GateList gates, int gate) {
        return gates.guard(gate) == GateList.NONE && PauliProgram.takes(gates.opcode(gate));
    }

    GateList reduced() {
        int before = before();
        if (before > 1) {
            GateList reduced = settings.ancillas() ? withAncillas() : withoutAncillas();
            if (reduced.tCount() < before) return reduced;
        }
        var same = new GateList(in.qubits());
        for (int i = begin; i < end; i++) same.addFrom(in, i);
        return same;
    }

    private int before() {
        int count = 0;
        for (int i = begin; i < end; i++) {
            Opcode opcode = in.opcode(i);
            if (opcode == Opcode.APPLY_T || opcode == Opcode.APPLY_TDG) count++;
            if (opcode == Opcode.APPLY_CCZ || opcode == Opcode.APPLY_TOFFOLI) count += 7;
        }
        return count;
    }

    private PauliProgram merged(boolean plain) {
        var program = new PauliProgram(in.qubits());
        SplittableRandom signs = random.split();
        for (int i = begin; i < end; i++) program.append(in, i, plain ? null : signs);
        program.merge();
        return program;
    }

    private GateList withoutAncillas() {
        PauliProgram best = merged(true);
        best = new CommutingGroups(best, random.split()).reduced(settings.effort());
        return RotationCircuit.of(best);
    }

    private GateList withAncillas() {
        PauliProgram best = merged(true);
        GateList circuit = RotationCircuit.of(best);
        return HadamardGadgets.of(circuit, this::smaller);
    }

    private ParityTable smaller(ParityTable table) {
        ParityTable.Compressed compressed = table.compressed();
        var search = new ParitySearch(compressed.table(), random.split());
        search.descend();
        search.walk(settings.effort());
        return compressed.expanded(search.table());
    }
}
