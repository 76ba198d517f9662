package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.qmk.runtime.NearestRank;
import org.qmk.runtime.WaitStatistics;

/// What became of a load under a policy.
///
/// @param jobs all that were accepted; all of them ended
/// @param asked jobs that came with a deadline
/// @param refused those of them that were not accepted, since it could not be kept
/// @param jain see `ServiceMeter.jain`
/// @param use by resource, and last of the blocks: the mean share that was in use while jobs came
/// @param epochs until the last job ended
public record SharingFigures(
        List<Job> jobs, int asked, int refused, double jain, List<Double> use, long epochs) {

    /// @param tenant from 0
    /// @param waited epochs from the first that it could have run in to the first that it ran in
    /// @param slowdown epochs from acceptance to end, divided by those that it takes alone
    /// @param late whether it had a deadline and ended after it
    public record Job(int tenant, long waited, double slowdown, boolean late) {}

    public SharingFigures {
        jobs = List.copyOf(jobs);
        use = List.copyOf(use);
    }

    private List<Job> jobs(Predicate<Job> which) {
        return jobs.stream().filter(which).toList();
    }

    /// How long some of the jobs waited.
    public WaitStatistics waits(Predicate<Job> which) {
        return WaitStatistics.of(jobs(which).stream().map(Job::waited).toList());
    }

    /// A percentile of the slowdowns of some of the jobs, 0 if there are none.
    public double slowdown(Predicate<Job> which, int percent) {
        List<Double> sorted = new ArrayList<>();
        for (Job job : jobs(which)) sorted.add(job.slowdown());
        sorted.sort(null);
        return sorted.isEmpty() ? 0 : NearestRank.of(sorted, percent);
    }

    /// Jobs that were accepted with a deadline and ended after it.
    public int missed() {
        return jobs(Job::late).size();
    }
}
