package org.qmk.runtime;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.device.JobId;
import org.qmk.device.Supply;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.JobStatus;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;

/// Writes a run in Chrome's trace event format, which ui.perfetto.dev reads too: a process for each
/// tenant, a thread for each job with its waves and what it waited for, counters of the machine.
///
/// An epoch takes a millisecond there, however long it took in truth: a journal has no clock. What
/// is between two epochs is at the time when the next one begins. The trace is written while the
/// journal is read, in the order of time, so memory is for the jobs in flight alone.
public final class RunTrace implements Witness, AutoCloseable {

    /// Microseconds that an epoch takes in a trace.
    public static final long EPOCH_MICROS = 1_000;

    /// A job in flight.
    private static final class Track {
        final TraceEvents.Place place;
        final SessionId session;
        boolean inWave;
        long waves;
        long blocks;
        Optional<WaitCause> stretch = Optional.empty();

        // What the open epoch brings:
        Optional<EpochPlan.Start> start = Optional.empty();
        int issued;
        boolean waveEnds;
        Optional<Notice.JobChanged> end = Optional.empty();
        final List<String> marks = new ArrayList<>();

        Track(TraceEvents.Place place, SessionId session) {
            this.place = place;
            this.session = session;
        }
    }

    private final TraceEvents events;
    private final TreeMap<JobId, Track> tracks = new TreeMap<>();
    private final Map<SessionId, TenantId> owners = new HashMap<>();
    private final List<Notice.ModeChanged> modes = new ArrayList<>();
    private Optional<Kernel> kernel = Optional.empty();
    private Supply supply = Supply.NONE;
    private long closed;
    private boolean epochOpen;

    /// @param out is closed with the trace
    public RunTrace(OutputStream out) {
        events = new TraceEvents(out);
        events.nameProcess(TraceEvents.MACHINE.process(), "machine");
    }

    @Override
    public void begun(Kernel fed) {
        kernel = Optional.of(fed);
    }

    @Override
    public void took(Input input, List<Notice> notices) {
        if (input instanceof Input.Report(var report)) supply = report.supply();
        for (Notice notice : notices) {
            switch (notice) {
                case Notice.TenantAdded(var tenant) -> {
                    if (input instanceof Input.AddTenant add) {
                        events.nameProcess(process(tenant), add.name());
                    }
                }
                case Notice.SessionOpened(var session) -> {
                    if (input instanceof Input.OpenSession(var tenant)) owners.put(session, tenant);
                }
                case Notice.Accepted(var job, long ticket) -> {
                    if (input instanceof Input.Submit submit) accept(submit, job, ticket);
                }
                case Notice.Planned(var plan) -> plan(plan);
                case Notice.JobChanged change -> change(change);
                case Notice.JobHandled(var job, var what) -> {
                    if (tracks.containsKey(job)) tracks.get(job).marks.add(what);
                }
                case Notice.ModeChanged mode -> modes.add(mode);
                case Notice.EpochClosed(long epoch, _, _) -> close(epoch);
                case Notice.TenantSet _,
                        Notice.SessionClosed _,
                        Notice.Granted _,
                        Notice.Revoked _,
                        Notice.Refused _,
                        Notice.ChannelChanged _,
                        Notice.Entangled _ -> {}
            }
        }
        if (input instanceof Input.Report(var report)) report(report);
        if (!epochOpen) dropEnded(now());
    }

    private static int process(TenantId tenant) {
        return tenant.number() + 1;
    }

    private long now() {
        return (closed + 1) * EPOCH_MICROS;
    }

    private void accept(Input.Submit submit, JobId job, long ticket) {
        var place = new TraceEvents.Place(process(owners.get(submit.session())), ticket);
        tracks.put(job, new Track(place, submit.session()));
        events.nameThread(place, "job " + ticket);
        events.begin(
                place,
                now(),
                "job " + ticket,
                args -> {
                    args.writeNumberProperty("shots", submit.policy().shots());
                    args.writeNumberProperty("nodes", submit.program().graph().size());
                });
    }

    private void plan(EpochPlan plan) {
        epochOpen = true;
        for (EpochPlan.Start start : plan.starts()) {
            Track track = tracks.get(start.job());
            if (track != null) track.start = Optional.of(start);
        }
        for (EpochPlan.Issue issue : plan.issues()) {
            Track track = tracks.get(issue.job());
            if (track != null) track.issued = issue.size();
        }
    }

    private void report(EpochReport report) {
        for (EpochReport.Fault fault : report.faults()) {
            Track track = tracks.get(fault.job());
            if (track != null) events.instant(track.place, now(), "fault: " + fault.cause());
        }
    }

    private void change(Notice.JobChanged change) {
        Track track = tracks.get(change.job());
        if (track == null) return;
        track.waveEnds |= change.state() == JobState.QUEUED || change.state().isFinal();
        if (change.state().isFinal()) track.end = Optional.of(change);
    }

    private void close(long epoch) {
        long begin = epoch * EPOCH_MICROS;
        long end = begin + EPOCH_MICROS;
        tracks.forEach((job, track) -> draw(job, track, begin));
        counters(begin);
        for (Track track : tracks.values()) {
            for (String mark : track.marks) events.instant(track.place, end, mark);
            track.marks.clear();
            if (track.waveEnds) endWave(track, end);
            track.waveEnds = false;
        }
        for (Notice.ModeChanged mode : modes) {
            events.instant(
                    TraceEvents.MACHINE,
                    end,
                    "%s %d: level %d".formatted(mode.condition(), mode.subject(), mode.level()));
        }
        modes.clear();
        closed = epoch;
        epochOpen = false;
    }

    /// What a job did in an epoch that is over.
    private void draw(JobId job, Track track, long begin) {
        WaitCause cause =
                kernel.flatMap(fed -> fed.status(track.session, job))
                        .map(JobStatus::waitCause)
                        .orElse(WaitCause.NOTHING);
        if (track.start.isPresent()) {
            endWave(track, begin);
            beginWave(track, track.start.get(), begin);
        }
        if (!track.stretch.equals(Optional.of(cause))) {
            endStretch(track, begin);
            String name = cause == WaitCause.NOTHING ? "works" : "waits: " + cause;
            events.begin(
                    track.place,
                    begin,
                    name,
                    args -> args.writeStringProperty("why", cause.sentence()));
            track.stretch = Optional.of(cause);
        }
        if (track.issued > 0) {
            int nodes = track.issued;
            events.whole(
                    track.place,
                    begin,
                    EPOCH_MICROS,
                    "issue",
                    args -> args.writeNumberProperty("nodes", nodes));
        }
        track.issued = 0;
    }

    private void beginWave(Track track, EpochPlan.Start start, long begin) {
        track.waves++;
        track.inWave = true;
        track.blocks = start.placement().blocks();
        track.start = Optional.empty();
        events.begin(
                track.place,
                begin,
                "wave " + track.waves,
                args -> {
                    args.writeNumberProperty("first shot", start.firstShot());
                    args.writeNumberProperty("shots", start.shots());
                    args.writeNumberProperty("blocks", start.placement().blocks());
                });
    }

    private void endStretch(Track track, long time) {
        if (track.stretch.isPresent()) events.end(track.place, time);
        track.stretch = Optional.empty();
    }

    private void endWave(Track track, long time) {
        endStretch(track, time);
        if (track.inWave) events.end(track.place, time);
        track.inWave = false;
        track.blocks = 0;
    }

    private void counters(long time) {
        long blocks = 0;
        int running = 0;
        for (Track track : tracks.values()) {
            blocks += track.blocks;
            if (track.inWave) running++;
        }
        long states = 0;
        for (int i = 0; i < supply.factories(); i++) states += supply.magic(i);
        long pairs = 0;
        for (int i = 0; i < supply.links(); i++) pairs += supply.pairs(i);
        events.counter(time, "blocks held", blocks);
        events.counter(time, "jobs with a wave", running);
        events.counter(time, "jobs queued", tracks.size() - running);
        events.counter(time, "magic states made", states);
        events.counter(time, "Bell pairs made", pairs);
        events.counter(time, "decoder backlog, rounds", supply.backlogRounds());
    }

    private void dropEnded(long time) {
        Iterator<Track> all = tracks.values().iterator();
        while (all.hasNext()) {
            Track track = all.next();
            if (track.end.isEmpty()) continue;
            endWave(track, time);
            events.instant(track.place, time, track.end.get().cause().sentence());
            events.end(track.place, time);
            all.remove();
        }
    }

    /// Ends what is still open where the journal ends.
    @Override
    public void close() {
        for (Track track : tracks.values()) {
            endWave(track, now());
            events.end(track.place, now());
        }
        events.close();
    }
}
