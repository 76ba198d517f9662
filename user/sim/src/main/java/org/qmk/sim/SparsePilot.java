package org.qmk.sim;

/// Follows one path of a program, the likelier branch each time, to see how many amplitudes it
/// makes.
final class SparsePilot {

    private final StepList steps;
    private final long workMax;
    private final SparseVector state;
    private final EventBits events;
    // Draws that other shots may decide otherwise, up to which shots share their work.
    private int draws;

    SparsePilot(StepList steps, long workMax) {
        this.steps = steps;
        // An entry of many qubits is as much work as several of few.
        this.workMax = workMax / (2 + steps.slotsPeak() / 64);
        // What the bound on work allows never needs this much.
        state = SparseVector.of(steps, Long.MAX_VALUE);
        events = new EventBits(steps.graph().events().size());
    }

    Estimate cost(NoiseList noise, long shots) {
        int tail = TerminalTail.start(steps);
        int step = 0;
        for (; step < steps.size() && state.work() < workMax; step++) follow(step, step >= tail);
        // Gates that waited are done now.
        double now = state.entries().size();
        double passes = state.work();
        double entries = state.peak();
        double most = Math.scalb(1.0, Math.min(1000, steps.slotsPeak()));
        for (; step < steps.size(); step++) {
            if (mayDouble(step)) {
                now = Math.min(most, 2 * now);
                passes += 8 * now;
            } else if (!steps.act(step).isClassical()) {
                passes += now;
            }
            entries = Math.max(entries, now);
        }
        double bytes = entries * SparseEntries.bytes(1, steps.slotsPeak());
        if (bytes > Long.MAX_VALUE / 4) return Estimate.UNBOUNDED;
        double run = SparseSimulator.nanos(passes, steps.size(), 0);
        double nanos = run * noise.runs(shots, draws) + SparseSimulator.nanos(0, 0, shots);
        return new Estimate(nanos * 1e-9, (long) bytes);
    }

    private boolean mayDouble(int step) {
        return switch (steps.act(step)) {
            case H, SX, SXDG, MEASURE_ANGLE -> true;
            case ROTATE, MEASURE -> {
                boolean any = false;
                for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
                    any |= steps.hasX(i);
                }
                yield any;
            }
            case ALLOC, FREE, RESET, PAULI, S, SDG, T, TDG, CNOT, CZ, SWAP -> false;
            case ISWAP, ISWAPDG, CCZ, TOFFOLI -> false;
            case EVENT_CONST, EVENT_NOT, EVENT_XOR, EVENT_AND, EVENT_OR, EVENT_SELECT -> false;
        };
    }

    private void follow(int step, boolean inTail) {
        Act act = steps.act(step);
        if (steps.isGuarded(step) && !events.holds(steps.guard(step))) return;
        if (act.isClassical()) {
            events.evaluate(steps, step);
        } else if (act.isGate()) {
            state.apply(step);
        } else if (act == Act.PAULI) {
            if (events.applies(steps.graph(), steps.node(step))) state.apply(step);
        } else if (inTail) {
            if (act == Act.MEASURE || act == Act.MEASURE_ANGLE) state.turnToZ(step);
        } else if (act != Act.ALLOC) {
            double chance = state.chanceOfOne(step);
            boolean one = chance > 0.5;
            if (chance > 0 && chance < 1) draws++;
            state.settle(step, one);
            if (steps.event(step) != StepList.NO_EVENT) events.set(steps.event(step), one);
        }
    }
}
