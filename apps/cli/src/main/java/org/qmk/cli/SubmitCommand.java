package org.qmk.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.qmk.optimizer.OptimizerSettings;
import org.qmk.qir.QirValidation;
import org.qmk.runtime.client.CompileOptions;
import org.qmk.runtime.client.Program;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteJob;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.SubmitOptions;
import org.qmk.runtime.client.TransportFailure;
import org.qmk.source.LoadSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk submit`: hands a program to a server.
final class SubmitCommand implements Command {

    /// For ever, as far as a person can tell.
    static final Duration FOREVER = Duration.ofDays(10_000);

    private static final String INVALID_GRAPH = "INVALID_GRAPH";

    private final String file;
    private final SubmitOptions options;
    private final boolean wait;
    private final ResultFormat format;
    private final long rows;
    private final ServerChoice server;

    private SubmitCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, "");
        Long seed = arguments.matchedOptionValue("--seed", (Long) null);
        options =
                new SubmitOptions(
                        arguments.matchedOptionValue("--name", file),
                        arguments.matchedOptionValue("--shots", RunReport.SHOTS_DEFAULT),
                        seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                        arguments.matchedOptionValue("--priority", 0L).intValue(),
                        arguments.matchedOptionValue("--deadline", 0L),
                        compile(arguments),
                        Optional.empty(),
                        Optional.empty());
        wait = arguments.hasMatchedOption("--wait");
        format = arguments.matchedOptionValue("--format", ResultFormat.table);
        rows = arguments.matchedOptionValue("--top", RunReport.ROWS_DEFAULT);
        server = ServerChoice.of(arguments);
    }

    private static CompileOptions compile(ParseResult arguments) {
        LoadSettings settings = LoadChoice.of(arguments);
        return new CompileOptions(
                settings.inputs(),
                settings.loopBound(),
                Optional.of(settings.validation())
                        .filter(validation -> validation != LoadSettings.DEFAULT.validation())
                        .map(QirValidation::word),
                arguments.matchedOptionValue("-O", 0L).intValue());
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        SubmitCommand::new,
                        "submit",
                        "Submit a program to a server.",
                        "Prints the job's number; with --wait, waits for its end and prints its"
                            + " results as 'qmk run' does. The program is read as by 'qmk run'. A"
                            + " job that was accepted goes on whatever becomes of this command.");
        spec.addPositional(QmkCommand.operand("FILE", "The program; - is standard input."));
        RunReport.addShots(spec);
        LoadChoice.addTo(spec);
        spec.addOption(
                QmkCommand.option("LEVEL", "-O")
                        .type(Long.class)
                        .converters(
                                text -> WholeNumber.of(text, 0, OptimizerSettings.LINEAR_LEVEL_MAX))
                        .description("Optimise, as 'qmk compile' does. Default: 0, not at all.")
                        .build());
        spec.addOption(
                QmkCommand.option("N", "--priority")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 0, Integer.MAX_VALUE))
                        .description("Among your jobs, higher ones come first. Default: 0.")
                        .build());
        spec.addOption(
                QmkCommand.option("EPOCHS", "--deadline")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Long.MAX_VALUE))
                        .description("Epochs within which it is to end. Default: none.")
                        .build());
        spec.addOption(
                QmkCommand.option("", "--wait")
                        .type(boolean.class)
                        .arity("0")
                        .description("Wait for the end, and print the results.")
                        .build());
        spec.addOption(
                QmkCommand.option("TEXT", "--name")
                        .description("What lists call the job. Default: FILE.")
                        .build());
        RunReport.addFormat(spec);
        ServerChoice.addTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk submit examples/ghz.qasm --wait",
                "qmk submit examples/ghz.qasm --shots 100000 --priority 5");
    }

    @Override
    public OptionalLong seed() {
        return options.seed();
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        Program program = Program.of(InputFile.read(file, terminal));
        return server.talk(terminal, client -> submit(client, program, terminal));
    }

    private ExitCode submit(QmkClient client, Program program, Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        RemoteJob job;
        try {
            job = client.submit(program, options);
        } catch (ServerRefusal refusal) {
            if (!refusal.error().equals(INVALID_GRAPH) || refusal.details().isEmpty()) {
                throw refusal;
            }
            for (ServerRefusal.Detail each : refusal.details()) terminal.say(line(each));
            return ExitCode.FAILED;
        }
        if (!wait) {
            accepted(job, terminal);
            return ExitCode.DONE;
        }
        if (terminal.traits().errIsTerminal()) terminal.say("qmk: this is job " + job.id());
        RemoteJob ended = client.await(job.id(), FOREVER);
        return print(file, ended, client, format, rows, terminal);
    }

    /// As `qmk run` says it.
    private String line(ServerRefusal.Detail detail) {
        String where = detail.where().isEmpty() ? " " : detail.where() + ": ";
        return file + ":" + where + detail.code() + ": " + detail.message();
    }

    private void accepted(RemoteJob job, Terminal terminal) throws CommandFailure {
        switch (format) {
            case table -> {
                for (String warning : job.warnings()) terminal.say("warning: " + warning);
                terminal.print(job.id() + "\n");
                terminal.say("qmk: 'qmk wait %d' prints the results".formatted(job.id()));
            }
            case json -> terminal.print(JobText.json(job));
            case csv -> terminal.print(JobText.csvHead() + JobText.csv(job));
        }
    }

    /// Prints the results of a job that has ended.
    static ExitCode print(
            String name,
            RemoteJob job,
            QmkClient client,
            ResultFormat format,
            long rows,
            Terminal terminal)
            throws ServerRefusal, TransportFailure, CommandFailure {
        String machine = client.telemetry().machine();
        RunReport.ofJob(name, job, machine).print(format, rows, terminal);
        return JobText.conclusion(job);
    }
}
