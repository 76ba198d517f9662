package org.qmk.simulation;

import java.util.List;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Resource;

/// A program and its shots, which tenants submit again and again.
final class JobTemplate {

    /// Shares of the machine that are counted: each resource's, and then the blocks'.
    static final int SHARES = Resource.COUNT + 1;

    final ProgramFacts facts;
    final int shots;

    /// Epochs from its acceptance to its end when there is nobody else.
    long alone;

    /// Epochs of the whole machine that it takes then, of each resource, and last of the blocks.
    List<Double> work = List.of();

    private JobTemplate(ProgramFacts facts, int shots) {
        this.facts = facts;
        this.shots = shots;
    }

    static JobTemplate of(JobKind kind, Dice dice, MachineShape machine) {
        int most = Math.min(kind.qubitsMost, machine.blocksPerModule());
        int qubits = dice.from(Math.min(kind.qubitsLeast, most), most);
        var facts = new ProgramFacts(kind.program(dice, qubits), machine);
        // As many between the least and its double as between any other number and its double.
        double span = (double) kind.shotsMost / kind.shotsLeast;
        int shots = (int) (kind.shotsLeast * StrictMath.pow(span, dice.uniform()));
        return new JobTemplate(facts, shots);
    }
}
