package org.qmk.simulation;

import java.util.*;
import java.util.stream.Collectors;
import org.qmk.device.*;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.machine.*;
import org.qmk.runtime.KernelSetting;
import org.qmk.sim.Simulators;

/// One run: drives a kernel from a seed and tells whether every law held.
public final class Simulation {

    /// How a run ended.
    public sealed interface Outcome {
        Tally tally();

        record Held(Tally tally) implements Outcome {}

        /// @param what happened, in one sentence
        /// @param events the last steps, one line each
        record Broken(long seed, long epoch, Law law, String what, List<String> events, Tally tally)
                implements Outcome {
            @Override
            public String toString() {
                return "seed %d, epoch %d: %s: %s".formatted(seed, epoch, law, what);
            }
        }
    }

    private static final int EVENTS = 60;

    /// For each part of the machine.
    private static final long DRAIN_EPOCHS = 4000;

    /// One step, kept until it is clear that nobody asks.
    private record Step(long epoch, Input input, List<Notice> notices) {}

    private final Scenario scenario;
    private final Tally tally = new Tally();
    private final Dice dice;
    private final Dice planning;
    private final ScriptedDevice scripted;
    private final Optional<SimulatedDevice> simulated;
    private final FirstFitPlanner planner;
    private final KernelSetting setting;
    private final ArrayDeque<Step> steps = new ArrayDeque<>();
    private final List<Input> inputs = new ArrayList<>();
    private final List<String> digests = new ArrayList<>();
    private Kernel kernel;
    private World world;
    private GeneratedLoad workload;
    private boolean draining;
    private Optional<CrashDrill> drill = Optional.empty();

    private Simulation(Scenario scenario) {
        this.scenario = scenario;
        this.dice = Dice.of(scenario.seed(), 3);
        this.planning = Dice.of(scenario.seed(), 4);
        this.scripted = new ScriptedDevice(scenario, tally);
        this.planner = new FirstFitPlanner(scenario.machine());
        this.setting = new KernelSetting(scenario.machine(), scenario.limits(), scenario.policy());
        this.kernel = setting.boot();
        this.simulated =
                scenario.kind() == Scenario.Kind.SIMULATED
                        ? Optional.of(simulated(scenario.machine(), scenario.seed()))
                        : Optional.empty();
        enter(new World(scenario, tally));
    }

    private static SimulatedDevice simulated(MachineShape shape, long seed) {
        var model = new MachineModel(shape, "for a simulation", List.of());
        return new SimulatedDevice(Simulators::choose, model, seed);
    }

    private void enter(World other) {
        world = other;
        workload = new GeneratedLoad(scenario, world, dice, this::call);
    }

    /// Runs one seed to its end or to the first law that does not hold.
    public static Outcome run(long seed, SimulationRequest request) {
        var simulation = new Simulation(new Scenario(seed, request));
        Tally tally = simulation.tally;
        tally.runs = 1;
        try {
            simulation.run();
            return new Outcome.Held(tally);
        } catch (LawBroken broken) {
            return simulation.broken(broken.law, broken.getMessage());
        } finally {
            simulation.drill.ifPresent(CrashDrill::clean);
        }
    }

    private Outcome broken(Law law, String what) {
        List<String> events = new ArrayList<>();
        events.add(scenario.toString());
        for (Step step : steps) {
            events.add(
                    "%d  %s -> %s"
                            .formatted(step.epoch(), World.tell(step.input()), step.notices()));
        }
        for (JobTrack job : world.jobs()) events.add(waiting(job));
        return new Outcome.Broken(scenario.seed(), world.epoch(), law, what, events, tally);
    }

    private void run() {
        if (scenario.kind() == Scenario.Kind.CRASHING) {
            drill = Optional.of(CrashDrill.begin(setting, Dice.of(scenario.seed(), 5)));
        }
        workload.begin();
        while (world.epoch() < scenario.epochs()) {
            workload.act();
            epoch();
            if (drill.isPresent() && drill.get().strikes()) crash();
        }
        world.service().compareShares();
        drain();
        if (scenario.kind() == Scenario.Kind.REPEATED) {
            new RepeatedRun(setting, inputs, digests, Dice.of(scenario.seed(), 6)).check();
        }
    }

    /// Ends every job.
    private void drain() {
        scripted.calm();
        draining = true;
        long end = world.epoch() + DRAIN_EPOCHS * Math.max(1, scenario.policy().partitions());
        while (!world.jobs().isEmpty()) {
            if (world.epoch() >= end) {
                String left =
                        world.jobs().stream().map(this::waiting).collect(Collectors.joining(", "));
                throw new LawBroken(Law.ENDS_SURELY, "these jobs do not end: " + left);
            }
            workload.settle();
            epoch();
        }
    }

    private String waiting(JobTrack job) {
        var session = new org.qmk.kernel.call.SessionId(job.session);
        String status = kernel.status(session, job.id).map(Object::toString).orElse("");
        return "%s of %d blocks, %s: %s".formatted(job, job.facts.slots, job.policy, status);
    }

    private List<Notice> call(Input input) {
        drill.ifPresent(on -> on.input(input));
        if (scenario.kind() == Scenario.Kind.REPEATED) inputs.add(input);
        List<Notice> notices;
        try {
            notices = kernel.step(input);
        } catch (RuntimeException thrown) {
            steps.add(new Step(world.epoch(), input, List.of()));
            StackTraceElement where = thrown.getStackTrace()[0];
            throw new LawBroken(Law.KERNEL_STANDS, thrown + " at " + where, thrown);
        }
        steps.add(new Step(world.epoch(), input, notices));
        if (steps.size() > EVENTS) steps.remove();
        tally.inputs++;
        world.took(input, notices);
        for (Notice notice : notices) {
            if (!(notice instanceof Notice.EpochClosed closed)) continue;
            digests.add(closed.digest());
            drill.ifPresent(on -> on.acknowledge(closed));
        }
        return notices;
    }

    private void epoch() {
        place();
        if (planning.oneIn(500)) call(new Input.Purify(1000, Purification.DEJMPS, 1));
        List<Notice> begun = call(new Input.Begin(routes()));
        if (planning.oneIn(300)) call(new Input.Begin());
        if (!(begun.getLast() instanceof Notice.Planned(var plan))) {
            throw new LawBroken(Law.PLAN_TRUE, "no epoch begins: " + begun);
        }
        if (!draining && dice.oneIn(16)) workload.act();
        finish(plan);
    }

    /// Routes for what the kernel asks for, sometimes wrong ones.
    private List<Route> routes() {
        List<RouteRequest> requests = kernel.routeRequests();
        List<Route> right = requests.isEmpty() ? List.of() : planner.route(requests);
        boolean wrong = !right.isEmpty() && !draining && planning.oneIn(8);
        world.service().misrouted = wrong;
        return wrong ? new Misrouting(planner, planning).routes(requests, right) : right;
    }

    private void finish(EpochPlan plan) {
        EpochReport report =
                simulated.isPresent()
                        ? simulated.get().execute(plan)
                        : scripted.execute(plan, world);
        if (planning.oneIn(300)) {
            call(new Input.Report(new EpochReport(plan.epoch() + 1, List.of(), List.of())));
        }
        call(new Input.Report(report));
        tally.epochs++;
        world.blocks().compare(kernel.freeExtents(), world.epoch() + 1);
        var sessions = world.capabilities().sessions;
        Integer next = sessions.ceilingKey((int) (world.epoch() % 16));
        if (next == null && !sessions.isEmpty()) next = sessions.lastKey();
        if (next != null) {
            var id = new org.qmk.kernel.call.SessionId(next);
            world.capabilities().compare(next, kernel.held(id));
        }
    }

    /// Proposes blocks for what the kernel wants, sometimes the wrong ones.
    private void place() {
        TreeSet<JobId> passed = new TreeSet<>();
        for (int tries = 0; tries < 64; tries++) {
            Optional<Kernel.Wanted> next = Optional.empty();
            for (Kernel.Wanted wanted : kernel.wanted()) {
                if (passed.contains(wanted.job())) continue;
                next = Optional.of(wanted);
                break;
            }
            if (next.isEmpty()) return;
            Kernel.Wanted wanted = next.get();
            passed.add(wanted.job());
            if (wanted.moves() && planning.oneIn(4)) continue;
            Placement right = wanted.blocks() == 0 ? Placement.NOWHERE : somewhere(wanted);
            if (right.blocks() != wanted.blocks()) continue;
            if (!scenario.saturated() && planning.oneIn(24)) {
                call(new Input.Propose(wanted.job(), workload.wrong(right)));
                continue;
            }
            call(new Input.Propose(wanted.job(), right));
        }
    }

    /// A place in some of the modules if they will do, else in the fewest of all.
    private Placement somewhere(Kernel.Wanted wanted) {
        List<Extent> free = kernel.freeExtents(wanted);
        Placement fewest = planner.propose(free, wanted.shots(), wanted.slots());
        int size = scenario.machine().blocksPerModule();
        int without = planning.below(scenario.machine().modules()) * size;
        List<Extent> some = new ArrayList<>();
        for (Extent extent : free) {
            int before = Math.min(extent.end(), without) - extent.start();
            int after = Math.max(extent.start(), without + size);
            if (before > 0) some.add(new Extent(extent.start(), before));
            if (after < extent.end()) some.add(new Extent(after, extent.end() - after));
        }
        Placement other = planner.propose(some, wanted.shots(), wanted.slots());
        boolean as = other.blocks() == fewest.blocks() && modules(other) <= modules(fewest);
        return as ? other : fewest;
    }

    private int modules(Placement placement) {
        TreeSet<Integer> modules = new TreeSet<>();
        for (Extent extent : placement.extents()) {
            for (int block = extent.start(); block < extent.end(); block++) {
                modules.add(block / scenario.machine().blocksPerModule());
            }
        }
        return modules.size();
    }

    /// The process ends, and another goes on from what its journal holds.
    private void crash() {
        tally.injected(Mishap.CRASH);
        var fresh = new World(scenario, new Tally());
        CrashDrill.Again again = drill.get().crash(fresh::took);
        kernel = again.kernel();
        while (digests.size() > again.epochs()) digests.removeLast();
        fresh.speakTo(tally);
        enter(fresh);
        again.open().ifPresent(this::finish);
    }
}
