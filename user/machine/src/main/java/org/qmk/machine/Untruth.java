package org.qmk.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.qmk.device.Condition;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.MachineShape;
import org.qmk.device.Signal;
import org.qmk.device.Supply;

/// A report in which something is to be made untrue.
///
/// Every lie is one for certain: it cannot be true by chance.
final class Untruth {

    /// What is known of the waves: enough to lie so that it shows.
    ///
    /// @param waiting outcomes that were issued and not told
    record Target(int shots, int waiting) {}

    /// Far more jobs than a kernel ever had.
    private static final JobId NOBODY = new JobId(Long.MAX_VALUE);

    private final MachineShape shape;
    private final TreeMap<JobId, Target> targets;
    private final List<EpochReport.Outcome> outcomes;
    private final List<Signal> signals;
    private Supply supply;

    Untruth(
            MachineShape shape,
            TreeMap<JobId, Target> targets,
            List<EpochReport.Outcome> outcomes,
            List<Signal> signals,
            Supply supply) {
        this.shape = shape;
        this.targets = targets;
        this.outcomes = outcomes;
        this.signals = signals;
        this.supply = supply;
    }

    Supply supply() {
        return supply;
    }

    /// Tells a lie if this report gives occasion for it.
    ///
    /// @param bits random bits
    /// @return whom it is about, number 0 for no job; nobody if there is no occasion
    List<JobId> tell(Lie lie, long bits) {
        int place = outcomes.isEmpty() ? -1 : Draw.below(bits, outcomes.size());
        return switch (lie) {
            case WRONG_EVENT -> place < 0 ? List.of() : List.of(wrongEvent(place));
            case WRONG_WORDS -> place < 0 ? List.of() : List.of(longer(place));
            case STRAY_BIT -> place < 0 ? List.of() : stray(place);
            case TOO_EARLY -> tooEarly(bits);
            case WRONG_JOB -> place < 0 ? List.of() : wrongJob(place, bits);
            case NO_SUCH_JOB -> {
                outcomes.add(new EpochReport.Outcome(NOBODY, 0, new long[1]));
                yield List.of(NOBODY);
            }
            case TOO_MUCH_SUPPLY -> {
                supply = tooMuch(bits);
                yield List.of(new JobId(0));
            }
            case NO_SUCH_SUBJECT -> {
                signals.add(noSuchSubject(bits));
                yield List.of(new JobId(0));
            }
        };
    }

    private JobId wrongEvent(int place) {
        EpochReport.Outcome truth = outcomes.get(place);
        outcomes.set(place, new EpochReport.Outcome(truth.job(), truth.event() + 1, truth.plane()));
        return truth.job();
    }

    private JobId longer(int place) {
        EpochReport.Outcome truth = outcomes.get(place);
        long[] plane = Arrays.copyOf(truth.plane(), truth.words() + 1);
        outcomes.set(place, new EpochReport.Outcome(truth.job(), truth.event(), plane));
        return truth.job();
    }

    private List<JobId> stray(int place) {
        EpochReport.Outcome truth = outcomes.get(place);
        Target target = targets.get(truth.job());
        if (target == null || target.shots() % 64 == 0) return List.of();
        long[] plane = truth.plane();
        plane[plane.length - 1] |= Long.MIN_VALUE;
        outcomes.set(place, new EpochReport.Outcome(truth.job(), truth.event(), plane));
        return List.of(truth.job());
    }

    private List<JobId> tooEarly(long bits) {
        List<JobId> all = new ArrayList<>();
        for (Map.Entry<JobId, Target> entry : targets.entrySet()) {
            if (entry.getValue().waiting() == 0) all.add(entry.getKey());
        }
        if (all.isEmpty()) return List.of();
        JobId job = all.get(Draw.below(bits, all.size()));
        outcomes.add(new EpochReport.Outcome(job, 0, plane(targets.get(job))));
        return List.of(job);
    }

    /// Gives an outcome to a running job that waits for none, or to nobody.
    private List<JobId> wrongJob(int place, long bits) {
        EpochReport.Outcome truth = outcomes.get(place);
        List<JobId> others = new ArrayList<>(targets.keySet());
        others.removeIf(job -> job.equals(truth.job()) || targets.get(job).waiting() > 0);
        JobId other = others.isEmpty() ? NOBODY : others.get(Draw.below(~bits, others.size()));
        outcomes.remove(place);
        outcomes.add(new EpochReport.Outcome(other, truth.event(), truth.plane()));
        return List.of(truth.job(), other);
    }

    private static long[] plane(Target target) {
        return new long[(target.shots() + 63) / 64];
    }

    private Supply tooMuch(long bits) {
        int[] states = new int[shape.factories().size()];
        int[] pairs = new int[shape.links().size()];
        if (states.length > 0) {
            int factory = Draw.below(bits, states.length);
            states[factory] = shape.factories().get(factory).statesPerEpoch() + 1;
        } else if (pairs.length > 0) {
            int link = Draw.below(bits, pairs.length);
            pairs[link] = shape.links().get(link).pairsPerEpoch() + 1;
        } else {
            states = new int[1];
        }
        return new Supply(states, pairs, supply.backlogRounds());
    }

    private Signal noSuchSubject(long bits) {
        return switch (Draw.below(bits, 4)) {
            case 0 -> new Signal(Condition.DRIFT, shape.modules(), 1000);
            case 1 -> new Signal(Condition.LINK, shape.links().size(), 1000);
            case 2 -> new Signal(Condition.FACTORY, shape.factories().size(), 1000);
            default -> new Signal(Condition.DECODER, 1, 1000);
        };
    }
}
