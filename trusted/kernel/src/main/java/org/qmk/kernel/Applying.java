package org.qmk.kernel;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.kernel.capability.Selection;
import org.qmk.kernel.channel.ChannelTable;
import org.qmk.kernel.epoch.*;
import org.qmk.kernel.health.ModeStep;
import org.qmk.qvm.*;

/// The second half of a step: carries out what was decided. Cannot fail.
final class Applying {

    /// Each epoch's digest covers one part of so many of the tables in full.
    private static final int SLICES = 64;

    private final KernelState state;

    /// The last epoch in which what jobs were accepted on expires for none of them.
    private long entitledUntil = Long.MAX_VALUE;

    Applying(KernelState state) {
        this.state = state;
    }

    List<Notice> apply(Input input, Decision decision) {
        List<Notice> notices = apply(decision);
        for (Notice notice : notices) {
            // An epoch's digest cannot cover itself.
            if (notice instanceof Notice.EpochClosed) continue;
            state.trail().note(notice);
            if (notice instanceof Notice.Refused) tell(input, notice);
        }
        return notices;
    }

    /// Notes a refusal for the tenant whose session asked.
    private void tell(Input input, Notice notice) {
        SessionId session = input.session();
        if (!state.capabilities().knows(session)) return;
        state.trail().note(state.capabilities().owner(session), 0, notice);
    }

    private List<Notice> apply(Decision decision) {
        return switch (decision) {
            case Decision.Refuse(var refusal) -> List.of(refusal);
            case Decision.AddTenant(var name, var terms) ->
                    List.of(new Notice.TenantAdded(state.capabilities().add(name, terms)));
            case Decision.SetTenant(var tenant, var terms) -> {
                state.capabilities().setTerms(tenant, terms);
                yield List.of(new Notice.TenantSet(tenant));
            }
            case Decision.OpenSession(var tenant) ->
                    told(tenant, 0, new Notice.SessionOpened(state.capabilities().open(tenant)));
            case Decision.CloseSession(var session) -> closeSession(session);
            case Decision.Grant(var session, var capability, var bounds) ->
                    granted(session, state.capabilities().grant(session, capability, bounds));
            case Decision.Derive(var session, var from, var to, var bounds) ->
                    granted(
                            to,
                            state.capabilities()
                                    .derive(session, from, to, bounds, state.jobs().epoch() + 1));
            case Decision.Revoke(var session, var handle) -> revoke(session, handle);
            case Decision.Accept(var job, var selection) -> accept(job, selection);
            case Decision.Cancel(var job) -> {
                state.jobs().cancel(job);
                yield List.of();
            }
            case Decision.Park(var job, boolean parked, var selection) -> {
                selection.ifPresent(state.capabilities()::consume);
                state.jobs().park(job, parked);
                yield told(job, new Notice.JobChanged(job.id(), job.state(), EndCause.NONE));
            }
            case Decision.Ask(var job, int module, var selection) -> {
                state.capabilities().consume(selection);
                state.jobs().ask(job, module);
                yield told(job, new Notice.JobHandled(job.id(), "asked to move"));
            }
            case Decision.Offer(var side, var peer, var terms, var selection) -> {
                state.capabilities().consume(selection);
                yield changed(state.channels().offer(side, peer, terms));
            }
            case Decision.Consent(var side, var channel, var selection) ->
                    consent(side, channel, selection);
            case Decision.Name(var job, var channel, int qubit) -> {
                state.jobs().name(job, channel.number(), qubit);
                yield told(job, new Notice.JobHandled(job.id(), "named a qubit"));
            }
            case Decision.Entangle(var channel, var job, int qubit, var peer) ->
                    entangle(channel, job, qubit, peer);
            case Decision.CloseChannel(var channel) -> closeChannel(channel);
            case Decision.Purify(int link, var protocol, int rounds) -> {
                state.routes().plan(link, protocol, rounds);
                yield List.of();
            }
            case Decision.Place(var want, var placement, boolean spans, var head) -> {
                take(want.job(), placement);
                state.jobs().place(want, placement, spans, head);
                yield List.of();
            }
            case Decision.Move(var job, var placement, long pairs, long epochs) -> {
                take(job, placement);
                state.jobs().move(job, placement, pairs, epochs);
                yield told(job, new Notice.JobHandled(job.id(), "moves"));
            }
            case Decision.Open(var opening) -> open(opening);
            case Decision.Close(var report, var closing, var modes) ->
                    close(report, closing, modes);
        };
    }

    private List<Notice> accept(Job job, Selection selection) {
        state.capabilities().consume(selection);
        state.jobs().accept(job);
        entitledUntil = Math.min(entitledUntil, selection.lastEpoch());
        state.trail().note(job.programDigest());
        return told(job, new Notice.Accepted(job.id(), job.ticket()));
    }

    private List<Notice> consent(ChannelTable.Side side, ChannelId id, Selection selection) {
        state.capabilities().consume(selection);
        state.channels().accept(side, id);
        return changed(id);
    }

    private List<Notice> revoke(SessionId session, CapabilityHandle handle) {
        TenantId tenant = state.capabilities().owner(session);
        state.capabilities().revoke(session, handle);
        disentitle(current());
        return told(tenant, 0, new Notice.Revoked(handle));
    }

    private List<Notice> closeChannel(ChannelId id) {
        ChannelTable.Channel ends = state.channels().of(id);
        state.channels().close(id);
        return changed(id, ends, ChannelState.CLOSED);
    }

    private void take(Job job, Placement placement) {
        state.blocks().take(placement);
        state.trail().note(job.id().number(), placement);
    }

    private List<Notice> told(TenantId tenant, long ticket, Notice notice) {
        state.trail().note(tenant, ticket, notice);
        return List.of(notice);
    }

    private List<Notice> told(Job job, Notice notice) {
        return told(job.tenant(), job.ticket(), notice);
    }

    private List<Notice> granted(SessionId session, CapabilityHandle handle) {
        TenantId tenant = state.capabilities().owner(session);
        return told(tenant, 0, new Notice.Granted(session, handle));
    }

    private List<Notice> changed(ChannelId id) {
        ChannelTable.Channel channel = state.channels().of(id);
        return changed(id, channel, channel.state());
    }

    private List<Notice> changed(ChannelId id, ChannelTable.Channel channel, ChannelState now) {
        Notice notice = new Notice.ChannelChanged(id, now);
        state.trail().note(channel.offering().tenant(), 0, notice);
        return told(channel.accepting().tenant(), 0, notice);
    }

    private List<Notice> closeSession(SessionId session) {
        TenantId tenant = state.capabilities().owner(session);
        state.capabilities().close(session);
        disentitle(current());
        for (Job job : state.jobs().all()) {
            if (job.session().equals(session)) state.jobs().doom(job, EndCause.SESSION_CLOSED);
        }
        List<Notice> notices = new ArrayList<>();
        for (ChannelId channel : state.channels().closeAll(session)) {
            notices.add(new Notice.ChannelChanged(channel, ChannelState.CLOSED));
        }
        notices.addAll(told(tenant, 0, new Notice.SessionClosed(session)));
        return notices;
    }

    /// The epoch that is open, or that comes next.
    private long current() {
        return state.jobs().isOpen() ? state.jobs().epoch() : state.jobs().epoch() + 1;
    }

    /// Marks the jobs whose sessions no longer hold, in an epoch, what they were accepted on.
    private void disentitle(long epoch) {
        entitledUntil = Long.MAX_VALUE;
        for (Job job : state.jobs().all()) {
            var selection = (Selection) job.entitlement();
            boolean good = state.capabilities().isGood(selection, epoch);
            if (good) entitledUntil = Math.min(entitledUntil, selection.lastEpoch());
            else if (job.entitled()) state.jobs().disentitle(job);
        }
    }

    private List<Notice> entangle(ChannelId channel, Job job, int qubit, Job peer) {
        int theirs = peer.cellOf[peer.offeredQubit];
        state.channels().use(channel, job.waveShots());
        long left = state.channels().of(channel).left();
        state.partition().joinThrough(job.cellOf[qubit], theirs);
        state.jobs().name(peer, 0, 0);
        Notice notice = new Notice.Entangled(channel, left);
        state.trail().note(job.tenant(), job.ticket(), notice);
        state.trail().note(peer.tenant(), peer.ticket(), notice);
        return List.of(notice);
    }

    private List<Notice> open(EpochScheduler.Opening opening) {
        List<Notice> notices = new ArrayList<>();
        for (EpochScheduler.Moving move : opening.moves()) {
            if (move.done()) state.blocks().release(move.job().placement());
        }
        List<Job> running = state.jobs().running();
        for (int i = 0; i < running.size(); i++) {
            Job job = running.get(i);
            boolean within =
                    MachineView.fence(job, opening.ends()[i], job.cellOf, state.partition());
            Invariant.hold(within, "what is issued stays within the firewall");
            state.jobs().advance(opening, i);
        }
        for (EpochScheduler.Way way : opening.ways()) {
            String how = way.how().name();
            notices.addAll(told(way.job(), new Notice.JobHandled(way.job().id(), how)));
        }
        for (Notice.JobChanged change : opening.changes()) {
            notices.addAll(told(state.jobs().find(change.job()).orElseThrow(), change));
        }
        state.jobs().apply(opening);
        long epoch = state.jobs().epoch();
        state.stocks().setMagic(epoch, opening.magic());
        state.stocks().setPairs(epoch, opening.pairs());
        notices.add(new Notice.Planned(opening.plan()));
        return notices;
    }

    private void leave(Job job, int qubit) {
        if (job.cellOf[qubit] < 0) return;
        state.partition().close(job.cellOf[qubit]);
        job.cellOf[qubit] = -1;
    }

    private List<Notice> close(
            EpochReport report, ReportReading.Closing closing, List<ModeStep> modes) {
        List<Notice> notices = new ArrayList<>();
        for (Job job : closing.waveEnds()) {
            state.blocks().release(job.placement());
            state.blocks().release(job.moving());
            for (int qubit = 0; qubit < job.cellOf.length; qubit++) leave(job, qubit);
        }
        for (ReportReading.Failure failure : closing.failures()) {
            Job job = failure.job();
            String what = failure.waveLost() ? "runs its shots again" : "rolled back";
            notices.addAll(told(job, new Notice.JobHandled(job.id(), what)));
        }
        for (Notice.JobChanged change : closing.changes()) {
            notices.addAll(told(state.jobs().find(change.job()).orElseThrow(), change));
        }
        state.jobs().apply(closing);
        long epoch = state.jobs().epoch();
        if (epoch >= entitledUntil) disentitle(epoch + 1);
        if (state.stocks().isPossible(report.supply())) state.stocks().add(epoch, report.supply());
        change(modes, notices);
        notices.addFirst(digest(report));
        return notices;
    }

    private void change(List<ModeStep> modes, List<Notice> notices) {
        state.modes().apply(modes);
        for (ModeStep mode : modes) {
            if (!mode.isChange()) continue;
            notices.add(new Notice.ModeChanged(mode.condition(), mode.subject(), mode.to()));
            if (mode.condition() != Condition.HOT_MODULE || mode.to() == 0) continue;
            for (Job job : state.jobs().running()) {
                boolean in = state.blocks().modules(job.placement()).get(mode.subject());
                if (!in || job.isMoving()) continue;
                state.jobs().leave(job);
                notices.addAll(told(job, new Notice.JobHandled(job.id(), "leaves a hot module")));
            }
        }
    }

    private Notice digest(EpochReport report) {
        state.trail().note(report);
        var writer = state.trail().state();
        int slice = (int) (report.epoch() % SLICES);
        state.capabilities().writeSlice(writer, slice, SLICES);
        state.jobs().writeSlice(writer, slice, SLICES);
        state.blocks().writeSlice(writer, slice, SLICES);
        state.stocks().writeTo(writer);
        state.stocks().writeSlice(writer, slice, SLICES);
        state.routes().writeSlice(writer, slice, SLICES);
        state.channels().writeSlice(writer, slice, SLICES);
        state.partition().writeSlice(writer, slice, SLICES);
        state.modes().writeSlice(writer, slice, SLICES);
        String digest = HexFormat.of().formatHex(state.trail().close());
        int running = state.jobs().running().size();
        var record =
                state.trail()
                        .record(
                                report.epoch(),
                                running,
                                state.jobs().size() - running,
                                state.blocks().heldCount());
        return new Notice.EpochClosed(report.epoch(), digest, record);
    }
}
