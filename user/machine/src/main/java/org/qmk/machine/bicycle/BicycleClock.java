package org.qmk.machine.bicycle;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.qmk.machine.profile.BicycleCosts;

/// Times of modules that each do one instruction after another, and what fails meanwhile. Modules
/// that carry out an instruction together begin it together; who waits for another is idle.
public final class BicycleClock {

    private final BicycleCosts costs;
    private final BicycleCosts.Point point;
    private final long[] times;
    private final Map<BicycleInstruction, Long> counts = new EnumMap<>(BicycleInstruction.class);
    private double error;
    private long idles;

    /// @param point of the costs, at the physical error rate
    public BicycleClock(BicycleCosts costs, BicycleCosts.Point point, int modules) {
        this.costs = costs;
        this.point = point;
        this.times = new long[modules];
        for (BicycleInstruction instruction : BicycleInstruction.values()) {
            counts.put(instruction, 0L);
        }
    }

    public void run(List<BicycleOperation> operations) {
        for (BicycleOperation operation : operations) run(operation);
    }

    private void run(BicycleOperation operation) {
        long start = 0;
        for (int module : operation.modules()) start = Math.max(start, times[module]);
        BicycleInstruction instruction = operation.instruction();
        for (int module : operation.modules()) {
            long waits = start - times[module];
            error += costs.idling(point, waits);
            idles += Math.ceilDiv(waits, costs.steps().idle());
            times[module] = start + instruction.steps(costs, point);
        }
        error += instruction.error(costs, point);
        counts.merge(instruction, 1L, Long::sum);
    }

    /// Steps until the last module is done.
    public long steps() {
        long steps = 0;
        for (long time : times) steps = Math.max(steps, time);
        return steps;
    }

    /// Epochs until then.
    ///
    /// @param stepsPerEpoch 1 or more
    public long epochs(int stepsPerEpoch) {
        return Math.ceilDiv(steps(), stepsPerEpoch);
    }

    /// The sum of all error rates: at least the chance that anything failed.
    public double error() {
        return error;
    }

    /// Cycles in which a module waited.
    public long idles() {
        return idles;
    }

    public long count(BicycleInstruction instruction) {
        return counts.get(instruction);
    }
}
