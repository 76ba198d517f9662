package org.qmk.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.qmk.estimate.CountsFile;
import org.qmk.estimate.EstimateFailure;
import org.qmk.estimate.EstimateJson;
import org.qmk.estimate.EstimateText;
import org.qmk.estimate.EstimatedMachine;
import org.qmk.estimate.Estimator;
import org.qmk.estimate.GraphCounts;
import org.qmk.estimate.JobParameters;
import org.qmk.estimate.LogicalCounts;
import org.qmk.estimate.ResourceEstimate;
import org.qmk.machine.magic.FactoryFamily;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.ProfileFile;
import org.qmk.plot.Curve;
import org.qmk.plot.LogPlot;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/// `qmk estimate`: qubits and time of a program on a fault-tolerant machine, in closed form.
final class EstimateCommand implements Command {

    /// How estimates are printed.
    enum Format {
        table,
        json,
        csv
    }

    private static final byte[] DEFAULTS = "{}".getBytes(StandardCharsets.UTF_8);

    /// A plot tells so many curves apart.
    private static final int CURVES_MAX = 5;

    private final String file;
    private final Optional<String> parameters;
    private final Optional<String> profile;
    private final Optional<FactoryFamily> factories;
    private final boolean frontier;
    private final Optional<String> plot;
    private final Optional<String> out;
    private final Optional<String> machineOut;
    private final boolean ideal;
    private final Format format;
    private final LoadSettings settings;

    private EstimateCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, "");
        parameters = text(arguments, "--params");
        profile = text(arguments, "--profile");
        factories = Optional.ofNullable(arguments.matchedOptionValue("--factories", null));
        frontier = arguments.hasMatchedOption("--frontier");
        plot = text(arguments, "--plot");
        out = text(arguments, "--out");
        machineOut = text(arguments, "--machine-out");
        ideal = arguments.hasMatchedOption("--ideal");
        format = arguments.matchedOptionValue("--format", Format.table);
        settings = LoadChoice.of(arguments);
    }

    private static Optional<String> text(ParseResult arguments, String option) {
        return Optional.ofNullable(arguments.matchedOptionValue(option, (String) null));
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        EstimateCommand::new,
                        "estimate",
                        "Estimate the physical qubits and the time that a program needs.",
                        "Takes a program, or logical counts in JSON as Azure's estimator has them.",
                        "Assumes what a closed form can: nobody else uses the machine, decoders"
                                + " keep up, magic states arrive smoothly. The figures are those of"
                                + " Azure's estimator.",
                        "The exit code is 1 if a job has no estimate.");
        spec.addPositional(
                QmkCommand.operand("FILE", "A program, or counts in JSON; - is standard input."));
        spec.addOption(
                QmkCommand.option("FILE", "--params")
                        .description(
                                "Job parameters in JSON, as Azure's: one job, or an array of them."
                                        + " Without, Azure's defaults.")
                        .build());
        spec.addOption(
                QmkCommand.option("NAME|FILE", "--profile")
                        .description(
                                "The code: a shipped profile, or a file in YAML. One of "
                                        + String.join(", ", ProfileFile.SHIPPED)
                                        + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("KIND", "--factories")
                        .type(FactoryFamily.class)
                        .converters(EstimateCommand::family)
                        .completionCandidates(families())
                        .description(
                                "Where magic states come from: ${COMPLETION-CANDIDATES}. Default:"
                                        + " what the job says, or pipelines, which are Azure's.")
                        .build());
        spec.addOption(
                QmkCommand.option("F", "--format")
                        .type(Format.class)
                        .description("${COMPLETION-CANDIDATES}. Default: table.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--frontier")
                        .description(
                                "All that is worth choosing from: fewer qubits and more time, or"
                                        + " more qubits and less time.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--plot")
                        .description("Write qubits against time there, as SVG; up to 5 jobs.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--out").description("Write the text there.").build());
        spec.addOption(
                QmkCommand.option("FILE", "--machine-out")
                        .description(
                                "Write there the machine that the first estimate assumes, for 'qmk"
                                        + " run --timing --machine'.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--ideal")
                        .description("Of that machine: magic states make nothing wait.")
                        .build());
        LoadChoice.addTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk estimate examples/bell.qasm",
                "qmk estimate --format json examples/bell.qasm",
                "qmk estimate examples/shor.qasm --machine-out machine.yaml --ideal",
                "qmk estimate --factories litinski examples/shor.qasm");
    }

    private static List<String> families() {
        return Stream.of(FactoryFamily.values()).map(FactoryFamily::word).toList();
    }

    private static FactoryFamily family(String word) {
        Optional<FactoryFamily> family = FactoryFamily.named(word);
        if (family.isPresent()) return family.get();
        throw new TypeConversionException(
                "'%s' is no kind of factory, expected one of %s"
                        .formatted(word, String.join(", ", families())));
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        if (ideal && machineOut.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--ideal says something of the machine of --machine-out.");
        }
        LogicalCounts counts = counts(terminal);
        List<EstimateJson.Outcome> outcomes = new ArrayList<>();
        ExitCode exitCode = ExitCode.DONE;
        for (JobParameters job : jobs(terminal)) {
            JobParameters asked = factories.map(job::with).orElse(job);
            EstimateJson.Outcome outcome = estimate(counts, frontier ? asked.asFrontier() : asked);
            if (outcome instanceof EstimateJson.Outcome.Failed(var rule, var message)) {
                terminal.say(file + ": " + rule.code() + ": " + message);
                exitCode = ExitCode.FAILED;
            }
            outcomes.add(outcome);
        }
        String text =
                switch (format) {
                    case table -> EstimateText.table(outcomes);
                    case json -> EstimateJson.text(outcomes);
                    case csv -> EstimateText.csv(outcomes);
                };
        OutputFile.writeOrPrint(out, text, terminal);
        if (plot.isPresent()) draw(plot.get(), outcomes, terminal);
        if (machineOut.isPresent()) writeMachine(machineOut.get(), outcomes.getFirst(), terminal);
        return exitCode;
    }

    private void writeMachine(String to, EstimateJson.Outcome outcome, Terminal terminal)
            throws CommandFailure {
        if (!(outcome instanceof EstimateJson.Outcome.Done(var _, var estimates))) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the first job has no estimate, so there is no machine.");
        }
        try {
            String yaml = EstimatedMachine.yaml(estimates.getFirst(), ideal);
            OutputFile.write(to, yaml.getBytes(StandardCharsets.UTF_8), terminal);
            terminal.say("wrote " + to);
        } catch (IllegalArgumentException unsayable) {
            throw new CommandFailure(ExitCode.FAILED, unsayable.getMessage() + ".");
        }
    }

    private static EstimateJson.Outcome estimate(LogicalCounts counts, JobParameters job) {
        try {
            return new EstimateJson.Outcome.Done(job, Estimator.estimates(counts, job));
        } catch (EstimateFailure none) {
            return new EstimateJson.Outcome.Failed(none.rule(), none.getMessage());
        }
    }

    private LogicalCounts counts(Terminal terminal) throws CommandFailure {
        byte[] bytes = InputFile.read(file, terminal);
        return switch (CountsFile.read(bytes)) {
            case CountsFile.Reading.Ok(var counts) -> counts;
            case CountsFile.Reading.Failed(var errors) ->
                    throw ProfileChoice.wrong(file, errors, terminal);
            case CountsFile.Reading.Other() -> counted(bytes, terminal);
        };
    }

    private LogicalCounts counted(byte[] bytes, Terminal terminal) throws CommandFailure {
        return switch (Loading.of(file, bytes, settings)) {
            case Loading.Accepted(var program, var warnings, var _) -> {
                for (String warning : warnings) terminal.say("warning: " + warning);
                yield GraphCounts.of(program.graph(), program::orderAt);
            }
            case Loading.Refused refused -> {
                refused.lines().forEach(terminal::say);
                throw new CommandFailure(
                        ExitCode.FAILED,
                        file + " is no program that may run, and no counts. See above.");
            }
        };
    }

    private List<JobParameters> jobs(Terminal terminal) throws CommandFailure {
        Optional<CodeProfile> code = Optional.empty();
        if (profile.isPresent()) code = Optional.of(ProfileChoice.of(profile.get(), terminal));
        byte[] json = DEFAULTS;
        if (parameters.isPresent()) json = InputFile.read(parameters.get(), terminal);
        return switch (JobParameters.read(json, code)) {
            case JobParameters.Reading.Ok(var jobs) -> jobs;
            case JobParameters.Reading.Failed(var errors) ->
                    throw ProfileChoice.wrong(parameters.orElse("the job"), errors, terminal);
        };
    }

    /// Writes the estimates as curves, one for each job that has some.
    private static void draw(String file, List<EstimateJson.Outcome> outcomes, Terminal terminal)
            throws CommandFailure {
        List<Curve> curves = new ArrayList<>();
        for (int i = 0; i < outcomes.size() && curves.size() < CURVES_MAX; i++) {
            if (outcomes.get(i) instanceof EstimateJson.Outcome.Done(var job, var estimates)) {
                String name = "%d %s, %s".formatted(i, job.schemeName(), job.qubit().name());
                String shortName = name.substring(0, Math.min(name.length(), 28));
                List<Curve.Point> points = new ArrayList<>();
                for (ResourceEstimate estimate : estimates) points.add(point(estimate));
                curves.add(new Curve(shortName, curves.size(), Curve.Line.SOLID, points));
            }
        }
        if (curves.isEmpty()) {
            throw new CommandFailure(ExitCode.FAILED, "there is no estimate to plot.");
        }
        var plot = new LogPlot("Qubits against time", "runtime, s", "physical qubits", curves);
        OutputFile.write(file, plot.svg().getBytes(StandardCharsets.UTF_8), terminal);
        terminal.say("wrote " + file);
    }

    private static Curve.Point point(ResourceEstimate estimate) {
        return new Curve.Point(estimate.runtimeNanos() / 1e9, estimate.physicalQubits());
    }
}
