package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.*;

/// A device that answers in the right shape without simulating a state, and goes wrong as often as
/// it is told to.
final class ScriptedDevice {

    private static final String CAUSE = "as the simulation wants";

    private final MachineShape machine;
    private final int factor;
    private final Dice dice;
    private final Tally tally;
    private final boolean lateness;

    /// By condition and subject: epochs for which it still lasts, and its severity.
    private final int[][] left = new int[Condition.values().length][];

    private final int[][] severity = new int[Condition.values().length][];

    /// Whether faults are still made.
    private boolean quiet;

    ScriptedDevice(Scenario scenario, Tally tally) {
        this.machine = scenario.machine();
        this.factor = scenario.faults().factor;
        this.dice = Dice.of(scenario.seed(), 2);
        this.tally = tally;
        this.lateness = machine.rates().decoderRounds() < MachineShape.UNLIMITED;
        for (Condition condition : Condition.values()) {
            int subjects =
                    switch (condition) {
                        case DRIFT, HOT_MODULE -> machine.modules();
                        case LINK -> machine.links().size();
                        case FACTORY -> machine.factories().size();
                        case DECODER, LIES -> 1;
                    };
            left[condition.ordinal()] = new int[subjects];
            severity[condition.ordinal()] = new int[subjects];
        }
    }

    /// From now on all goes well.
    void calm() {
        quiet = true;
    }

    private boolean happens(Mishap kind) {
        return !quiet && factor > 0 && dice.chance(kind.perMillion * factor);
    }

    EpochReport execute(EpochPlan plan, World world) {
        List<Signal> signals = signals();
        List<EpochReport.Outcome> outcomes = outcomes(world);
        List<EpochReport.Fault> faults = faults(plan, world);
        Supply supply = supply(plan, world);
        if (happens(Mishap.LYING_DEVICE)) {
            tally.injected(Mishap.LYING_DEVICE);
            switch (dice.below(5)) {
                case 0 -> outcomes.add(new EpochReport.Outcome(new JobId(999_999), 0, new long[1]));
                case 1 -> faults.add(new EpochReport.Fault(new JobId(999_999), CAUSE));
                case 2 -> signals.add(new Signal(Condition.HOT_MODULE, 4000, 500));
                case 3 -> signals.add(new Signal(Condition.LIES, 0, 1000));
                default -> supply = new Supply(new int[] {1, 2, 3}, new int[] {1 << 20}, 0);
            }
        }
        return new EpochReport(plan.epoch(), outcomes, faults, supply, signals);
    }

    private List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        condition(Condition.DRIFT, Mishap.DRIFT, signals);
        condition(Condition.LINK, Mishap.LINK_LOSS, signals);
        condition(Condition.HOT_MODULE, Mishap.HOT_MODULE, signals);
        condition(Condition.DECODER, Mishap.DECODER_OVERLOAD, signals);
        condition(Condition.FACTORY, Mishap.FACTORY_FAILURE, signals);
        return signals;
    }

    private void condition(Condition condition, Mishap kind, List<Signal> signals) {
        int[] lasts = left[condition.ordinal()];
        int[] severe = severity[condition.ordinal()];
        if (lasts.length > 0 && happens(kind)) {
            int subject = dice.below(lasts.length);
            lasts[subject] = dice.from(1, 40);
            severe[subject] = dice.from(200, 1000);
            tally.injected(kind);
        }
        for (int subject = 0; subject < lasts.length; subject++) {
            if (lasts[subject] == 0) continue;
            lasts[subject]--;
            signals.add(new Signal(condition, subject, severe[subject]));
        }
    }

    /// Of each wave the outcomes that are decoded by now.
    private List<EpochReport.Outcome> outcomes(World world) {
        List<EpochReport.Outcome> outcomes = new ArrayList<>();
        boolean behind = lateness && left[Condition.DECODER.ordinal()][0] > 0;
        for (JobTrack job : world.running()) {
            int tell = job.expected - job.arrived;
            if (tell == 0) continue;
            if (behind) tell = dice.oneIn(3) ? dice.below(tell + 1) : 0;
            for (int i = 0; i < tell; i++) {
                int event = job.awaited[job.arrived + i];
                outcomes.add(new EpochReport.Outcome(job.id, event, plane(job.waveShots)));
            }
        }
        if (!outcomes.isEmpty() && happens(Mishap.LYING_DECODER)) {
            tally.injected(Mishap.LYING_DECODER);
            lie(outcomes);
        }
        return outcomes;
    }

    private long[] plane(int shots) {
        long[] plane = new long[(shots + 63) / 64];
        for (int i = 0; i < plane.length; i++) plane[i] = dice.bits();
        int spare = plane.length * 64 - shots;
        if (spare > 0) plane[plane.length - 1] >>>= spare;
        return plane;
    }

    private void lie(List<EpochReport.Outcome> outcomes) {
        int place = dice.below(outcomes.size());
        EpochReport.Outcome truth = outcomes.get(place);
        switch (dice.below(5)) {
            case 0 -> outcomes.remove(place);
            case 1 -> outcomes.add(place, truth);
            case 2 ->
                    outcomes.set(
                            place,
                            new EpochReport.Outcome(truth.job(), truth.event() + 1, truth.plane()));
            case 3 ->
                    outcomes.set(
                            place,
                            new EpochReport.Outcome(truth.job(), truth.event(), new long[] {0, 0}));
            default -> {
                long[] plane = truth.plane();
                plane[plane.length - 1] = -1;
                outcomes.set(place, new EpochReport.Outcome(truth.job(), truth.event(), plane));
            }
        }
    }

    private List<EpochReport.Fault> faults(EpochPlan plan, World world) {
        List<EpochReport.Fault> faults = new ArrayList<>();
        fault(Mishap.LOST_QUBITS, EpochReport.Fault.Kind.LOST, world, faults);
        fault(Mishap.DEVICE_REFUSES, EpochReport.Fault.Kind.REFUSED, world, faults);
        if (happens(Mishap.EPOCH_NOT_DONE) && !plan.issues().isEmpty()) {
            tally.injected(Mishap.EPOCH_NOT_DONE);
            JobId id = plan.issues().get(dice.below(plan.issues().size())).job();
            faults.add(new EpochReport.Fault(id, EpochReport.Fault.Kind.NOT_DONE, CAUSE));
        }
        return faults;
    }

    private void fault(
            Mishap fault,
            EpochReport.Fault.Kind kind,
            World world,
            List<EpochReport.Fault> faults) {
        if (world.running().isEmpty() || !happens(fault)) return;
        tally.injected(fault);
        JobId id = world.running().get(dice.below(world.running().size())).id;
        faults.add(new EpochReport.Fault(id, kind, CAUSE));
    }

    private Supply supply(EpochPlan plan, World world) {
        int[] magic = new int[machine.factories().size()];
        for (int i = 0; i < magic.length; i++) {
            int rate = machine.factories().get(i).statesPerEpoch();
            magic[i] = left[Condition.FACTORY.ordinal()][i] > 0 ? dice.below(rate + 1) : rate;
        }
        int[] pairs = new int[machine.links().size()];
        for (int i = 0; i < pairs.length; i++) {
            int rate = machine.links().get(i).pairsPerEpoch();
            pairs[i] = left[Condition.LINK.ordinal()][i] > 0 ? dice.below(rate + 1) : rate;
        }
        boolean behind = lateness && left[Condition.DECODER.ordinal()][0] > 0;
        long work = (long) world.blocks().held() * plan.rounds();
        long backlog = behind ? work * dice.from(1, 8) : 0;
        return new Supply(magic, pairs, backlog);
    }
}
