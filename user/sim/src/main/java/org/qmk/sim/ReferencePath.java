package org.qmk.sim;

import java.util.BitSet;

/// One noiseless path through a Clifford program, in which every random outcome is 0. Frames tell
/// how other paths differ from it.
final class ReferencePath {

    // By step: the outcome of a measurement, or whether a Pauli was applied.
    private final BitSet values;

    private ReferencePath(BitSet values) {
        this.values = values;
    }

    static ReferencePath of(StepList steps) {
        var values = new BitSet(steps.size());
        var state = Tableau.of(steps);
        var events = new EventBits(steps.graph().events().size());
        for (int step = 0; step < steps.size(); step++) {
            if (steps.isGuarded(step) && !events.holds(steps.guard(step))) continue;
            Act act = steps.act(step);
            if (act.isClassical()) {
                events.evaluate(steps, step);
            } else if (act == Act.PAULI) {
                if (!events.applies(steps.graph(), steps.node(step))) continue;
                values.set(step);
                state.apply(step);
            } else if (act.isGate() || act == Act.ALLOC) {
                state.apply(step);
            } else {
                boolean one = state.chanceOfOne(step) == 1;
                state.settle(step, one);
                values.set(step, one);
                if (steps.event(step) != StepList.NO_EVENT) events.set(steps.event(step), one);
            }
        }
        return new ReferencePath(values);
    }

    /// All bits 1 if the measurement of the step found 1 or its Pauli was applied, else 0.
    long mask(int step) {
        return values.get(step) ? -1L : 0;
    }
}
