package org.qmk.machine.magic;

import java.util.ArrayList;
import java.util.List;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.PhysicalQubit;

/// Every unit at every distance. Choices for the first round: units that run on both kinds of
/// qubits, then those on logical ones only, then those on physical ones only; for later rounds,
/// the same without the last. Distances are numbered: 0 is distance 1, 1 is 3, and so on.
final class UnitTable {

    private final int both;
    private final List<DistillationUnit> logicalUnits = new ArrayList<>();
    private final List<DistillationStage> physical = new ArrayList<>();
    private final List<List<DistillationStage>> logical = new ArrayList<>();
    private final int[] leastLogical;
    private final int distances;

    UnitTable(
            CodeProfile profile, PhysicalQubit qubit, List<DistillationUnit> units, int distance) {
        for (DistillationUnit unit : units) {
            if (unit.runsPhysically() && unit.runsLogically()) {
                logicalUnits.add(unit);
                physical.add(DistillationStage.physical(unit, qubit));
            }
        }
        both = logicalUnits.size();
        for (DistillationUnit unit : units) {
            if (unit.runsPhysically() && unit.runsLogically()) continue;
            if (unit.runsLogically()) {
                logicalUnits.add(unit);
                continue;
            }
            DistillationStage stage = DistillationStage.physical(unit, qubit);
            if (stage.valid()) physical.add(stage);
        }
        distances = (distance + 1) / 2;
        leastLogical = new int[logicalUnits.size()];
        for (int i = 0; i < leastLogical.length; i++) {
            leastLogical[i] = place(logicalUnits.get(i), profile, qubit);
        }
    }

    /// Adds the unit at every distance; gives the first at which it is valid.
    private int place(DistillationUnit unit, CodeProfile profile, PhysicalQubit qubit) {
        List<DistillationStage> row = new ArrayList<>();
        int least = distances;
        for (int i = 0; i < distances; i++) {
            var stage = DistillationStage.logical(unit, profile, qubit, 2 * i + 1);
            if (stage.isEmpty()) break;
            row.add(stage.get());
            if (least == distances && stage.get().valid()) least = i;
        }
        logical.add(row);
        return row.size() == distances ? least : distances;
    }

    /// How many units there are for a round.
    int choices(int round) {
        return round == 0 ? logicalUnits.size() + physical.size() - both : logicalUnits.size();
    }

    /// The least distance of each round, and no less than that of the round before.
    int[] least(int[] choice) {
        int[] least = new int[choice.length];
        int before = 0;
        for (int round = 0; round < choice.length; round++) {
            int own;
            if (round > 0) own = leastLogical[choice[round]];
            else if (onlyPhysical(choice[0])) own = 0;
            else if (choice[0] < both && physical.get(choice[0]).valid()) own = 0;
            else own = Math.max(1, leastLogical[choice[0]]);
            before = Math.max(before, own);
            least[round] = before;
        }
        return least;
    }

    int[] most(int[] choice) {
        int[] most = new int[choice.length];
        for (int round = 0; round < choice.length; round++) {
            most[round] = round == 0 && onlyPhysical(choice[0]) ? 0 : distances - 1;
        }
        return most;
    }

    private boolean onlyPhysical(int unit) {
        return unit >= logicalUnits.size();
    }

    List<DistillationStage> stages(int[] choice, int[] distance) {
        List<DistillationStage> stages = new ArrayList<>();
        for (int round = 0; round < choice.length; round++) {
            int unit = choice[round];
            if (round == 0 && distance[0] == 0) {
                int place = unit < both ? unit : unit - (logicalUnits.size() - both);
                stages.add(physical.get(place));
            } else {
                stages.add(logical.get(unit).get(distance[round]));
            }
        }
        return stages;
    }
}
