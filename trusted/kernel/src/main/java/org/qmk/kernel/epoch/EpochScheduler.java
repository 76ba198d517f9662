package org.qmk.kernel.epoch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Operand;

/// Decides what each epoch does. Changes nothing.
///
/// An epoch is opened, carried out by the device, and closed by its report. Between two epochs
/// waiting jobs are given blocks, one at a time, by tenant, round robin, each tenant's jobs first
/// come first served; a job whose turn has come and that does not fit holds its turn, so that a
/// wide job is not passed by for ever. In an epoch running jobs are served round robin: each round
/// begins with the job that has waited longest to be first, and each job in turn issues nodes of
/// its current layer while the machine's operations of the epoch last.
public final class EpochScheduler {

    /// What the decision needs to know from outside its own tables.
    public interface Surroundings {

        /// Whether the job's session still holds what the job's program needs.
        boolean mayRun(Job job);

        /// Blocks that the job's tenant may hold at once.
        int quota(Job job);

        /// Blocks that nobody holds.
        int freeBlocks();

        /// Blocks that the job holds.
        int heldBlocks(Job job);

        /// Most shots of a wave of the job, however much is free.
        int waveShotsMax(Job job);
    }

    /// Nodes of a job to issue: those before the position `end` that are not yet issued.
    public record Stretch(Job job, int end) {}

    /// The wave that could begin next.
    public record Want(Job job, int shots) {
        public int blocks() {
            return shots * job.slots();
        }
    }

    /// What an epoch begins with.
    ///
    /// @param round the jobs that are served, in their order
    /// @param changes new states of jobs, by number
    public record Opening(
            List<Job> starts,
            List<Job> round,
            List<Stretch> stretches,
            List<Notice.JobChanged> changes,
            EpochPlan plan) {}

    /// What an epoch ends with.
    ///
    /// @param waveEnds jobs whose wave is over, for whatever reason
    /// @param changes new states of jobs, by number
    public record Closing(List<Job> waveEnds, List<Notice.JobChanged> changes) {}

    private final JobTable table;
    private final Surroundings surroundings;
    private final int operationsPerEpoch;

    public EpochScheduler(JobTable table, Surroundings surroundings, int operationsPerEpoch) {
        this.table = table;
        this.surroundings = surroundings;
        this.operationsPerEpoch = operationsPerEpoch;
    }

    /// What the next epoch does.
    public Opening open() {
        List<Job> round = new ArrayList<>();
        List<Job> starts = new ArrayList<>();
        List<Notice.JobChanged> changes = new ArrayList<>();
        for (Job job : table.all()) {
            // What lost its rights since the last epoch does nothing more, and ends with this one.
            if (!job.running() || !surroundings.mayRun(job)) continue;
            round.add(job);
            if (job.started) continue;
            starts.add(job);
            changes.add(new Notice.JobChanged(job.id, JobState.RUNNING, EndCause.NONE));
        }
        // Stable: by number among those that have waited equally long.
        round.sort(Comparator.comparingLong(job -> job.firstAt));
        List<Stretch> stretches = serve(round);
        return new Opening(starts, round, stretches, changes, plan(starts, stretches));
    }

    /// What the report of the open epoch means.
    public Closing close(EpochReport report) {
        List<Job> waveEnds = new ArrayList<>();
        List<Notice.JobChanged> changes = new ArrayList<>();
        TreeMap<JobId, EndCause> troubles = troubles(report);
        for (Job job : table.all()) {
            EndCause end = end(job, troubles);
            if (end != EndCause.NONE) {
                if (job.running()) waveEnds.add(job);
                changes.add(new Notice.JobChanged(job.id, stateAfter(end), end));
            } else if (job.waveOver()) {
                waveEnds.add(job);
                changes.add(new Notice.JobChanged(job.id, JobState.QUEUED, EndCause.NONE));
            }
        }
        return new Closing(waveEnds, changes);
    }

    /// The wave that blocks should be proposed for next, if one can begin.
    public Optional<Want> nextWant() {
        List<Job> waiting = new ArrayList<>();
        TreeMap<Integer, Long> held = new TreeMap<>();
        for (Job job : table.all()) {
            held.merge(job.tenant.number(), (long) surroundings.heldBlocks(job), Long::sum);
            boolean waits = !job.running() && !job.cancelled;
            if (waits && surroundings.mayRun(job)) waiting.add(job);
        }
        int free = surroundings.freeBlocks();
        for (Job job : inTurn(waiting)) {
            long quotaLeft = surroundings.quota(job) - held.get(job.tenant.number());
            if (quotaLeft < job.slots()) continue;
            if (free < job.slots()) break;
            long share = Math.min(quotaLeft, free / waiting.size());
            return Optional.of(new Want(job, waveShots(job, share)));
        }
        return Optional.empty();
    }

    /// Why the job ends now, or `NONE`.
    private EndCause end(Job job, TreeMap<JobId, EndCause> troubles) {
        EndCause trouble = troubles.get(job.id);
        if (trouble != null) return trouble;
        if (job.cancelled) return EndCause.CANCELLED_BY_OWNER;
        boolean lastWave = job.shotsDone + job.waveShots == job.policy.shots();
        if (job.waveOver() && lastWave) return EndCause.ALL_SHOTS_DONE;
        return surroundings.mayRun(job) ? EndCause.NONE : EndCause.CAPABILITY_GONE;
    }

    private static JobState stateAfter(EndCause cause) {
        return switch (cause) {
            case NONE -> JobState.RUNNING;
            case ALL_SHOTS_DONE -> JobState.COMPLETED;
            case CANCELLED_BY_OWNER -> JobState.CANCELLED;
            case DEVICE_FAULT, DEVICE_LIED, CAPABILITY_GONE -> JobState.FAILED;
        };
    }

    /// Jobs that the report says are lost, and jobs for which it is not what was asked for.
    private TreeMap<JobId, EndCause> troubles(EpochReport report) {
        TreeMap<JobId, EndCause> troubles = new TreeMap<>();
        TreeMap<JobId, List<EpochReport.Outcome>> byJob = new TreeMap<>();
        for (EpochReport.Outcome outcome : report.outcomes()) {
            byJob.computeIfAbsent(outcome.job(), _ -> new ArrayList<>()).add(outcome);
        }
        for (Job job : table.all()) {
            List<EpochReport.Outcome> outcomes = byJob.getOrDefault(job.id, List.of());
            if (!fits(job, outcomes)) troubles.put(job.id, EndCause.DEVICE_LIED);
        }
        for (EpochReport.Fault fault : report.faults()) {
            if (table.find(fault.job()).filter(Job::running).isPresent()) {
                troubles.put(fault.job(), EndCause.DEVICE_FAULT);
            }
        }
        return troubles;
    }

    /// Whether the outcomes are exactly the events of the nodes with the device, in their order.
    private static boolean fits(Job job, List<EpochReport.Outcome> outcomes) {
        Graph graph = job.program.graph();
        int words = (job.waveShots + 63) / 64;
        int spare = words * 64 - job.waveShots;
        int next = 0;
        for (int position = job.done; position < job.issued; position++) {
            int node = job.layers.node(position);
            for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
                if (Operand.kind(graph.operand(i)) != Operand.Kind.OUTPUT) continue;
                if (next == outcomes.size()) return false;
                EpochReport.Outcome outcome = outcomes.get(next++);
                if (outcome.event() != Operand.index(graph.operand(i))) return false;
                if (outcome.words() != words) return false;
                if (spare > 0 && outcome.word(words - 1) >>> 64 - spare != 0) return false;
            }
        }
        return next == outcomes.size();
    }

    /// What each job of the round issues.
    private List<Stretch> serve(List<Job> round) {
        List<Stretch> stretches = new ArrayList<>();
        long left = operationsPerEpoch;
        for (Job job : round) {
            int layerEnd =
                    job.issued == job.layers.size() ? job.issued : job.layers.layerEnd(job.issued);
            int end = job.issued;
            while (end < layerEnd) {
                Opcode opcode = job.program.graph().opcode(job.layers.node(end));
                long cost = opcode.inSoftware() ? 0 : job.waveShots;
                if (cost > left) break;
                left -= cost;
                end++;
            }
            if (end > job.issued) stretches.add(new Stretch(job, end));
        }
        return stretches;
    }

    /// @param share blocks that are the job's share; it gets one shot even if that takes more
    private int waveShots(Job job, long share) {
        long shots = job.policy.shots() - job.shotsDone;
        shots = Math.min(shots, Math.min(surroundings.waveShotsMax(job), operationsPerEpoch));
        if (job.slots() > 0) shots = Math.min(shots, share / job.slots());
        return (int) Math.max(1, shots);
    }

    /// The waiting jobs, one of each tenant in turn, beginning after the tenant served last.
    private List<Job> inTurn(List<Job> waiting) {
        TreeMap<Integer, List<Job>> byTenant = new TreeMap<>();
        for (Job job : waiting) {
            byTenant.computeIfAbsent(job.tenant.number(), _ -> new ArrayList<>()).add(job);
        }
        List<List<Job>> lines = new ArrayList<>(byTenant.tailMap(table.lastTurn(), false).values());
        lines.addAll(byTenant.headMap(table.lastTurn(), true).values());
        List<Job> queue = new ArrayList<>(waiting.size());
        for (int place = 0; !lines.isEmpty(); place++) {
            List<List<Job>> longer = new ArrayList<>();
            for (List<Job> line : lines) {
                queue.add(line.get(place));
                if (place + 1 < line.size()) longer.add(line);
            }
            lines = longer;
        }
        return queue;
    }

    private EpochPlan plan(List<Job> starts, List<Stretch> stretches) {
        List<EpochPlan.Start> planStarts = new ArrayList<>();
        for (Job job : starts) {
            planStarts.add(
                    new EpochPlan.Start(
                            job.id,
                            job.program.graph(),
                            job.policy.seed(),
                            job.shotsDone,
                            job.waveShots,
                            job.slots(),
                            job.placement));
        }
        List<EpochPlan.Issue> issues = new ArrayList<>();
        for (Stretch stretch : stretches) {
            int[] nodes = new int[stretch.end() - stretch.job().issued];
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = stretch.job().layers.node(stretch.job().issued + i);
            }
            issues.add(new EpochPlan.Issue(stretch.job().id, nodes));
        }
        return new EpochPlan(table.epoch() + 1, planStarts, issues, table.untoldEnds());
    }
}
