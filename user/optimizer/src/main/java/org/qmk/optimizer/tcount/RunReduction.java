package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Reduces one run of Clifford, T, CCZ and Toffoli gates.
///
/// A CCZ may be written as seven rotations or as their inverses, and which is better is seen only
/// after all are merged: so several ways are tried, and the best few are searched.
final class RunReduction {

    private static final int WAYS = 32;

    /// Time and memory grow with the cube and the square of the ancillas.
    private static final int ANCILLAS_MAX = 512;

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

    private PauliProgram merged(SplittableRandom signs) {
        var program = new PauliProgram(in.qubits());
        for (int i = begin; i < end; i++) program.append(in, i, signs);
        program.merge();
        return program;
    }

    private GateList withoutAncillas() {
        PauliProgram best = null;
        long work = 0;
        int ways = new CommutingGroups(merged(null), random.split()).commutes() ? 1 : WAYS;
        for (int way = 0; way < ways && (best == null || work < settings.effort() / 2); way++) {
            PauliProgram program = merged(way == 0 ? null : random.split());
            var groups = new CommutingGroups(program, random.split());
            PauliProgram reduced = groups.reduced(settings.effort() / (4 * WAYS));
            work += groups.work();
            if (best == null || reduced.rotations.size() < best.rotations.size()) best = reduced;
        }
        var groups = new CommutingGroups(best, random.split());
        return RotationCircuit.of(groups.reduced(settings.effort() - work), null);
    }

    private GateList withAncillas() {
        if (HadamardGadgets.internal(RotationCircuit.of(merged(null), null)) > ANCILLAS_MAX) {
            return withoutAncillas();
        }
        GateList circuit = null;
        TableReduction best = null;
        long work = 0;
        for (int way = 0; way < WAYS && (best == null || work < settings.effort() / 2); way++) {
            SplittableRandom choices = way == 0 ? null : random.split();
            PauliProgram program = merged(choices);
            if (way % 3 == 2) {
                var groups = new CommutingGroups(program, random.split());
                program = groups.reduced(settings.effort() / (8 * WAYS));
                work += groups.work();
            }
            GateList next = RotationCircuit.of(program, choices);
            var reduction = new TableReduction(HadamardGadgets.table(next), random.split());
            reduction.descend(settings.effort() - work);
            work += reduction.work();
            if (best != null && reduction.size() >= best.size()) continue;
            best = reduction;
            circuit = next;
        }
        best.search(settings.effort() - work);
        return HadamardGadgets.of(circuit, best.table());
    }
}
