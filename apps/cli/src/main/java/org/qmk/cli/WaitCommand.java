package org.qmk.cli;

import java.time.Duration;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteJob;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.TransportFailure;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk wait`: waits for a job's end and prints its results.
final class WaitCommand implements Command {

    private final long job;
    private final Duration most;
    private final ResultFormat format;
    private final long rows;
    private final ServerChoice server;

    private WaitCommand(ParseResult arguments) {
        job = JobCommand.job(arguments);
        Long seconds = arguments.matchedOptionValue("--timeout", (Long) null);
        most = seconds == null ? SubmitCommand.FOREVER : Duration.ofSeconds(seconds);
        format = arguments.matchedOptionValue("--format", ResultFormat.table);
        rows = arguments.matchedOptionValue("--top", RunReport.ROWS_DEFAULT);
        server = ServerChoice.of(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        WaitCommand::new,
                        "wait",
                        "Wait for a job's end and print its results.",
                        "Prints what 'qmk run' prints. The exit code is 1 if the job did not"
                                + " complete, or has not ended in time: it goes on then.");
        JobCommand.addJob(spec);
        spec.addOption(
                QmkCommand.option("SECONDS", "--timeout")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, Integer.MAX_VALUE))
                        .description("How long to wait. Default: to the end.")
                        .build());
        RunReport.addFormat(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk wait 1", "qmk wait 1 --timeout 60 --format json");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        return server.talk(terminal, client -> waitFor(client, terminal));
    }

    private ExitCode waitFor(QmkClient client, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        RemoteJob now = client.await(job, most);
        if (!now.ended()) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "job %d is %s after %d s, with %d of %d shots done; it goes on."
                            .formatted(
                                    job,
                                    now.state(),
                                    most.toSeconds(),
                                    now.shotsDone(),
                                    now.shots()));
        }
        String name = now.name().isEmpty() ? "job " + job : JobText.printable(now.name());
        return SubmitCommand.print(name, now, client, format, rows, terminal);
    }
}
