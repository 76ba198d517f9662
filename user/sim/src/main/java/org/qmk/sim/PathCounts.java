package org.qmk.sim;

import java.util.Arrays;

/// How many different paths shots take up to each step of a program: what `ShotTree` will have to
/// run. Told without running it.
///
/// Shots without errors share a path until a draw divides them in two; a shot with an error has one
/// of its own from there on. A measurement of a qubit that was measured, reset or allocated before,
/// and since then met nothing but Pauli operators and diagonal gates, divides nobody.
final class PathCounts {

    private final StepList steps;
    private final double shots;
    // By slot, whether its value in the Z basis is decided.
    private final boolean[] decided;
    private double logarithmClean;
    private int draws;

    private PathCounts(StepList steps, long shots) {
        this.steps = steps;
        this.shots = shots;
        decided = new boolean[steps.slotsPeak()];
        Arrays.fill(decided, true);
    }

    /// The number of paths on which each step before `end` is run.
    ///
    /// @param end where all that follows is drawn at once
    static double[] of(StepList steps, NoiseList noise, long shots, int end) {
        var counts = new PathCounts(steps, shots);
        double[] paths = new double[end];
        for (int step = 0; step < end; step++) {
            if (counts.draws(step)) counts.draws++;
            for (int error = noise.start(step); error < noise.end(step); error++) {
                counts.logarithmClean += StrictMath.log1p(-noise.chance(error));
            }
            paths[step] = counts.now();
        }
        return paths;
    }

    private double now() {
        double clean = shots * StrictMath.exp(logarithmClean);
        double shared = Math.min(clean, Math.scalb(1.0, Math.min(draws, 62)));
        return Math.min(Math.max(1, shots), Math.max(1, shared) + shots - clean);
    }

    private boolean draws(int step) {
        Act act = steps.act(step);
        int from = steps.slotStart(step);
        int to = steps.slotEnd(step);
        return switch (act) {
            case MEASURE -> {
                boolean one = to - from == 1 && !steps.hasX(from);
                boolean random = !one || !decided[steps.slotAt(from)];
                if (one) decided[steps.slotAt(from)] = true;
                yield random;
            }
            case MEASURE_ANGLE -> {
                decided[steps.slotAt(from)] = false;
                yield true;
            }
            case FREE, RESET -> {
                boolean random = !decided[steps.slotAt(from)];
                decided[steps.slotAt(from)] = true;
                yield random;
            }
            case ALLOC, PAULI, S, SDG, T, TDG, CZ, CCZ -> false;
            case ROTATE, H, SX, SXDG, CNOT, SWAP, ISWAP, ISWAPDG, TOFFOLI -> {
                boolean diagonal = act == Act.ROTATE;
                for (int i = from; i < to; i++) diagonal &= !steps.hasX(i);
                boolean all = true;
                for (int i = from; i < to; i++) all &= decided[steps.slotAt(i)];
                boolean permutes = act != Act.ROTATE && to - from > 1;
                for (int i = from; i < to && !diagonal; i++) {
                    decided[steps.slotAt(i)] = permutes && all;
                }
                yield false;
            }
            case EVENT_CONST, EVENT_NOT, EVENT_XOR, EVENT_AND, EVENT_OR, EVENT_SELECT -> false;
        };
    }
}
