package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Policy;

/// What was issued of each wave and which outcomes were told, held against the program.
final class WaveLedger {

    private final boolean lateness;
    private final int latenessMax;
    private final int parts;

    WaveLedger(MachineShape machine, Policy policy) {
        this.lateness = machine.rates().decoderRounds() < MachineShape.UNLIMITED;
        this.latenessMax = policy.latenessMax();
        this.parts = Math.max(1, policy.partitions());
    }

    /// Nodes are carried out.
    void issue(JobTrack job, EpochPlan.Issue issue, long epoch) {
        ProgramFacts facts = job.facts;
        boolean awaits = job.arrived < job.expected;
        for (int i = 0; i < issue.size(); i++) {
            int node = issue.node(i);
            LawBroken.unless(
                    node >= 0 && node < facts.size && job.issuedIn[node] == 0,
                    Law.ORDER_KEPT,
                    "node " + node + " of " + job + " is issued twice");
            for (int earlier : facts.before[node]) {
                long when = job.issuedIn[earlier];
                LawBroken.unless(
                        when > 0,
                        Law.ORDER_KEPT,
                        "node " + node + " of " + job + " is issued before node " + earlier);
            }
            for (int earlier : facts.free[node] ? new int[0] : facts.over[node]) {
                long gone = epoch - job.issuedIn[earlier];
                LawBroken.unless(
                        gone > 0,
                        Law.ORDER_KEPT,
                        "node " + node + " of " + job + " is issued with node " + earlier);
                LawBroken.unless(
                        gone / parts >= facts.lasts[earlier],
                        Law.LASTS_AS_LONG,
                        "node %d of %s is issued %d epochs after node %d, in parts of %d"
                                .formatted(node, job, gone, earlier, parts));
            }
            for (int event : facts.reads[node]) {
                LawBroken.unless(
                        job.known[event],
                        Law.FEED_FORWARD,
                        "node " + node + " of " + job + " is issued before event " + event);
            }
            job.issuedIn[node] = epoch;
            lasts(job, node, epoch);
            job.stack[job.depth++] = node;
            for (int event : facts.makes[node]) job.awaited[job.expected++] = event;
        }
        if (!awaits) job.awaitedSince = epoch;
        job.goesBack = false;
    }

    /// Nodes are taken back.
    void takeBack(JobTrack job, EpochPlan.Issue issue, long epoch) {
        job.backwards = true;
        ProgramFacts facts = job.facts;
        for (int i = 0; i < issue.size(); i++) {
            int node = issue.node(i);
            boolean last = job.depth > 0 && job.stack[job.depth - 1] == node;
            LawBroken.unless(
                    last && facts.reversible[node],
                    Law.UNDONE_RIGHTLY,
                    "node " + node + " of " + job + " is taken back");
            long over = job.issuedIn[node] + (long) parts * facts.epochs[node];
            LawBroken.unless(
                    facts.free[node] || Math.max(over, job.backFrom[node]) <= epoch,
                    Law.LASTS_AS_LONG,
                    "node %d of %s is taken back, and it lasts to epoch %d, what followed to %d"
                            .formatted(node, job, over - 1, job.backFrom[node] - 1));
            long gone = epoch + (long) parts * facts.lasts[node];
            for (int earlier : facts.free[node] ? new int[0] : facts.over[node]) {
                job.backFrom[earlier] = Math.max(job.backFrom[earlier], gone);
            }
            job.depth--;
            job.issuedIn[node] = 0;
            lasts(job, node, epoch);
        }
    }

    private void lasts(JobTrack job, int node, long epoch) {
        long last = epoch + (long) parts * Math.max(0, job.facts.lasts[node] - 1);
        job.lastsUntil = Math.max(job.lastsUntil, last);
    }

    /// A wave is done, or its qubits move.
    ///
    /// @param epoch the last one that closed
    void rests(JobTrack job, long epoch) {
        LawBroken.unless(
                job.lastsUntil <= epoch,
                Law.LASTS_AS_LONG,
                job + " is done or moves, and something of it lasts to epoch " + job.lastsUntil);
    }

    /// Reads the outcomes and faults of a report as the specification says, and notes what is wrong
    /// with them.
    void read(EpochReport report, World world) {
        for (JobTrack job : world.running()) {
            job.liedAbout = false;
            job.refused = false;
            job.faulted = false;
            job.lost = false;
        }
        List<JobTrack> arrivals = new ArrayList<>();
        for (EpochReport.Outcome outcome : report.outcomes()) {
            JobTrack job = world.runningJob(outcome.job());
            if (job == null) continue;
            if (!fits(job, outcome)) {
                job.liedAbout = true;
                continue;
            }
            job.known[outcome.event()] = true;
            job.arrived++;
            arrivals.add(job);
        }
        for (EpochReport.Fault fault : report.faults()) {
            JobTrack job = world.runningJob(fault.job());
            if (job == null || job.liedAbout || job.refused || job.faulted) continue;
            switch (fault.kind()) {
                case REFUSED -> job.refused = true;
                case LOST -> {
                    job.faulted = true;
                    job.lost = true;
                }
                case NOT_DONE -> job.faulted = true;
            }
        }
        for (JobTrack job : world.running()) {
            if (job.arrived < job.expected && !job.faulted && !job.refused) {
                boolean late = report.epoch() - job.awaitedSince > latenessMax;
                if (late || !lateness) job.liedAbout = true;
            }
        }
        for (JobTrack job : arrivals) job.awaitedSince = report.epoch();
    }

    private static boolean fits(JobTrack job, EpochReport.Outcome outcome) {
        if (job.arrived >= job.expected) return false;
        int words = (job.waveShots + 63) / 64;
        int spare = words * 64 - job.waveShots;
        boolean next = outcome.event() == job.awaited[job.arrived] && outcome.words() == words;
        return next && (spare == 0 || outcome.word(words - 1) >>> 64 - spare == 0);
    }

    /// The wave is as it was before the epoch in which nothing of it happened.
    void rollBack(JobTrack job) {
        LawBroken.unless(
                !job.backwards && job.depthBefore <= job.depth,
                Law.UNDONE_RIGHTLY,
                job + " is rolled back while it takes nodes back");
        while (job.depth > job.depthBefore) {
            int node = job.stack[--job.depth];
            LawBroken.unless(
                    job.facts.reversible[node],
                    Law.UNDONE_RIGHTLY,
                    "node " + node + " of " + job + " is issued again after a rollback");
            job.issuedIn[node] = 0;
        }
        job.goesBack = true;
    }
}
