package org.qmk.cli;

import org.qmk.runtime.client.RemoteJob;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `qmk status` and `qmk cancel`: one job.
final class JobCommand {

    private JobCommand() {}

    /// The operand that names a job.
    static void addJob(CommandSpec spec) {
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .paramLabel("JOB")
                        .required(true)
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Long.MAX_VALUE))
                        .description("The job's number, as 'qmk submit' printed it.")
                        .build());
    }

    static long job(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, 0L);
    }

    static CommandSpec statusSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> {
                            long job = job(arguments);
                            var format =
                                    arguments.matchedOptionValue("--format", ResultFormat.table);
                            var server = ServerChoice.of(arguments);
                            return terminal ->
                                    server.talk(
                                            terminal,
                                            client -> print(client.status(job), format, terminal));
                        },
                        "status",
                        "Say how a job stands.");
        addJob(spec);
        ResultFormat.addTo(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk status 1");
    }

    static CommandSpec cancelSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> {
                            long job = job(arguments);
                            var server = ServerChoice.of(arguments);
                            return terminal ->
                                    server.talk(
                                            terminal,
                                            client -> {
                                                client.cancel(job);
                                                terminal.say("qmk: job " + job + " is to end");
                                                return ExitCode.DONE;
                                            });
                        },
                        "cancel",
                        "End a job.",
                        "It ends with the epoch; what it has counted so far stays.");
        addJob(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(spec, "qmk cancel 2");
    }

    private static ExitCode print(RemoteJob job, ResultFormat format, Terminal terminal)
            throws CommandFailure {
        terminal.print(
                switch (format) {
                    case table -> JobText.lines(job);
                    case json -> JobText.json(job);
                    case csv -> JobText.csvHead() + JobText.csv(job);
                });
        return ExitCode.DONE;
    }
}
