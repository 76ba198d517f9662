package org.qmk.simulation;

import java.util.EnumMap;
import java.util.Map;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Refusal;

/// What happened in one run or in many.
public final class Tally {

    long runs;
    long epochs;
    long inputs;
    long jobs;

    /// Jobs with deadlines that were held against them.
    long deadlines;

    private final Map<EndCause, Long> ends = new EnumMap<>(EndCause.class);
    private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    private final Map<Mishap, Long> faults = new EnumMap<>(Mishap.class);

    Tally() {}

    public long runs() {
        return runs;
    }

    public long epochs() {
        return epochs;
    }

    public long inputs() {
        return inputs;
    }

    public long jobs() {
        return jobs;
    }

    public long deadlines() {
        return deadlines;
    }

    public Map<EndCause, Long> ends() {
        return ends;
    }

    public Map<Refusal, Long> refusals() {
        return refusals;
    }

    public Map<Mishap, Long> faults() {
        return faults;
    }

    void ended(EndCause cause) {
        ends.merge(cause, 1L, Long::sum);
    }

    void refused(Refusal refusal) {
        refusals.merge(refusal, 1L, Long::sum);
    }

    void injected(Mishap fault) {
        faults.merge(fault, 1L, Long::sum);
    }

    void add(Tally other) {
        runs += other.runs;
        epochs += other.epochs;
        inputs += other.inputs;
        jobs += other.jobs;
        deadlines += other.deadlines;
        other.ends.forEach((cause, count) -> ends.merge(cause, count, Long::sum));
        other.refusals.forEach((refusal, count) -> refusals.merge(refusal, count, Long::sum));
        other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    }
}
