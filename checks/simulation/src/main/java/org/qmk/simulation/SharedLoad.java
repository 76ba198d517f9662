package org.qmk.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Resource;
import org.qmk.machine.MachineModel;

/// The jobs of some tenants, from a seed: the same under every policy.
///
/// Tenant 1 is greedy: it asks for as much as all others together. What another asks for is in
/// proportion to its weight; weights are 1, 1, 2, 4, 1, 1, 2, 4 and so on. Each tenant has a taste
/// of its own in kinds of jobs. One in five jobs has a deadline.
public final class SharedLoad {

    /// More jobs than this take too long to be of use.
    private static final double JOBS_MAX = 100_000;

    private static final int[] WEIGHTS = {1, 1, 2, 4};
    private static final int TEMPLATES_OF_KIND = 8;
    private static final int DEADLINE_ONE_IN = 5;

    /// For `Dice.of`; a tenant's is `PURPOSE_TENANT` and its number from 0.
    private static final int PURPOSE_TEMPLATES = 11;

    private static final int PURPOSE_TENANT = 12;

    /// A job that comes.
    ///
    /// @param tenant from 0
    /// @param time in epochs from the beginning
    record Offer(int tenant, double time, JobTemplate template, JobPolicy policy) {}

    final SharingRequest request;
    final long seed;
    final double[] capacity;
    private final List<JobTemplate> templates = new ArrayList<>();
    final List<Offer> offers = new ArrayList<>();

    private SharedLoad(SharingRequest request, long seed) {
        this.request = request;
        this.seed = seed;
        this.capacity = capacity(request.machine());
    }

    /// @throws IllegalArgumentException if the load has too many jobs
    public static SharedLoad of(SharingRequest request, long seed) {
        var load = new SharedLoad(request, seed);
        Dice dice = Dice.of(seed, PURPOSE_TEMPLATES);
        MachineShape shape = request.machine().shape();
        for (JobKind kind : JobKind.values()) {
            for (int i = 0; i < TEMPLATES_OF_KIND; i++) {
                load.templates.add(JobTemplate.of(kind, dice, shape));
            }
        }
        for (JobTemplate template : load.templates) {
            SharedRun.alone(request.machine(), load.capacity, template, seed);
        }
        load.arrive();
        return load;
    }

    /// What an epoch gives of each resource on average, and the blocks.
    static double[] capacity(MachineModel model) {
        MachineShape shape = model.shape();
        double[] capacity = new double[JobTemplate.SHARES];
        capacity[Resource.OPERATIONS.ordinal()] = shape.rates().operations();
        capacity[Resource.LANES.ordinal()] = shape.rates().lanes();
        capacity[Resource.MEASUREMENTS.ordinal()] = shape.rates().measurements();
        double states = shape.factories().isEmpty() ? MachineShape.UNLIMITED : 0;
        for (int i = 0; i < shape.factories().size(); i++) {
            double failure = model.traits().factoryFailures().get(i) / 1000.0;
            states += shape.factories().get(i).statesPerEpoch() * (1 - failure);
        }
        capacity[Resource.MAGIC.ordinal()] = states;
        capacity[Resource.COUNT] = shape.blocks();
        return capacity;
    }

    static int weight(int tenant) {
        return WEIGHTS[tenant % WEIGHTS.length];
    }

    private void arrive() {
        int tenants = request.tenants();
        Dice[] dice = new Dice[tenants];
        int[][] tastes = new int[tenants][];
        double[] rates = new double[tenants];
        double[] asked = new double[JobTemplate.SHARES];
        int weights = 0;
        for (int i = 1; i < tenants; i++) weights += weight(i);
        for (int i = 0; i < tenants; i++) {
            dice[i] = Dice.of(seed, PURPOSE_TENANT + i);
            tastes[i] = new int[JobKind.values().length];
            for (int kind = 0; kind < tastes[i].length; kind++)
                tastes[i][kind] = dice[i].from(1, 4);
            double[] mean = mean(tastes[i]);
            double part = i == 0 ? 0.5 : 0.5 * weight(i) / weights;
            rates[i] = part / Arrays.stream(mean).max().orElseThrow();
            for (int j = 0; j < asked.length; j++) asked[j] += rates[i] * mean[j];
        }
        double scale = request.loadPercent() / 100.0 / Arrays.stream(asked).max().orElseThrow();
        double jobs = Arrays.stream(rates).sum() * scale * request.epochs();
        if (jobs > JOBS_MAX) {
            throw new IllegalArgumentException(
                    "the load has %.0f jobs, expected at most %.0f".formatted(jobs, JOBS_MAX));
        }
        for (int i = 0; i < tenants; i++) arrive(i, dice[i], tastes[i], 1 / (rates[i] * scale));
        offers.sort(Comparator.comparingDouble(Offer::time).thenComparingInt(Offer::tenant));
    }

    /// The work of a job on average.
    private double[] mean(int[] taste) {
        double[] mean = new double[JobTemplate.SHARES];
        double all = (double) Arrays.stream(taste).sum() * TEMPLATES_OF_KIND;
        for (int i = 0; i < templates.size(); i++) {
            double chance = taste[i / TEMPLATES_OF_KIND] / all;
            for (int j = 0; j < mean.length; j++) mean[j] += chance * templates.get(i).work.get(j);
        }
        return mean;
    }

    private void arrive(int tenant, Dice dice, int[] taste, double gap) {
        Arrivals.Clock clock = request.arrivals().clock(dice, gap);
        int all = Arrays.stream(taste).sum();
        for (double time = clock.next(); time < request.epochs(); time = clock.next()) {
            int place = dice.below(all);
            int kind = 0;
            while (place >= taste[kind]) place -= taste[kind++];
            JobTemplate template =
                    templates.get(kind * TEMPLATES_OF_KIND + dice.below(TEMPLATES_OF_KIND));
            long deadline = dice.oneIn(DEADLINE_ONE_IN) ? template.alone * dice.from(4, 12) : 0;
            var policy = new JobPolicy(template.shots, dice.bits(), 0, deadline);
            offers.add(new Offer(tenant, time, template, policy));
        }
    }

    /// What became of it under a policy.
    public SharingFigures under(Policy.Order order) {
        return SharedRun.of(this, order);
    }
}
