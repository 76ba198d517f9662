package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Reduces one run of Clifford, T, CCZ and Toffoli gates.
///
/// A CCZ may be written as seven rotations or as their inverses, and which is better is seen only
/// after all are merged: so several ways are tried, and the best few are searched.
final class RunReduction {

    /// Ways to try for a T gate of the run, and in all.
    private static final int WAYS_EACH = 4;

    private static final int WAYS = 512;
    private static final int FRESH_WAYS = 24;

    /// What part of the effort one way may take before the best is known.
    private static final int SHARES = 128;

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

    private int ways() {
        return Math.min(WAYS, WAYS_EACH * before());
    }

    private PauliProgram merged(boolean[] signs) {
        var program = new PauliProgram(in.qubits());
        for (int i = begin; i < end; i++) program.append(in, i, signs[i - begin]);
        program.merge();
        return program;
    }

    /// Signs to try: first plain ones, then random ones, then a few other than the best so far.
    private boolean[] signs(int way, boolean[] best) {
        boolean[] signs = way < FRESH_WAYS ? new boolean[end - begin] : best.clone();
        if (way == 0) return signs;
        for (int i = 0; i < signs.length; i++) {
            if (random.nextInt(way < FRESH_WAYS ? 2 : 2 + signs.length / 4) == 0) {
                signs[i] = !signs[i];
            }
        }
        return signs;
    }

    private GateList withoutAncillas() {
        boolean[] signs = signs(0, null);
        PauliProgram best = null;
        long work = 0;
        int ways = new CommutingGroups(merged(signs), random.split()).commutes() ? 1 : ways();
        for (int way = 0; way < ways && (best == null || work < settings.effort() / 2); way++) {
            boolean[] next = signs(way, signs);
            var groups = new CommutingGroups(merged(next), random.split());
            PauliProgram reduced = groups.reduced(settings.effort() / SHARES);
            work += groups.work();
            if (best != null && reduced.rotations.size() > best.rotations.size()) continue;
            best = reduced;
            signs = next;
        }
        var groups = new CommutingGroups(best, random.split());
        return RotationCircuit.of(groups.reduced(settings.effort() - work), null);
    }

    private GateList withAncillas() {
        boolean[] signs = signs(0, null);
        int ancillas = HadamardGadgets.internal(RotationCircuit.of(merged(signs), null));
        if (ancillas == 0 || ancillas > ANCILLAS_MAX) return withoutAncillas();
        GateList circuit = null;
        TableReduction best = null;
        long work = 0;
        for (int way = 0;
                way < ways() / 4 && (best == null || work < settings.effort() / 2);
                way++) {
            if (best != null && best.size() < 2) break;
            boolean[] next = signs(way, signs);
            PauliProgram program = merged(next);
            if (way % 3 == 2) {
                var groups = new CommutingGroups(program, random.split());
                program = groups.reduced(settings.effort() / SHARES / 2);
                work += groups.work();
            }
            GateList gates = RotationCircuit.of(program, way == 0 ? null : random.split());
            var reduction = new TableReduction(HadamardGadgets.table(gates), random.split());
            reduction.descend(settings.effort() - work);
            work += reduction.work();
            if (best != null && reduction.size() > best.size()) continue;
            best = reduction;
            circuit = gates;
            signs = next;
        }
        best.search(settings.effort() - work);
        return HadamardGadgets.of(circuit, best.table());
    }
}
