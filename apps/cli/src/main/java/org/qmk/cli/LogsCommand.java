package org.qmk.cli;

import java.util.Map;
import java.util.Optional;
import org.qmk.kernel.call.WaitCause;
import org.qmk.runtime.client.JobChange;
import org.qmk.runtime.client.JobEvents;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteJob;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.TransportFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk logs`: what became of a job, epoch by epoch.
final class LogsCommand implements Command {

    private static final String ROW = "%-18s  %-10s  %s\n";

    private final long job;
    private final boolean follow;
    private final ServerChoice server;

    private LogsCommand(ParseResult arguments) {
        job = JobCommand.job(arguments);
        follow = arguments.hasMatchedOption("--follow");
        server = ServerChoice.of(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        LogsCommand::new,
                        "logs",
                        "Say what became of a job, and why it waited.",
                        "One line for each run of epochs in which the job did the same: which wave"
                            + " of shots it had, and why it did not do all that it could. The"
                            + " server keeps the last 256 of them; the sums at the end are of all"
                            + " epochs.");
        JobCommand.addJob(spec);
        spec.addOption(
                QmkCommand.option("", "--follow")
                        .type(boolean.class)
                        .arity("0")
                        .description("Go on with what happens, to the job's end.")
                        .build());
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk logs 1", "qmk logs 1 --follow");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        return server.talk(terminal, client -> print(client, terminal));
    }

    private ExitCode print(QmkClient client, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        RemoteJob now = client.status(job);
        line(terminal, "epoch " + now.acceptedEpoch(), "accepted", JobText.printable(now.name()));
        for (RemoteJob.Stretch each : now.stretches()) stretch(each, terminal);
        if (follow && !now.ended()) now = follow(client, now, terminal);
        standing(now.endedEpoch().isPresent() ? "" : "now", now, terminal);
        for (Map.Entry<String, Long> waited : now.waited().entrySet()) {
            if (waited.getKey().equals(WaitCause.NOTHING.name())) continue;
            line(
                    terminal,
                    "in all",
                    waited.getValue() + (waited.getValue() == 1 ? " epoch" : " epochs"),
                    JobText.sentence(waited.getKey()));
        }
        return ExitCode.DONE;
    }

    private static void stretch(RemoteJob.Stretch stretch, Terminal terminal)
            throws CommandFailure {
        String epochs =
                stretch.from() == stretch.to()
                        ? "epoch " + stretch.from()
                        : "epochs %d-%d".formatted(stretch.from(), stretch.to());
        String wave = stretch.wave() == 0 ? "no wave" : "wave " + stretch.wave();
        line(terminal, epochs, wave, JobText.sentence(stretch.waitCause()));
    }

    /// A line whenever something is other than it was.
    private RemoteJob follow(QmkClient client, RemoteJob known, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        RemoteJob shown = known;
        try (JobEvents events = client.watch(job)) {
            Optional<JobChange> next = events.next();
            for (; next.isPresent(); next = events.next()) {
                RemoteJob now = next.get().job();
                boolean same =
                        now.state().equals(shown.state())
                                && now.shotsDone() == shown.shotsDone()
                                && now.waitCause().equals(shown.waitCause());
                if (!same && !now.ended()) {
                    standing("epoch " + next.get().epoch(), now, terminal);
                    terminal.flush();
                }
                shown = now;
            }
        }
        return shown;
    }

    /// @param when empty for the epoch in which it ended
    private static void standing(String when, RemoteJob job, Terminal terminal)
            throws CommandFailure {
        String done = "%d/%d shots".formatted(job.shotsDone(), job.shots());
        String more = job.ended() ? JobText.because(job) : JobText.sentence(job.waitCause());
        String epoch = when.isEmpty() ? "epoch " + job.endedEpoch().orElse(0) : when;
        line(terminal, epoch, job.state(), done + (more.isEmpty() ? "" : ", " + more));
    }

    private static void line(Terminal terminal, String when, String what, String more)
            throws CommandFailure {
        terminal.print(ROW.formatted(when, what, more));
    }
}
