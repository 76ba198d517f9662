package org.qmk.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.JobId;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Resource;
import org.qmk.runtime.Fairness;
import org.qmk.runtime.KernelLoop;

/// Counts what tenants are given, and what they would be given by weight.
final class ServiceMeter {

    private final double[] capacity;
    private final int[] weights;

    private final TreeMap<JobId, SharedLoad.Offer> jobs = new TreeMap<>();

    /// Shots and blocks of the waves on the machine.
    private final TreeMap<JobId, EpochPlan.Start> waves = new TreeMap<>();

    /// By tenant: epochs of the whole machine that it was given, and that were its due.
    private final double[] given;

    private final double[] due;

    private final double[] used = new double[JobTemplate.SHARES];
    private long epochs;

    ServiceMeter(double[] capacity, int[] weights) {
        this.capacity = capacity;
        this.weights = weights;
        this.due = new double[weights.length];
        this.given = new double[weights.length];
    }

    void accepted(JobId job, SharedLoad.Offer offer) {
        jobs.put(job, offer);
    }

    /// The jobs that are in flight.
    Set<Map.Entry<JobId, SharedLoad.Offer>> inFlight() {
        return jobs.entrySet();
    }

    /// An epoch passed.
    ///
    /// @param counts whether what was given in it counts
    /// @param lacking by tenant: whether one of its jobs could have done more
    void passed(KernelLoop.Epoch epoch, boolean counts, boolean[] lacking) {
        EpochPlan plan = epoch.plan();
        plan.ends().forEach(waves::remove);
        for (EpochPlan.Start start : plan.starts()) waves.put(start.job(), start);
        if (counts) count(plan, lacking);
        for (Notice notice : epoch.notices()) {
            if (notice instanceof Notice.JobChanged(var job, var state, var _)) changed(job, state);
        }
    }

    private void changed(JobId job, JobState state) {
        if (state == JobState.QUEUED || state.isFinal()) waves.remove(job);
        if (state.isFinal()) jobs.remove(job);
    }

    private void count(EpochPlan plan, boolean[] lacking) {
        epochs++;
        for (EpochPlan.Start wave : waves.values()) {
            used[Resource.COUNT] += wave.placement().blocks() / capacity[Resource.COUNT];
        }
        double[][] shares = new double[weights.length][Resource.COUNT];
        for (EpochPlan.Issue issue : plan.issues()) {
            SharedLoad.Offer offer = jobs.get(issue.job());
            int shots = waves.get(issue.job()).shots();
            for (int place = 0; place < issue.size(); place++) {
                int[] cost = offer.template().facts.costs[issue.node(place)];
                for (int i = 0; i < cost.length; i++) {
                    double share = cost[i] * (double) shots / capacity[i];
                    shares[offer.tenant()][i] += share;
                    used[i] += share;
                }
            }
        }
        double[] dominant = new double[weights.length];
        for (int i = 0; i < dominant.length; i++) {
            dominant[i] = Arrays.stream(shares[i]).max().orElse(0);
            given[i] += dominant[i];
        }
        double[] fair = fair(dominant, lacking, weights);
        for (int i = 0; i < fair.length; i++) due[i] += fair[i];
    }

    /// Divides what was given anew, in proportion to weight, but to nobody more than he could use
    /// (weighted max-min fairness: Bertsekas and Gallager, Data Networks, section 6.5).
    ///
    /// @param given by tenant
    /// @param lacking by tenant: whether it could have used more than it was given
    static double[] fair(double[] given, boolean[] lacking, int[] weights) {
        double[] fair = new double[given.length];
        boolean[] settled = new boolean[given.length];
        double left = Arrays.stream(given).sum();
        boolean changed = true;
        while (changed) {
            changed = false;
            int all = 0;
            for (int i = 0; i < given.length; i++) if (!settled[i]) all += weights[i];
            double level = left / all;
            for (int i = 0; i < given.length; i++) {
                fair[i] = settled[i] ? fair[i] : level * weights[i];
                if (settled[i] || lacking[i] || given[i] > fair[i]) continue;
                fair[i] = given[i];
                left -= given[i];
                settled[i] = true;
                changed = true;
            }
        }
        return fair;
    }

    /// Jain's index over the tenants of what each was given, divided by what was its due.
    double jain() {
        List<Double> shares = new ArrayList<>();
        for (int i = 0; i < due.length; i++) if (due[i] > 0) shares.add(given[i] / due[i]);
        return Fairness.jain(shares);
    }

    /// Epochs of the whole machine that were used, by resource, and last of the blocks.
    List<Double> work() {
        return Arrays.stream(used).boxed().toList();
    }

    /// The same as shares of the epochs that passed.
    List<Double> use() {
        return Arrays.stream(used).mapToObj(work -> epochs == 0 ? 0 : work / epochs).toList();
    }
}
