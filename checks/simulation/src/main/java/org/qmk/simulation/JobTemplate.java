package org.qmk.simulation;

import java.util.Arrays;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Resource;

/// A program and its shots, which tenants submit again and again.
final class JobTemplate {

    /// Shares of the machine that are counted: each resource's, and then the blocks'.
    static final int SHARES = Resource.COUNT + 1;

    final ProgramFacts facts;
    final int shots;

    /// Epochs of the whole machine that it takes of each resource, and last of the blocks, which
    /// each shot holds for as many epochs as the program is deep.
    final double[] work;

    /// Epochs from its acceptance to its end when there is nobody else.
    long alone;

    private JobTemplate(ProgramFacts facts, int shots, double[] work) {
        this.facts = facts;
        this.shots = shots;
        this.work = work;
    }

    /// @param capacity of an epoch, see `capacity`
    static JobTemplate of(JobKind kind, Dice dice, MachineShape machine, double[] capacity) {
        int most = Math.min(kind.qubitsMost, machine.blocksPerModule());
        int qubits = dice.from(Math.min(kind.qubitsLeast, most), most);
        var facts = new ProgramFacts(kind.program(dice, qubits), machine.statesPerRotation());
        // As many between the least and its double as between any other number and its double.
        double span = (double) kind.shotsMost / kind.shotsLeast;
        int shots = (int) (kind.shotsLeast * StrictMath.pow(span, dice.uniform()));
        double[] work = new double[SHARES];
        for (int[] cost : facts.costs) {
            for (int i = 0; i < cost.length; i++) work[i] += cost[i];
        }
        work[Resource.COUNT] = (double) facts.slots * depth(facts);
        for (int i = 0; i < work.length; i++) work[i] *= shots / capacity[i];
        return new JobTemplate(facts, shots, work);
    }

    private static int depth(ProgramFacts facts) {
        int[] levels = new int[facts.size];
        int deepest = 0;
        for (int position = 0; position < facts.size; position++) {
            int node = facts.verified.orderAt(position);
            int level = 0;
            for (int earlier : facts.before[node]) level = Math.max(level, levels[earlier]);
            levels[node] = level + (facts.software[node] ? 0 : 1);
            deepest = Math.max(deepest, levels[node]);
        }
        return deepest;
    }

    /// The largest of its shares.
    double dominant() {
        return Arrays.stream(work).max().orElse(0);
    }
}
