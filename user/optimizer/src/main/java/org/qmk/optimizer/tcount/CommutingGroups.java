package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Reduces rotations group by group, where those of a group commute: each group is a table of
/// parities of independent products of Paulis.
///
/// A rotation may stand in several groups; each round lays the groups anew, from the front, from
/// the back or at random, and merges what has become equal.
final class CommutingGroups {

    private final SplittableRandom random;
    private PauliProgram program;
    private long work;

    /// What the work may come to.
    private long bound;

    CommutingGroups(PauliProgram program, SplittableRandom random) {
        this.program = program;
        this.random = random;
    }

    long work() {
        return work;
    }

    PauliProgram reduced(long effort) {
        bound = effort;
        if (commutes()) return round(0, effort);
        PauliProgram best = program;
        int idle = 0;
        for (int round = 0; idle < 4 || work < effort && idle < 64; round++) {
            program = round(round, effort / 8);
            program.merge();
            idle++;
            if (program.rotations.size() < best.rotations.size()) idle = 0;
            if (program.rotations.size() <= best.rotations.size()) {
                best = program;
            } else {
                program = best;
            }
        }
        return best;
    }

    /// Whether there is but one group.
    boolean commutes() {
        for (PauliProduct one : program.rotations) {
            for (PauliProduct other : program.rotations) {
                if (one.anticommutes(other)) return false;
            }
        }
        return true;
    }

    private PauliProgram round(int round, long effort) {
        PauliProgram next = program.copy();
        List<PauliProduct> all = new ArrayList<>(next.rotations);
        int[] groups = groups(all, round);
        int count = 0;
        for (int group : groups) count = Math.max(count, group + 1);
        List<List<PauliProduct>> members = new ArrayList<>();
        for (int i = 0; i < count; i++) members.add(new ArrayList<>());
        for (int i = 0; i < groups.length; i++) members.get(groups[i]).add(all.get(i));
        next.rotations.clear();
        for (int i = 0; i < count; i++) {
            List<PauliProduct> later = new ArrayList<>();
            for (int j = i + 1; j < count; j++) later.addAll(members.get(j));
            long share = effort * members.get(i).size() / all.size();
            replace(members.get(i), later, next, share);
        }
        return next;
    }

    /// For each rotation its group; anticommuting ones keep their order.
    private int[] groups(List<PauliProduct> all, int round) {
        int size = all.size();
        int[] groups = new int[size];
        boolean fromBack = (round & 1) != 0;
        int last = 0;
        for (int n = 0; n < size; n++) {
            int i = fromBack ? size - 1 - n : n;
            int group = 0;
            for (int m = 0; m < n; m++) {
                int j = fromBack ? size - 1 - m : m;
                if (groups[j] >= group && all.get(j).anticommutes(all.get(i))) {
                    group = groups[j] + 1;
                }
            }
            if (round > 1 && group < last && random.nextInt(4) == 0) {
                group += random.nextInt(last - group + 1);
            }
            last = Math.max(last, group);
            groups[i] = group;
        }
        for (int i = 0; fromBack && i < size; i++) groups[i] = last - groups[i];
        return groups;
    }

    /// Appends a smaller group to a program, and moves the Clifford that it leaves to the end.
    private void replace(
            List<PauliProduct> group, List<PauliProduct> later, PauliProgram next, long effort) {
        var paulis = PauliBasis.of(group, program.qubits);
        var reduction = new TableReduction(paulis.table(), random);
        reduction.descend(bound - work);
        reduction.search(Math.min(effort, bound - work - reduction.work()));
        work += reduction.work();
        ParityTable reduced = reduction.table();
        if (reduced.size() >= group.size()) {
            // another table of the same size may merge with what comes later
            if (reduced.size() > group.size() || random.nextBoolean()) {
                next.rotations.addAll(group);
                return;
            }
        }
        if (!PhaseForm.sameThirdOrder(paulis.table(), reduced)) {
            throw new IllegalStateException("a table of another third order");
        }
        for (int i = 0; i < reduced.size(); i++) {
            next.rotations.add(paulis.product(reduced.parity(i)));
        }
        int appended = next.rotations.size();
        next.rotations.addAll(later);
        PhaseForm form = paulis.difference(group, reduced);
        for (int b = 0; b < reduced.variables; b++) {
            PauliProduct second = paulis.products().get(b);
            int turns = form.quarterTurns(b);
            if (turns != 0) next.pushQuarterTurns(second, turns, appended);
            for (int a = 0; a < b; a++) {
                if (!form.controlledZ(a, b)) continue;
                // CZ is S on both and the inverse of S on their parity
                PauliProduct first = paulis.products().get(a);
                PauliProduct product = first.copy();
                product.multiply(second);
                next.pushQuarterTurns(first, 1, appended);
                next.pushQuarterTurns(second, 1, appended);
                next.pushQuarterTurns(product, 3, appended);
            }
        }
        while (next.rotations.size() > appended) next.rotations.removeLast();
    }
}
