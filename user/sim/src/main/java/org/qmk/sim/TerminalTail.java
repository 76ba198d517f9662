package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Operand;

/// The end of a program from which on every qubit, once measured or discarded, is not used
/// again: all of it can be drawn at once from one state. Measurements of products of several
/// qubits and quantum steps that depend on events are not part of it.
final class TerminalTail {

    private enum Fate {
        /// Nothing, or only to be discarded.
        NONE,
        /// To be measured as `measured` says, then discarded.
        MEASURED,
        /// Anything else.
        USED
    }

    private TerminalTail() {}

    /// The first step of the tail; the number of steps if there is none.
    static int start(StepList steps) {
        return start(steps, NoiseList.NONE);
    }

    /// @param noise of which outcomes told wrongly may be part of the tail, and nothing else
    static int start(StepList steps, NoiseList noise) {
        // By slot, what happens to it from the step looked at on.
        Fate[] fates = new Fate[steps.slotsPeak()];
        int[] measured = new int[steps.slotsPeak()];
        Arrays.fill(fates, Fate.NONE);
        for (int step = steps.size() - 1; step >= 0; step--) {
            if (disturbs(noise, step) || !joins(steps, step, fates, measured)) return step + 1;
        }
        return 0;
    }

    private static boolean disturbs(NoiseList noise, int step) {
        for (int error = noise.start(step); error < noise.end(step); error++) {
            if (noise.kind(error) != NoiseList.Kind.FLIP) return true;
        }
        return false;
    }

    private static boolean joins(StepList steps, int step, Fate[] fates, int[] measured) {
        Act act = steps.act(step);
        if (act.isClassical()) return true;
        if (steps.isGuarded(step)) return false;
        return switch (act) {
            case FREE, RESET -> fates[steps.slot(step, 0)] == Fate.NONE;
            case MEASURE, MEASURE_ANGLE -> {
                if (steps.slotEnd(step) - steps.slotStart(step) != 1) yield false;
                int slot = steps.slot(step, 0);
                Fate fate = fates[slot];
                boolean again = fate == Fate.MEASURED && sameBasis(steps, measured[slot], step);
                if (fate != Fate.NONE && !again) yield false;
                fates[slot] = Fate.MEASURED;
                measured[slot] = step;
                yield true;
            }
            case PAULI -> !hasInputs(steps, step) && uses(steps, step, fates);
            case ALLOC,
                    ROTATE,
                    H,
                    S,
                    SDG,
                    SX,
                    SXDG,
                    T,
                    TDG,
                    CNOT,
                    CZ,
                    SWAP,
                    ISWAP,
                    ISWAPDG,
                    CCZ,
                    TOFFOLI ->
                    uses(steps, step, fates);
            case EVENT_CONST, EVENT_NOT, EVENT_XOR, EVENT_AND, EVENT_OR, EVENT_SELECT -> true;
        };
    }

    private static boolean uses(StepList steps, int step, Fate[] fates) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            fates[steps.slotAt(i)] = Fate.USED;
        }
        return true;
    }

    /// Whether two measurements of one slot differ in their sign at most.
    private static boolean sameBasis(StepList steps, int first, int second) {
        if (steps.act(first) != steps.act(second)) return false;
        if (steps.act(first) == Act.MEASURE_ANGLE) {
            return steps.angle(first) == steps.angle(second);
        }
        int i = steps.slotStart(first);
        int j = steps.slotStart(second);
        return steps.hasX(i) == steps.hasX(j) && steps.hasZ(i) == steps.hasZ(j);
    }

    private static boolean hasInputs(StepList steps, int step) {
        return steps.graph().count(steps.node(step), Operand.Kind.INPUT) > 0;
    }
}
