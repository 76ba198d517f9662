package org.qmk.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.qmk.machine.magic.FactoryFamily;
import org.qmk.machine.magic.PipelineSearch;
import org.qmk.machine.magic.StateFactory;
import org.qmk.machine.magic.StateNeeds;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.ErrorLaw;

/// Estimates one program on one choice of parameters, as Azure's estimator does: the same distance,
/// the same factory, as many copies as keep up. Source: arXiv:2211.07629; Azure Quantum Resource
/// Estimator.
public final class Estimator {

    private final LogicalCounts counts;
    private final JobParameters job;
    private final CodeProfile profile;
    private final double physicalError;
    private final ErrorBudget budget;

    /// Magic states of the kind that the factories make.
    private final long states;

    private final long programCycles;

    private Estimator(LogicalCounts counts, JobParameters job) throws EstimateFailure {
        this.counts = counts;
        this.job = job;
        profile = job.profile();
        physicalError = job.qubit().error();
        budget = job.budgetFor(counts);
        states = job.factories().states(needs());
        programCycles = cycles();
    }

    /// What the job asks for: one estimate, or the frontier, by rising runtime.
    ///
    /// @throws EstimateFailure if there is none
    public static List<ResourceEstimate> estimates(LogicalCounts counts, JobParameters job)
            throws EstimateFailure {
        try {
            var estimator = new Estimator(counts, job);
            estimator.check();
            Constraints c = job.constraints();
            if (job.frontier()) {
                return estimator.frontier();
            }
            if (c.maxDurationNanos().isPresent()) {
                return List.of(estimator.within(c.maxDurationNanos(), OptionalLong.empty()));
            }
            if (c.maxPhysicalQubits().isPresent()) {
                return List.of(estimator.within(OptionalLong.empty(), c.maxPhysicalQubits()));
            }
            return List.of(estimator.unrestricted());
        } catch (ArithmeticException overflow) {
            throw new EstimateFailure(
                    EstimateRule.SIZE,
                    "a number of the estimate does not fit 64 bits. Estimate a part of the"
                            + " program.");
        }
    }

    private long cycles() throws EstimateFailure {
        long cycles = counts.cycles(budget.rotations());
        OptionalDouble factor = job.constraints().logicalDepthFactor();
        if (factor.isPresent()) {
            if (factor.getAsDouble() < 1) {
                throw new EstimateFailure(
                        EstimateRule.DEPTH_FACTOR,
                        "logicalDepthFactor is %s, expected 1 or more."
                                .formatted(factor.getAsDouble()));
            }
            cycles = (long) Math.ceil(cycles * factor.getAsDouble());
        }
        if (cycles == 0 && states == 0) {
            throw new EstimateFailure(
                    EstimateRule.NOTHING,
                    "the program has no magic state and no measurement, expected one of them. A"
                            + " program of Clifford gates alone takes no time by this estimate.");
        }
        return cycles;
    }

    private void check() throws EstimateFailure {
        if (profile.circuit().instructions() != job.qubit().instructions()) {
            throw new EstimateFailure(
                    EstimateRule.INSTRUCTIONS,
                    "the code %s runs on %s qubits, and the qubits are %s. Change one of them."
                            .formatted(
                                    profile.name(),
                                    profile.circuit().instructions().word(),
                                    job.qubit().instructions().word()));
        }
        if (profile.noise().law() instanceof ErrorLaw.Threshold law
                && job.qubit().cliffordError() >= law.threshold()) {
            throw new EstimateFailure(
                    EstimateRule.THRESHOLD,
                    "the physical error rate is %s, expected less than the threshold %s of %s."
                            .formatted(
                                    job.qubit().cliffordError(), law.threshold(), profile.name()));
        }
        for (int distance : profile.distances()) {
            if (distance < 3 && profile.distances().size() > 1) continue;
            if (profile.qubits(distance) > 0 && profile.cycleNanos(job.qubit(), distance) > 0) {
                continue;
            }
            throw new EstimateFailure(
                    EstimateRule.FORMULA,
                    "a formula of the code %s gives 0 or less at distance %d."
                            .formatted(profile.name(), distance));
        }
        Constraints c = job.constraints();
        boolean both = c.maxDurationNanos().isPresent() && c.maxPhysicalQubits().isPresent();
        boolean bound =
                c.maxDurationNanos().isPresent()
                        || c.maxPhysicalQubits().isPresent()
                        || c.maxTFactories().isPresent();
        if (both || job.frontier() && bound) {
            throw new EstimateFailure(
                    EstimateRule.CONSTRAINTS,
                    "expected at most one of maxDuration and maxPhysicalQubits, and none of them"
                            + " and no maxTFactories for a frontier.");
        }
    }

    /// The least cost: the least distance, and then the factory of the least volume.
    private ResourceEstimate unrestricted() throws EstimateFailure {
        long cycles = programCycles;
        while (true) {
            double required = requiredError(cycles);
            ResourceEstimate.LogicalQubit qubit = qubit(leastDistance(required));
            if (states == 0) return estimate(qubit, cycles, required, Optional.empty());
            long most = cyclesMax(qubit);
            Optional<Choice> choice = cheapest(qubit, factories(qubit.distance()), cycles, most);
            if (choice.isPresent()) {
                StateFactory factory = choice.get().factory;
                long needed = choice.get().cycles;
                return estimate(
                        qubit,
                        needed,
                        required,
                        Optional.of(magic(factory, copies(factory, qubit, needed))));
            }
            // A program that takes longer may have a larger distance, and so better factories. One
            // cycle more is less than a double tells apart where there are very many.
            long step = 1 + (cycles >>> 40);
            cycles = Math.addExact(Math.max(most, cycles), step);
            if (cycles > longest(qubit)) throw noFactory();
        }
    }

    /// @param cycles that the run takes with it
    private record Choice(StateFactory factory, long cycles) {}

    private Optional<Choice> cheapest(
            ResourceEstimate.LogicalQubit qubit,
            List<StateFactory> factories,
            long cycles,
            long most) {
        long nanos = Math.multiplyExact(cycles, qubit.cycleNanos());
        OptionalLong copiesMax = job.constraints().maxTFactories();
        Comparator<Choice> byVolume =
                Comparator.comparingDouble(choice -> choice.factory.volumePerOutput());
        Optional<Choice> inTime =
                factories.stream()
                        .filter(factory -> factory.runNanos() <= nanos)
                        .filter(
                                factory ->
                                        copiesMax.isEmpty()
                                                || copies(factory, qubit, cycles)
                                                        <= copiesMax.getAsLong())
                        .map(factory -> new Choice(factory, cycles))
                        .min(byVolume);
        if (inTime.isPresent()) return inTime;
        return factories.stream()
                .map(factory -> new Choice(factory, stretched(factory, qubit, copiesMax)))
                .filter(choice -> choice.cycles <= most)
                .min(byVolume.thenComparingLong(Choice::cycles));
    }

    /// Cycles until the factory has run once, or as often as the allowed copies must.
    private long stretched(
            StateFactory factory, ResourceEstimate.LogicalQubit qubit, OptionalLong copies) {
        if (copies.isPresent()) return cyclesFor(factory, qubit, copies.getAsLong());
        return Math.ceilDiv(factory.runNanos(), qubit.cycleNanos());
    }

    /// The least qubits within a duration, or the least duration within a number of qubits.
    private ResourceEstimate within(OptionalLong nanos, OptionalLong qubits)
            throws EstimateFailure {
        double required = requiredError(programCycles);
        int least = leastDistance(required);
        EstimateFailure tooSmall = tooSmall(nanos);
        if (states == 0) {
            ResourceEstimate only =
                    estimate(qubit(least), programCycles, required, Optional.empty());
            if (only.runtimeNanos() <= nanos.orElse(Long.MAX_VALUE)
                    && only.physicalQubits() <= qubits.orElse(Long.MAX_VALUE)) {
                return only;
            }
            throw tooSmall;
        }
        Comparator<ResourceEstimate> better =
                nanos.isPresent()
                        ? Comparator.comparingLong(ResourceEstimate::physicalQubits)
                        : Comparator.comparingLong(ResourceEstimate::runtimeNanos);
        ResourceEstimate best = null;
        var pool = new FactoryPool(this);
        for (int distance : profile.distances().reversed()) {
            if (distance < least) break;
            ResourceEstimate.LogicalQubit qubit = qubit(distance);
            long most = cyclesMax(qubit);
            if (nanos.isPresent()) most = Math.min(most, nanos.getAsLong() / qubit.cycleNanos());
            if (most < programCycles) continue;
            List<ResourceEstimate> found =
                    nanos.isPresent()
                            ? fewest(qubit, pool.at(distance), most, required)
                            : fastest(qubit, pool, most, required, qubits.getAsLong());
            for (ResourceEstimate estimate : found) {
                if (best == null || better.compare(estimate, best) < 0) best = estimate;
            }
        }
        if (best == null) throw tooSmall;
        return best;
    }

    private static EstimateFailure tooSmall(OptionalLong nanos) {
        return nanos.isPresent()
                ? new EstimateFailure(
                        EstimateRule.DURATION, "nothing is within maxDuration. Allow a longer one.")
                : new EstimateFailure(
                        EstimateRule.QUBITS, "nothing is within maxPhysicalQubits. Allow more.");
    }

    private List<ResourceEstimate> fewest(
            ResourceEstimate.LogicalQubit qubit,
            List<StateFactory> factories,
            long most,
            double required) {
        List<ResourceEstimate> found = new ArrayList<>();
        for (StateFactory factory : factories) {
            if (Math.ceilDiv(factory.runNanos(), qubit.cycleNanos()) > most) continue;
            long copies = copies(factory, qubit, most);
            if (copies > job.constraints().maxTFactories().orElse(Long.MAX_VALUE)) continue;
            long cycles = Math.max(cyclesFor(factory, qubit, copies), programCycles);
            found.add(estimate(qubit, cycles, required, Optional.of(magic(factory, copies))));
        }
        return found;
    }

    private List<ResourceEstimate> fastest(
            ResourceEstimate.LogicalQubit qubit,
            FactoryPool pool,
            long most,
            double required,
            long qubitsMax)
            throws EstimateFailure {
        long program =
                Math.multiplyExact(
                        Math.ceilDiv(counts.patches(), qubit.logicalQubits()), qubit.qubits());
        if (qubitsMax <= program) return List.of();
        long room = qubitsMax - program;
        Optional<StateFactory> factory =
                pool.at(qubit.distance()).stream()
                        .filter(candidate -> candidate.qubits() <= room)
                        .min(Comparator.comparingDouble(StateFactory::volumePerOutput));
        if (factory.isEmpty()) return List.of();
        long copies = room / factory.get().qubits();
        long cycles = Math.max(cyclesFor(factory.get(), qubit, copies), programCycles);
        boolean many = copies > job.constraints().maxTFactories().orElse(Long.MAX_VALUE);
        if (cycles > most || many) return List.of();
        return List.of(
                estimate(qubit, cycles, required, Optional.of(magic(factory.get(), copies))));
    }

    /// Everything that nothing else beats in both qubits and runtime.
    private List<ResourceEstimate> frontier() throws EstimateFailure {
        double required = requiredError(programCycles);
        int least = leastDistance(required);
        if (states == 0) {
            return List.of(estimate(qubit(least), programCycles, required, Optional.empty()));
        }
        var points = new FrontierPoints();
        var pool = new FactoryPool(this);
        for (int distance : profile.distances().reversed()) {
            if (distance < least) break;
            ResourceEstimate.LogicalQubit qubit = qubit(distance);
            List<StateFactory> factories = pool.at(distance);
            long most = cyclesMax(qubit);
            if (most < programCycles) continue;
            for (StateFactory factory : factories) {
                if (Math.ceilDiv(factory.runNanos(), qubit.cycleNanos()) > most) continue;
                points.addAll(copiesOf(factory, qubit, most, required));
            }
        }
        List<ResourceEstimate> frontier = points.sorted();
        if (frontier.isEmpty()) throw noFactory();
        return frontier;
    }

    /// With so many copies as are needed at least, and with one more, until more make it no faster.
    private Iterable<ResourceEstimate> copiesOf(
            StateFactory factory, ResourceEstimate.LogicalQubit qubit, long most, double required) {
        List<ResourceEstimate> found = new ArrayList<>();
        for (long copies = copies(factory, qubit, most); ; copies++) {
            long needed = cyclesFor(factory, qubit, copies);
            long cycles = Math.max(needed, programCycles);
            ResourceEstimate.Magic magic = magic(factory, copies);
            // Copies that change nothing but the number of qubits are beaten by fewer of them.
            if (found.isEmpty() || cycles < found.getLast().cycles()) {
                found.add(estimate(qubit, cycles, required, Optional.of(magic)));
            }
            if (needed <= programCycles || magic.runs() <= 1) return found;
        }
    }

    private StateNeeds needs() {
        long cczStates = Math.addExact(counts.cczCount(), counts.ccixCount());
        return new StateNeeds(counts.tStatesApart(budget.rotations()), cczStates);
    }

    /// The factories for a distance of the program's code.
    List<StateFactory> factories(int distance) throws EstimateFailure {
        double required = budget.tStates() / states;
        boolean same = job.magicProfile().equals(profile);
        boolean pipelines = job.factories() == FactoryFamily.PIPELINES;
        List<? extends StateFactory> factories =
                pipelines
                        ? PipelineSearch.find(
                                job.magicProfile(),
                                job.qubit(),
                                job.units(),
                                required,
                                same ? distance : job.magicProfile().code().distanceMost(),
                                job.constraints().maxDistillationRounds())
                        : job.factories().find(job.magicProfile(), job.qubit(), needs(), required);
        boolean larger = pipelines && same && distance < profile.distances().getLast();
        if (factories.isEmpty() && !larger) throw noFactory();
        return List.copyOf(factories);
    }

    private EstimateFailure noFactory() {
        return new EstimateFailure(
                EstimateRule.FACTORY,
                "none of the %s gives states with an error of %s or less."
                                .formatted(job.factories().word(), budget.tStates() / states)
                        + " Allow a larger error budget, more rounds, or other factories.");
    }

    private ResourceEstimate.Magic magic(StateFactory factory, long copies) {
        long perRun = Math.multiplyExact(copies, factory.outputs());
        return new ResourceEstimate.Magic(
                factory, copies, Math.ceilDiv(states, perRun), budget.tStates() / states);
    }

    private long copies(StateFactory factory, ResourceEstimate.LogicalQubit qubit, long cycles) {
        long runs = Math.multiplyExact(cycles, qubit.cycleNanos()) / factory.runNanos();
        return Math.ceilDiv(states, Math.multiplyExact(runs, factory.outputs()));
    }

    private long cyclesFor(StateFactory factory, ResourceEstimate.LogicalQubit qubit, long copies) {
        long runs = Math.ceilDiv(states, Math.multiplyExact(copies, factory.outputs()));
        return Math.ceilDiv(Math.multiplyExact(runs, factory.runNanos()), qubit.cycleNanos());
    }

    private ResourceEstimate estimate(
            ResourceEstimate.LogicalQubit qubit,
            long cycles,
            double required,
            Optional<ResourceEstimate.Magic> magic) {
        return new ResourceEstimate(
                counts,
                budget,
                qubit,
                counts.cycles(budget.rotations()),
                cycles,
                counts.tStates(budget.rotations()),
                counts.tPerRotation(budget.rotations()),
                required,
                magic);
    }

    private long blocks() {
        return Math.ceilDiv(counts.patches(), profile.code().logicalQubits());
    }

    /// Of a patch or block in a cycle.
    private double requiredError(long cycles) {
        return budget.logical() / Math.multiplyExact(blocks(), cycles);
    }

    private long cyclesMax(ResourceEstimate.LogicalQubit qubit) {
        double cycles = Math.floor(budget.logical() / (blocks() * qubit.error()));
        return (long) Math.min(cycles, longest(qubit));
    }

    /// Cycles whose time in nanoseconds fits 64 bits with room to spare.
    private static long longest(ResourceEstimate.LogicalQubit qubit) {
        return Long.MAX_VALUE / 4 / qubit.cycleNanos();
    }

    private ResourceEstimate.LogicalQubit qubit(int distance) throws EstimateFailure {
        return new ResourceEstimate.LogicalQubit(
                distance,
                profile.qubits(distance),
                profile.code().logicalQubits(),
                profile.cycleNanos(job.qubit(), distance),
                error(distance));
    }

    private double error(int distance) throws EstimateFailure {
        OptionalDouble error = profile.errorPerCycle(physicalError, distance);
        if (error.isPresent()) return error.getAsDouble();
        throw new EstimateFailure(
                EstimateRule.RATE,
                "the profile %s says no error rate at a physical rate of %s. Use another rate, or a"
                                .formatted(profile.name(), physicalError)
                        + " profile with a measured one.");
    }

    /// The least distance whose error is low enough.
    private int leastDistance(double required) throws EstimateFailure {
        if (profile.noise().law() instanceof ErrorLaw.Threshold law
                && law.power() == 0
                && profile.unit().cycle() == CodeProfile.Cycle.LOGICAL_CYCLE) {
            return checked(byLogarithm(law, required), required);
        }
        for (int distance : profile.distances()) {
            if (error(distance) <= required) return distance;
        }
        throw tooFar(required);
    }

    /// Azure inverts the law, which differs from a search where the two round differently.
    private int byLogarithm(ErrorLaw.Threshold law, double required) {
        double up = 2 * Math.log(law.prefactor() / required);
        double down = Math.log(law.threshold() / physicalError);
        double distance = Math.ceil(up / down - 1);
        return Math.max(0, (int) Math.min(distance, 1 << 20)) | 1;
    }

    private int checked(int distance, double required) throws EstimateFailure {
        if (distance > profile.code().distanceMost()) throw tooFar(required);
        return distance;
    }

    private EstimateFailure tooFar(double required) {
        return new EstimateFailure(
                EstimateRule.DISTANCE,
                "the code %s has no distance with an error of %s or less in a cycle. Allow a larger"
                                .formatted(profile.name(), required)
                        + " error budget.");
    }
}
