package org.qmk.simulation;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.Capability;

/// All that can be known of the system from inputs and answers, and what must follow from it. Takes
/// in each step and holds the laws against it.
final class World extends KnownWorld {

    World(Scenario scenario, Tally tally) {
        super(scenario, tally);
    }

    /// Takes in one step of the kernel.
    void took(Input input, List<Notice> notices) {
        if (!notices.isEmpty() && notices.getFirst() instanceof Notice.Refused refused) {
            LawBroken.unless(
                    notices.size() == 1, Law.REFUSED_RIGHTLY, "a refusal changes something");
            tally.refused(refused.refusal());
            TenantTrack asked = capabilities.sessions.get(input.session().number());
            if (asked != null) audit.concern(asked);
            refused(input, refused.refusal());
            if (input instanceof Input.Propose(var id, var _)) misplaced(id);
            return;
        }
        switch (input) {
            case Input.AddTenant(var name, var terms) -> added(notices, name, terms);
            case Input.SetTenant(var tenant, var terms) -> set(tenant, terms);
            case Input.OpenSession(var tenant) -> opened(notices, tenant);
            case Input.CloseSession(var session) -> closed(notices, session.number());
            case Input.Grant grant -> granted(grant, notices);
            case Input.Derive derive -> derived(derive, notices);
            case Input.Revoke revoke -> revoked(revoke);
            case Input.Submit submit -> submitted(submit, notices);
            case Input.Cancel(var session, var id) -> owned(session, id).cancelled = true;
            case Input.Checkpoint(var session, var id) -> parked(session, id, true, notices);
            case Input.Restore(var session, var id) -> parked(session, id, false, notices);
            case Input.Migrate(var session, var id, int module) -> asked(session, id, module);
            case Input.OfferChannel(var session, var peer, var terms) -> {
                holdsLink(session.number());
                takeUse(session, Capability.LINK);
                TenantTrack offering = capabilities.sessions.get(session.number());
                TenantTrack accepting = capabilities.tenant(peer);
                var id = ((Notice.ChannelChanged) notices.getFirst()).channel();
                firewall.offered(id, offering, session.number(), accepting, terms);
                audit.concern(offering);
                audit.concern(accepting);
            }
            case Input.AcceptChannel(var session, var channel) -> {
                holdsLink(session.number());
                takeUse(session, Capability.LINK);
                TenantTrack accepting = capabilities.sessions.get(session.number());
                firewall.accepted(channel, accepting, session.number());
                concern(channel);
            }
            case Input.UseChannel use -> used(use, notices);
            case Input.CloseChannel(var session, var channel) -> {
                holdsLink(session.number());
                concern(channel);
                TenantTrack side = capabilities.sessions.get(session.number());
                firewall.closed(channel, side, session.number());
            }
            case Input.Purify _ -> {}
            case Input.Propose(var id, var placement) -> placed(id, placement);
            case Input.Begin _ -> begun(notices);
            case Input.Report(var report) -> reported(report, notices);
        }
    }

    // Tenants, sessions, capabilities.

    private void added(List<Notice> notices, String name, Terms terms) {
        int number = capabilities.tenants.size() + 1;
        LawBroken.unless(
                notices.equals(List.of(new Notice.TenantAdded(new TenantId(number)))),
                Law.PLAN_TRUE,
                "tenant " + name + " is " + notices);
        capabilities.tenants.add(new TenantTrack(number, terms));
    }

    private void set(TenantId id, Terms terms) {
        TenantTrack tenant = capabilities.tenant(id);
        tenant.terms = terms;
        for (JobTrack job : jobs.values()) if (job.tenant == tenant) job.disturbed = true;
    }

    private void opened(List<Notice> notices, TenantId id) {
        TenantTrack tenant = capabilities.tenant(id);
        int number = ((Notice.SessionOpened) notices.getFirst()).session().number();
        LawBroken.unless(
                !capabilities.sessions.containsKey(number),
                Law.HANDLES_FRESH,
                "session " + number + " is opened again");
        capabilities.open(number, tenant);
        audit.concern(tenant);
    }

    private void closed(List<Notice> notices, int session) {
        TenantTrack tenant = capabilities.sessions.get(session);
        for (Notice notice : notices) {
            if (!(notice instanceof Notice.ChannelChanged(var channel, var _))) continue;
            var known = firewall.channels.get(channel.number());
            if (known != null) {
                audit.allow(known.offering);
                audit.allow(known.accepting);
            }
            firewall.closed(channel, tenant, session);
        }
        for (var channel : firewall.channels.values()) {
            LawBroken.unless(
                    !channel.isOf(session),
                    Law.CHANNELS_KEPT,
                    "channel " + channel.number + " outlives session " + session);
        }
        for (JobTrack job : jobs.values()) {
            if (job.session == session) job.closed = true;
        }
        capabilities.close(session);
        audit.concern(tenant);
    }

    private void granted(Input.Grant asked, List<Notice> notices) {
        mustNot(asked);
        var notice = (Notice.Granted) notices.getFirst();
        int session = asked.to().number();
        capabilities.granted(session, asked.capability(), asked.bounds(), notice.handle());
        audit.concern(capabilities.sessions.get(session));
    }

    private void derived(Input.Derive asked, List<Notice> notices) {
        mustNot(asked);
        var notice = (Notice.Granted) notices.getFirst();
        capabilities.derived(asked, notice.handle(), epoch + 1);
        audit.concern(capabilities.sessions.get(asked.to().number()));
    }

    private void revoked(Input.Revoke asked) {
        mustNot(asked);
        int session = asked.session().number();
        audit.concern(capabilities.sessions.get(session));
        capabilities.cut(capabilities.find(session, asked.handle()).orElseThrow());
    }

    private void holdsLink(int session) {
        LawBroken.unless(
                capabilities.sessions.containsKey(session)
                        && capabilities.holds(session, Capability.LINK, epoch + 1),
                Law.RIGHTS_HELD,
                "session " + session + " deals with channels without CAP_LINK");
    }

    /// An act that needs a capability takes one use of it.
    private void takeUse(SessionId session, Capability kind) {
        var needs = Map.of(kind, 0L);
        capabilities.select(session.number(), needs, epoch + 1).chosen().getFirst().take(1);
    }

    private void concern(ChannelId id) {
        var channel = firewall.channels.get(id.number());
        if (channel == null) return;
        audit.concern(channel.offering);
        audit.concern(channel.accepting);
    }

    private void used(Input.UseChannel use, List<Notice> notices) {
        holdsLink(use.session().number());
        JobTrack job = owned(use.session(), use.job());
        LawBroken.unless(
                firewall.isLive(job, use.qubit()),
                Law.CHANNELS_KEPT,
                "qubit " + use.qubit() + " of " + job + " is not live");
        audit.concern(job.tenant);
        if (notices.getFirst() instanceof Notice.Entangled(var channel, long left)) {
            firewall.entangled(channel, job, use.qubit(), left, running);
            concern(channel);
        } else {
            firewall.named(job, use.channel().number(), use.qubit());
        }
    }

    // Jobs.

    private JobTrack owned(SessionId session, JobId id) {
        JobTrack job = jobs.get(id.number());
        LawBroken.unless(
                job != null && job.session == session.number() && knows(session),
                Law.RIGHTS_HELD,
                "session " + session.number() + " commands job " + id.number());
        return job;
    }

    private void submitted(Input.Submit asked, List<Notice> notices) {
        mustNot(asked);
        var notice = (Notice.Accepted) notices.getFirst();
        int session = asked.session().number();
        TenantTrack tenant = capabilities.sessions.get(session);
        ProgramFacts facts = scenario.facts(asked.program());
        List<CapabilityTrack> rights =
                capabilities.select(session, facts.needs, epoch + 1).chosen();
        for (CapabilityTrack right : rights) right.take(1);
        LawBroken.unless(
                notice.job().number() == ++accepted && notice.ticket() == ++tenant.tickets,
                Law.PLAN_TRUE,
                "accepted as " + notice + ", expected job " + accepted);
        var job =
                new JobTrack(
                        notice.job(),
                        notice.ticket(),
                        tenant,
                        session,
                        facts,
                        asked.policy(),
                        epoch,
                        rights);
        jobs.put(accepted, job);
        tenant.jobs++;
        tally.jobs++;
        audit.concern(tenant);
    }

    private void parked(SessionId session, JobId id, boolean parked, List<Notice> notices) {
        mustNot(parked ? new Input.Checkpoint(session, id) : new Input.Restore(session, id));
        JobTrack job = owned(session, id);
        if (parked) takeUse(session, Capability.CHECKPOINT);
        job.parked = parked;
        job.servedAt = epoch;
        job.disturbed = true;
        JobState state = parked ? JobState.PARKED : JobState.RUNNING;
        LawBroken.unless(
                notices.equals(List.of(new Notice.JobChanged(id, state, EndCause.NONE))),
                Law.PLAN_TRUE,
                job + " is parked or not: " + notices);
        audit.concern(job.tenant);
    }

    private void asked(SessionId session, JobId id, int module) {
        mustNot(new Input.Migrate(session, id, module));
        takeUse(session, Capability.MIGRATE);
        JobTrack job = owned(session, id);
        job.disturbed = true;
        audit.concern(job.tenant);
    }

    /// A planner that proposes what cannot be delays the job, and no other.
    private void misplaced(JobId id) {
        JobTrack job = jobs.get(id.number());
        if (job != null) job.disturbed = true;
    }

    private void placed(JobId id, Placement placement) {
        JobTrack job = jobs.get(id.number());
        boolean between = job != null && !open;
        LawBroken.unless(between, Law.PLACED_AS_WANTED, "job " + id.number() + " is placed");
        int slots = job.facts.slots;
        if (job.placed) {
            LawBroken.unless(
                    !job.moves() && placement.blocks() == job.placement.blocks(),
                    Law.PLACED_AS_WANTED,
                    job + " moves to " + placement.blocks() + " blocks");
            waves.rests(job, epoch);
            blocks.take(job, placement, slots);
            job.moving = placement;
            job.disturbed = true;
            audit.concern(job.tenant);
            return;
        }
        LawBroken.unless(
                !job.cancelled && job.entitled(epoch + 1) && !job.tenant.terms.suspended(),
                Law.RIGHTS_HELD,
                job + " is placed, though it must end or stand still");
        LawBroken.unless(
                mayRun(job.tenant, epoch + 1),
                Law.PARTS_APART,
                job + " is placed in the epoch of another");
        service.placed(job, epoch + 1);
        long shots = slots == 0 ? 0 : placement.blocks() / slots;
        LawBroken.unless(
                shots * slots == placement.blocks()
                        && shots <= (machine.floor().isNone() ? limits.waveShots() : 1)
                        && shots <= job.policy.shots() - job.shotsDone,
                Law.PLACED_AS_WANTED,
                job + " is given " + placement.blocks() + " blocks");
        long quota = job.tenant.terms.quotas().blocks();
        LawBroken.unless(
                placement.blocks() == 0 || job.tenant.blocks + placement.blocks() <= quota,
                Law.QUOTAS_HELD,
                "%s is given %d blocks, its tenant has %d of %d"
                        .formatted(job, placement.blocks(), job.tenant.blocks, quota));
        blocks.take(job, placement, slots);
        job.placed = true;
        job.placement = placement;
        job.waveShots = (int) shots;
        job.servedAt = epoch;
        running.add(job);
    }

    // Epochs.

    private void begun(List<Notice> notices) {
        supply.begin(blocks.held(), epoch + 1);
        for (JobTrack job : jobs.values()) excuse(job);
        epoch++;
        open = true;
        service.before(epoch);
        for (JobTrack job : running) {
            job.depthBefore = job.depth;
            job.backwards = false;
        }
        TreeSet<JobId> told = new TreeSet<>();
        for (Notice notice : notices) {
            if (notice instanceof Notice.JobHandled(var id, var what)) {
                JobTrack job = mentioned(id);
                LawBroken.unless(
                        mayRun(job.tenant, epoch),
                        Law.PARTS_APART,
                        job + " makes room in another tenant's epoch");
                if (what.equals("UNCOMPUTE") || what.equals("RESTART")) job.goesBack = true;
                job.disturbed = true;
            } else if (notice instanceof Notice.JobChanged(var id, var state, var _)) {
                mentioned(id);
                LawBroken.unless(
                        state == JobState.RUNNING && told.add(id),
                        Law.PLAN_TRUE,
                        "job " + id.number() + " is " + state + " as an epoch begins");
            } else if (notice instanceof Notice.Planned(var plan)) {
                planned(plan, told);
            } else {
                throw new LawBroken(Law.PLAN_TRUE, "an epoch begins with " + notice);
            }
        }
        LawBroken.unless(
                notices.getLast() instanceof Notice.Planned, Law.PLAN_TRUE, "no plan is told");
        supply.finish(epoch);
        service.after();
    }

    /// A job that the kernel tells its tenant about.
    private JobTrack mentioned(JobId id) {
        JobTrack job = inFlight(id);
        audit.concern(job.tenant);
        return job;
    }

    /// A job that the kernel speaks of.
    private JobTrack inFlight(JobId id) {
        JobTrack job = jobs.get(id.number());
        LawBroken.unless(
                job != null, Law.ENDS_ONCE, "job " + id.number() + " ended and is mentioned");
        return job;
    }

    private void planned(EpochPlan plan, TreeSet<JobId> told) {
        LawBroken.unless(
                plan.epoch() == epoch && plan.rounds() >= machine.roundsPerEpoch(),
                Law.PLAN_TRUE,
                "epoch " + plan.epoch() + " of " + plan.rounds() + " rounds is planned");
        LawBroken.unless(
                new TreeSet<>(plan.ends()).equals(untold) && plan.ends().size() == untold.size(),
                Law.PLAN_TRUE,
                "the device is told of the ends " + plan.ends() + ", expected " + untold);
        untold.clear();
        for (EpochPlan.Start start : plan.starts()) started(start, told);
        LawBroken.unless(told.isEmpty(), Law.PLAN_TRUE, told + " run and are not started");
        for (JobTrack job : running) {
            boolean begins = !job.started && job.entitled(epoch) && !job.cancelled;
            LawBroken.unless(!begins, Law.PLAN_TRUE, job + " has blocks and is not started");
        }
        for (EpochPlan.Move move : plan.moves()) {
            JobTrack job = inFlight(move.job());
            boolean right = move.from().equals(job.placement) && move.to().equals(job.moving);
            LawBroken.unless(right && job.moves(), Law.PLAN_TRUE, job + " moves elsewhere");
            supply.move(move.from(), move.to());
        }
        TreeSet<JobId> issued = new TreeSet<>();
        for (EpochPlan.Issue issue : plan.issues()) {
            LawBroken.unless(
                    issued.add(issue.job()), Law.PLAN_TRUE, issue.job() + " is served twice");
            issued(issue);
        }
        routes.check(plan, this);
        for (EpochPlan.Move move : plan.moves()) {
            JobTrack job = inFlight(move.job());
            blocks.release(job, job.placement);
            job.placement = job.moving;
            job.moving = Placement.NOWHERE;
        }
    }

    private void started(EpochPlan.Start start, TreeSet<JobId> told) {
        JobTrack job = inFlight(start.job());
        LawBroken.unless(
                told.remove(start.job()) && job.placed && !job.started,
                Law.PLAN_TRUE,
                job + " is started again, or without a word");
        LawBroken.unless(
                job.entitled(epoch), Law.RIGHTS_HELD, job + " is started without its capabilities");
        boolean shots =
                start.firstShot() == job.shotsDone
                        && start.shots() >= 1
                        && start.shots() <= job.policy.shots() - job.shotsDone
                        && start.seed() == job.policy.seed();
        LawBroken.unless(
                shots,
                Law.SHOTS_COUNTED,
                "%s starts %d shots at %d, expected at %d of %d"
                        .formatted(
                                job,
                                start.shots(),
                                start.firstShot(),
                                job.shotsDone,
                                job.policy.shots()));
        boolean same =
                start.placement().equals(job.placement)
                        && start.slots() == job.facts.slots
                        && start.graph() == job.facts.graph
                        && (job.facts.slots == 0 || start.shots() == job.waveShots);
        LawBroken.unless(same, Law.PLAN_TRUE, job + " is started otherwise than it was placed");
        job.started = true;
        job.waveShots = start.shots();
    }

    private void issued(EpochPlan.Issue issue) {
        JobTrack job = inFlight(issue.job());
        LawBroken.unless(
                job.started && issue.size() > 0,
                Law.PLAN_TRUE,
                job + " is served without a wave or without a node");
        LawBroken.unless(
                job.entitled(epoch), Law.RIGHTS_HELD, job + " runs without its capabilities");
        LawBroken.unless(
                !job.parked && !job.tenant.terms.suspended() && !job.moves(),
                Law.RIGHTS_HELD,
                job + " runs, though it is parked, moves, or its tenant is suspended");
        LawBroken.unless(
                mayRun(job.tenant, epoch), Law.PARTS_APART, job + " runs in another's epoch");
        if (issue.undo()) waves.takeBack(job, issue, epoch);
        else waves.issue(job, issue, epoch);
        for (int i = 0; i < issue.size(); i++) {
            supply.use(job, issue.node(i), epoch);
            if (scenario.channels() && !issue.undo()) firewall.issue(job, issue.node(i));
        }
        service.issued(job);
        service.count(issue, job);
    }

    private void reported(EpochReport report, List<Notice> notices) {
        mustNot(new Input.Report(report));
        waves.read(report, this);
        boolean closed = false;
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed done) {
                LawBroken.unless(!closed, Law.AUDIT_TRUE, "epoch " + epoch + " closed twice");
                closed = true;
                audit.closed(done, epoch);
            } else if (notice instanceof Notice.JobHandled(var id, var what)) {
                handled(mentioned(id), what);
            } else if (notice instanceof Notice.JobChanged(var id, var state, var cause)) {
                changed(mentioned(id), state, cause);
            } else if (notice
                    instanceof Notice.ModeChanged(var condition, int subject, int level)) {
                supply.changed(condition, subject, level);
            } else {
                throw new LawBroken(Law.PLAN_TRUE, "a report leads to " + notice);
            }
        }
        LawBroken.unless(closed, Law.AUDIT_TRUE, "epoch " + epoch + " is not closed");
        audit.compare();
        open = false;
        supply.report(epoch, report.supply());
        boolean trouble =
                !report.faults().isEmpty() || !report.signals().isEmpty() || !supply.sound();
        if (trouble) troubledAt = epoch;
        for (JobTrack job : jobs.values()) obliged(job);
    }

    private void handled(JobTrack job, String what) {
        job.disturbed = true;
        switch (what) {
            case "rolled back" -> {
                LawBroken.unless(
                        job.faulted && !job.lost && job.rollbacks < policy.retries(),
                        Law.UNDONE_RIGHTLY,
                        job + " is rolled back for no reason");
                job.rollbacks++;
                job.faulted = false;
                waves.rollBack(job);
            }
            case "runs its shots again" -> {
                LawBroken.unless(
                        job.faulted && job.rollbacks < policy.retries(),
                        Law.UNDONE_RIGHTLY,
                        job + " runs again for no reason");
                job.rollbacks++;
                job.lost = true;
            }
            case "leaves a hot module" -> job.goesBack = true;
            default -> throw new LawBroken(Law.PLAN_TRUE, job + ": " + what);
        }
    }

    private void changed(JobTrack job, JobState state, EndCause cause) {
        switch (state) {
            case QUEUED -> queued(job, cause);
            case COMPLETED, FAILED, CANCELLED -> ended(job, state, cause);
            case RUNNING, PARKED ->
                    throw new LawBroken(Law.PLAN_TRUE, job + " is " + state + " after a report");
        }
    }

    private void queued(JobTrack job, EndCause cause) {
        boolean done = job.whole() && !job.faulted && !job.lost;
        LawBroken.unless(
                job.placed && cause == EndCause.NONE && (done || job.lost || job.goesBack),
                Law.PLAN_TRUE,
                job + " is queued again for no reason");
        if (done) {
            if (!job.goesBack) waves.rests(job, epoch);
            job.shotsDone += job.waveShots;
        }
        LawBroken.unless(
                job.shotsDone < job.policy.shots(),
                Law.SHOTS_COUNTED,
                job + " is queued with all its shots done");
        endWave(job);
    }

    private void endWave(JobTrack job) {
        if (!job.placed) return;
        if (job.started) untold.add(job.id);
        blocks.release(job, job.placement);
        blocks.release(job, job.moving);
        firewall.endWave(job);
        running.remove(job);
        job.endWave();
        job.faulted = false;
        job.lost = false;
    }

    private void ended(JobTrack job, JobState state, EndCause cause) {
        boolean shotsDone =
                job.whole() && !job.faulted && job.shotsDone + job.waveShots == job.policy.shots();
        boolean cause0 =
                switch (cause) {
                    case NONE -> false;
                    case ALL_SHOTS_DONE -> shotsDone;
                    case CANCELLED_BY_OWNER -> job.cancelled;
                    case DEVICE_FAULT -> job.faulted && job.rollbacks >= policy.retries();
                    case DEVICE_LIED -> job.liedAbout;
                    case CAPABILITY_GONE -> !job.entitled(epoch);
                    case SESSION_CLOSED -> job.closed;
                    case DEVICE_REFUSED -> job.refused;
                    case FIREWALL -> scenario.channels();
                };
        JobState expected =
                switch (cause) {
                    case NONE -> JobState.RUNNING;
                    case ALL_SHOTS_DONE -> JobState.COMPLETED;
                    case CANCELLED_BY_OWNER, SESSION_CLOSED -> JobState.CANCELLED;
                    case DEVICE_FAULT, DEVICE_LIED, DEVICE_REFUSED, CAPABILITY_GONE, FIREWALL ->
                            JobState.FAILED;
                };
        Law law = cause == EndCause.ALL_SHOTS_DONE ? Law.SHOTS_COUNTED : Law.ENDS_ONCE;
        LawBroken.unless(cause0 && state == expected, law, job + " is " + state + " for " + cause);
        if (cause == EndCause.ALL_SHOTS_DONE) {
            if (!job.goesBack) waves.rests(job, epoch);
            deadline(job);
        }
        endWave(job);
        jobs.remove(job.id.number());
        job.tenant.jobs--;
        tally.ended(cause);
    }

    private void deadline(JobTrack job) {
        long deadline = job.policy.deadlineEpochs();
        // Over a floor it also depends on the planner.
        if (!machine.floor().isNone()) return;
        if (deadline == 0 || job.disturbed || troubledAt >= job.acceptedAt) return;
        tally.deadlines++;
        LawBroken.unless(
                epoch <= job.acceptedAt + deadline,
                Law.DEADLINES_KEPT,
                "%s of epoch %d with %d epochs is not done in epoch %d"
                        .formatted(job, job.acceptedAt, deadline, epoch));
    }

    /// Holds a job that goes on against what should have ended it.
    private void obliged(JobTrack job) {
        boolean goesOn =
                !job.cancelled
                        && !job.closed
                        && !job.liedAbout
                        && !job.refused
                        && !job.faulted
                        && job.entitled(epoch);
        LawBroken.unless(goesOn, Law.ENDS_SURELY, job + " goes on, though it must end");
        long deadline = job.policy.deadlineEpochs();
        if (deadline > 0 && epoch >= job.acceptedAt + deadline) deadline(job);
    }

    /// Its tenant's other waves may hold what the quota allows.
    private void excuse(JobTrack job) {
        if (job.placed || job.tenant.blocks == 0) return;
        long shots = Math.min(limits.waveShots(), job.policy.shots() - job.shotsDone);
        long quota = job.tenant.terms.quotas().blocks();
        job.disturbed |= job.tenant.blocks + shots * job.facts.slots > quota;
    }

    /// One line that shows an input.
    static String tell(Input input) {
        if (input instanceof Input.Submit(var session, var program, var policy)) {
            return "Submit[session=%d, nodes=%d, %s]"
                    .formatted(session.number(), program.graph().size(), policy);
        }
        if (input instanceof Input.Report(var report)) {
            return "Report[epoch=%d, outcomes=%d, faults=%s, signals=%s]"
                    .formatted(
                            report.epoch(),
                            report.outcomes().size(),
                            report.faults(),
                            report.signals());
        }
        return input.toString();
    }
}
