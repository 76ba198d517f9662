package org.qmk.cli;

import java.util.List;
import org.qmk.kernel.call.JobState;
import org.qmk.runtime.client.RemoteJob;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk jobs`: the tenant's jobs.
final class JobsCommand implements Command {

    private static final long LIMIT_DEFAULT = 50;
    private static final long LIMIT_MAX = 1_000;

    private final int limit;
    private final String state;
    private final ResultFormat format;
    private final ServerChoice server;

    private JobsCommand(ParseResult arguments) {
        limit = arguments.matchedOptionValue("--limit", LIMIT_DEFAULT).intValue();
        JobState given = arguments.matchedOptionValue("--state", (JobState) null);
        state = given == null ? "" : given.name();
        format = arguments.matchedOptionValue("--format", ResultFormat.table);
        server = ServerChoice.of(arguments);
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        JobsCommand::new,
                        "jobs",
                        "List your jobs, the youngest first.",
                        "In JSON, each job is an object on a line of its own.");
        spec.addOption(
                QmkCommand.option("N", "--limit")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, LIMIT_MAX))
                        .description(
                                "At most so many, up to %d. Default: %d."
                                        .formatted(LIMIT_MAX, LIMIT_DEFAULT))
                        .build());
        spec.addOption(
                QmkCommand.option("STATE", "--state")
                        .type(JobState.class)
                        .description("Only those that are ${COMPLETION-CANDIDATES}.")
                        .build());
        ResultFormat.addTo(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk jobs", "qmk jobs --state RUNNING --format csv");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        return server.talk(
                terminal,
                client -> {
                    print(client.jobs(limit, 0, state), terminal);
                    return ExitCode.DONE;
                });
    }

    private void print(List<RemoteJob> jobs, Terminal terminal) throws CommandFailure {
        switch (format) {
            case table -> {
                terminal.print(JobText.head() + "\n");
                for (RemoteJob job : jobs) terminal.print(JobText.row(job) + "\n");
            }
            case json -> {
                for (RemoteJob job : jobs) terminal.print(JobText.json(job));
            }
            case csv -> {
                terminal.print(JobText.csvHead());
                for (RemoteJob job : jobs) terminal.print(JobText.csv(job));
            }
        }
    }
}
