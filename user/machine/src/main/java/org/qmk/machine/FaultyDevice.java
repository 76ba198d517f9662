package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.qmk.device.Condition;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.LogicalDevice;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;
import org.qmk.device.Route;
import org.qmk.device.Signal;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Operand;

/// A simulated machine that fails and lies as a script says, and remembers what it did.
public final class FaultyDevice implements LogicalDevice {

    private static final Lie[] DECODER_LIES = {
        Lie.WRONG_EVENT, Lie.WRONG_WORDS, Lie.STRAY_BIT, Lie.TOO_EARLY, Lie.WRONG_JOB
    };
    private static final Lie[] DEVICE_LIES = {
        Lie.NO_SUCH_JOB, Lie.TOO_MUCH_SUPPLY, Lie.NO_SUCH_SUBJECT
    };

    private static final JobId NONE = new JobId(0);

    private record Failure(FaultScript.Active cause, EpochReport.Fault told) {}

    private static final class Wave {
        final Graph graph;
        final int shots;
        Placement placement;
        int waiting;

        Wave(EpochPlan.Start start) {
            graph = start.graph();
            shots = start.shots();
            placement = start.placement();
        }
    }

    private final SimulatedDevice inner;
    private final MachineShape shape;
    private final FaultScript script;
    private final TreeMap<JobId, Wave> waves = new TreeMap<>();
    private final List<Injection> injections = new ArrayList<>();

    /// @param inner not used by anybody else
    /// @param shape of the inner device's machine
    public FaultyDevice(SimulatedDevice inner, MachineShape shape, FaultScript script) {
        this.inner = inner;
        this.shape = shape;
        this.script = script;
    }

    /// What was done so far, by epoch. A copy.
    public List<Injection> injections() {
        return List.copyOf(injections);
    }

    @Override
    public EpochReport execute(EpochPlan plan) {
        List<FaultScript.Active> faults = script.at(plan.epoch());
        follow(plan);
        List<Signal> signals = signals(plan.epoch(), faults);
        TreeMap<JobId, Failure> failed = failures(plan, faults);
        EpochReport truth = inner.execute(without(plan, failed.keySet()), trouble(faults));
        count(plan, failed.keySet(), truth);
        List<EpochReport.Outcome> outcomes = new ArrayList<>(truth.outcomes());
        List<EpochReport.Fault> told = new ArrayList<>(truth.faults());
        for (EpochReport.Fault refused : truth.faults()) failed.remove(refused.job());
        for (Failure failure : failed.values()) {
            told.add(failure.told());
            FaultScript.Active cause = failure.cause();
            note(plan.epoch(), cause, cause.subject(), failure.told().job());
        }
        TreeMap<JobId, Untruth.Target> targets = targets();
        targets.keySet().removeAll(failed.keySet());
        var untruth = new Untruth(shape, targets, outcomes, signals, truth.supply());
        for (FaultScript.Active fault : faults) lie(plan.epoch(), fault, untruth);
        return new EpochReport(plan.epoch(), outcomes, told, untruth.supply(), signals);
    }

    private void follow(EpochPlan plan) {
        for (JobId job : plan.ends()) waves.remove(job);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), new Wave(start));
        for (EpochPlan.Move move : plan.moves()) {
            Wave wave = waves.get(move.job());
            if (wave != null) wave.placement = move.to();
        }
    }

    private List<Signal> signals(long epoch, List<FaultScript.Active> faults) {
        List<Signal> signals = new ArrayList<>();
        for (FaultScript.Active fault : faults) {
            Optional<Condition> condition = fault.kind().condition();
            if (condition.isEmpty()) continue;
            signals.add(new Signal(condition.get(), fault.subject(), fault.permille()));
            note(epoch, fault, fault.subject(), NONE);
        }
        return signals;
    }

    /// What the faults do to factories, links and decoders. Overloaded decoders are given all that
    /// they can do, and up to twice that, beside what the machine's blocks give them.
    private Trouble trouble(List<FaultScript.Active> faults) {
        int[] factoryLoss = new int[shape.factories().size()];
        int[] linkLoss = new int[shape.links().size()];
        long rounds = 0;
        for (FaultScript.Active fault : faults) {
            int subject = fault.subject();
            int permille = fault.permille();
            switch (fault.kind()) {
                case LINK_LOSS -> linkLoss[subject] = Math.max(linkLoss[subject], permille);
                case FACTORY_FAILURE ->
                        factoryLoss[subject] = Math.max(factoryLoss[subject], permille);
                case DECODER_OVERLOAD -> {
                    long most = shape.rates().decoderRounds();
                    rounds += most + most * permille / 1000;
                }
                case DRIFT, HOT_MODULE, LYING_DECODER, LYING_DEVICE -> {}
                case LOST_QUBITS, NOT_DONE -> {}
            }
        }
        return new Trouble(factoryLoss, linkLoss, rounds);
    }

    /// The waves that fail in this epoch.
    private TreeMap<JobId, Failure> failures(EpochPlan plan, List<FaultScript.Active> faults) {
        List<JobId> issued = new ArrayList<>();
        for (EpochPlan.Issue issue : plan.issues()) {
            if (waves.containsKey(issue.job())) issued.add(issue.job());
        }
        TreeMap<JobId, Failure> failed = new TreeMap<>();
        for (FaultScript.Active fault : faults) {
            List<JobId> victims = new ArrayList<>();
            var kind = EpochReport.Fault.Kind.NOT_DONE;
            String cause = "nothing happened";
            switch (fault.kind()) {
                case HOT_MODULE -> {
                    cause = "module %d is too hot".formatted(fault.subject());
                    for (JobId job : issued) {
                        long bits = Draw.bits(fault.bits(), 0, plan.epoch(), job.number());
                        boolean spared = Draw.below(bits, 1000) >= fault.permille();
                        if (!spared && isIn(waves.get(job), fault.subject())) victims.add(job);
                    }
                }
                case NOT_DONE -> one(issued, fault.bits()).ifPresent(victims::add);
                case LOST_QUBITS -> {
                    kind = EpochReport.Fault.Kind.LOST;
                    cause = "the qubits are lost";
                    one(List.copyOf(waves.keySet()), fault.bits()).ifPresent(victims::add);
                }
                case DRIFT, LINK_LOSS, DECODER_OVERLOAD, FACTORY_FAILURE -> {}
                case LYING_DECODER, LYING_DEVICE -> {}
            }
            for (JobId job : victims) {
                // A wave fails once an epoch, and in the first way.
                var told = new EpochReport.Fault(job, kind, cause);
                failed.putIfAbsent(job, new Failure(fault, told));
            }
        }
        return failed;
    }

    private static Optional<JobId> one(List<JobId> jobs, long bits) {
        if (jobs.isEmpty()) return Optional.empty();
        return Optional.of(jobs.get(Draw.below(bits, jobs.size())));
    }

    private boolean isIn(Wave wave, int module) {
        int from = module * shape.blocksPerModule();
        for (Extent extent : wave.placement.extents()) {
            if (extent.start() < from + shape.blocksPerModule() && extent.end() > from) return true;
        }
        return false;
    }

    /// The plan without what does not happen.
    private static EpochPlan without(EpochPlan plan, Set<JobId> failed) {
        if (failed.isEmpty()) return plan;
        List<EpochPlan.Issue> issues = new ArrayList<>(plan.issues());
        issues.removeIf(issue -> failed.contains(issue.job()));
        List<Route> routes = new ArrayList<>(plan.routes());
        routes.removeIf(route -> failed.contains(route.job()));
        return new EpochPlan(
                plan.epoch(),
                plan.rounds(),
                plan.starts(),
                plan.moves(),
                issues,
                plan.ends(),
                routes);
    }

    /// Counts the outcomes that are issued and not told; forgets waves that were refused.
    private void count(EpochPlan plan, Set<JobId> failed, EpochReport truth) {
        for (EpochPlan.Issue issue : plan.issues()) {
            Wave wave = waves.get(issue.job());
            if (wave == null || issue.undo() || failed.contains(issue.job())) continue;
            for (int place = 0; place < issue.size(); place++) {
                wave.waiting += wave.graph.count(issue.node(place), Operand.Kind.OUTPUT);
            }
        }
        for (EpochReport.Outcome outcome : truth.outcomes()) waves.get(outcome.job()).waiting--;
        for (EpochReport.Fault fault : truth.faults()) waves.remove(fault.job());
    }

    private TreeMap<JobId, Untruth.Target> targets() {
        TreeMap<JobId, Untruth.Target> targets = new TreeMap<>();
        for (Map.Entry<JobId, Wave> entry : waves.entrySet()) {
            Wave wave = entry.getValue();
            targets.put(entry.getKey(), new Untruth.Target(wave.shots, wave.waiting));
        }
        return targets;
    }

    /// Tells a lie, the first that there is occasion for.
    private void lie(long epoch, FaultScript.Active fault, Untruth untruth) {
        Lie[] lies =
                switch (fault.kind()) {
                    case LYING_DECODER -> DECODER_LIES;
                    case LYING_DEVICE -> DEVICE_LIES;
                    case DRIFT, LINK_LOSS, HOT_MODULE, DECODER_OVERLOAD -> new Lie[0];
                    case FACTORY_FAILURE, LOST_QUBITS, NOT_DONE -> new Lie[0];
                };
        int first = (int) (fault.bits() & 0xFF);
        for (int i = 0; i < lies.length; i++) {
            Lie lie = lies[(first + i) % lies.length];
            List<JobId> about = untruth.tell(lie, fault.bits());
            if (about.isEmpty()) continue;
            for (JobId job : about) note(epoch, fault, lie.ordinal(), job);
            return;
        }
    }

    private void note(long epoch, FaultScript.Active fault, int subject, JobId job) {
        injections.add(new Injection(epoch, fault.kind(), subject, job, fault.permille()));
    }
}
