package org.qmk.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineModel;
import org.qmk.machine.WindowDecoding;
import org.qmk.qir.QirOutputs;
import org.qmk.qvm.Graph;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.Journal;
import org.qmk.runtime.Witness;
import org.qmk.runtime.timeline.TimelineRecorder;
import org.qmk.sim.Choice;
import org.qmk.sim.NoiseModel;
import org.qmk.sim.TimingSimulator;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;
import org.qmk.verifier.Verified;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk run`: loads, verifies and runs a program, and prints how often each result was seen.
final class RunCommand implements Command {

    /// A program that takes longer is worth a second start.
    private static final double SECONDS_AGAIN = 1;

    private final String file;
    private final long shots;
    private final Optional<Long> seedStated;
    private final RunFormat format;
    private final LoadSettings settings;
    private final long rows;
    private final String simulator;
    private final NoiseChoice noise;
    private final List<String> words;
    private final String machine;
    private final Optional<String> folder;
    private final TimelineChoice timeline;

    /// Options that say how outcomes are simulated or printed.
    private final List<String> ofOutcomes;

    private OptionalLong seed = OptionalLong.empty();

    private RunCommand(ParseResult arguments) {
        file = arguments.matchedPositionalValue(0, "");
        timeline = TimelineChoice.of(arguments);
        shots =
                arguments.matchedOptionValue(
                        "--shots", timeline.timing() ? 1 : RunReport.SHOTS_DEFAULT);
        ofOutcomes =
                Stream.of("--simulator", "--noise", "--top")
                        .filter(arguments::hasMatchedOption)
                        .toList();
        seedStated = Optional.ofNullable(arguments.matchedOptionValue("--seed", (Long) null));
        format = arguments.matchedOptionValue("--format", RunFormat.TABLE);
        settings = LoadChoice.of(arguments);
        rows = arguments.matchedOptionValue("--top", RunReport.ROWS_DEFAULT);
        simulator = arguments.matchedOptionValue("--simulator", SimulatorChoice.AUTO);
        noise = arguments.matchedOptionValue("--noise", NoiseChoice.NONE);
        words = arguments.originalArgs();
        machine = arguments.matchedOptionValue("--machine", MachineChoice.DEFAULT);
        folder = Optional.ofNullable(arguments.matchedOptionValue("--data-dir", (String) null));
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        RunCommand::new,
                        "run",
                        "Run a program and print its results.",
                        "Reads OpenQASM 2 and 3, QIR as LLVM text or bitcode, and QVM as text, JSON"
                                + " or protobuf; the content decides, not the name. The same file,"
                                + " seed, shots and options give the same counts everywhere.");
        spec.addPositional(QmkCommand.operand("FILE", "The program; - is standard input."));
        RunReport.addShots(spec);
        RunFormat.addTo(spec);
        RunReport.addRows(spec);
        spec.addOption(
                QmkCommand.option("NAME", "--simulator")
                        .completionCandidates(SimulatorChoice.names())
                        .description(
                                "${COMPLETION-CANDIDATES}. Default: " + SimulatorChoice.AUTO + ".")
                        .build());
        NoiseChoice.addTo(spec);
        LoadChoice.addTo(spec);
        LoadChoice.addQsharpTo(spec);
        spec.addOption(
                QmkCommand.option("NAME|FILE", "--machine")
                        .description(
                                "See 'qmk machine list'. Default: " + MachineChoice.DEFAULT + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("DIR", "--data-dir")
                        .description("Write the journal there, for 'qmk replay'.")
                        .build());
        TimelineChoice.addTo(spec);
        return QmkCommand.withExamples(
                spec,
                "qmk run examples/bell.qasm",
                "qmk run examples/bell.qasm --machine module-16 --timing",
                "qmk run examples/teleport.qasm --shots 4096 --seed 7 --format json");
    }

    @Override
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        timeline.check(ofOutcomes);
        if (timeline.timing() && format != RunFormat.TABLE && format != RunFormat.JSON) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--timing prints no outcomes. Use the format table or json.");
        }
        MachineModel model = MachineChoice.of(machine, terminal);
        Optional<Path> journal = folderOf(terminal);
        NoiseChoice.Resolved errors = noise.on(model, terminal);
        byte[] bytes = InputFile.read(file, terminal);
        switch (Loading.of(file, bytes, settings)) {
            case Loading.Refused refused -> {
                refused.lines().forEach(terminal::say);
                return ExitCode.FAILED;
            }
            case Loading.Accepted(var program, var found, var outputs) -> {
                expectRecords(outputs);
                Choice.Chosen chosen = choose(program.graph(), errors.model());
                if (chosen.estimate().seconds() >= SECONDS_AGAIN) {
                    Optional<SecondStart> again = SecondStart.of(words);
                    if (again.isPresent()) return again.get().run(standardInput(bytes), terminal);
                }
                for (String remark : errors.remarks()) terminal.say(remark);
                List<String> warnings = new ArrayList<>(found);
                warnings.addAll(model.warnings(program.graph()));
                long decided = seedStated.orElseGet(RunCommand::randomSeed);
                seed = OptionalLong.of(decided);
                var recorder = new TimelineRecorder(model.shape());
                EmbeddedKernel.Result result =
                        execute(
                                program, model, chosen, errors, decided, journal, recorder,
                                terminal);
                if (timeline.timing()) {
                    for (String warning : warnings) terminal.say("warning: " + warning);
                } else {
                    var report =
                            RunReport.ofRun(
                                    file, program, shots, decided, chosen, model, result, warnings);
                    if (format.report().isPresent()) {
                        report.print(format.report().get(), rows, terminal);
                    } else {
                        printRecords(report, outputs.orElseThrow(), terminal);
                    }
                }
                if (timeline.wanted()) {
                    timeline.print(
                            recorder,
                            file,
                            program,
                            model,
                            shots,
                            result,
                            format.report(),
                            terminal);
                }
                return conclusion(result);
            }
        }
    }

    private void expectRecords(Optional<QirOutputs> outputs) throws CommandFailure {
        if (format.schema().isEmpty() || outputs.isPresent()) return;
        throw new CommandFailure(
                ExitCode.USAGE,
                "%s is no QIR program, so it records no output. Use another format than %s."
                        .formatted(file, format.text()));
    }

    private void printRecords(RunReport report, QirOutputs outputs, Terminal terminal)
            throws CommandFailure {
        for (String warning : report.warnings()) terminal.say("warning: " + warning);
        terminal.say(report.headline());
        terminal.print(outputs.text(format.schema().orElseThrow(), report.counts()));
    }

    /// What this JVM has taken from standard input, if the program came that way.
    private Optional<byte[]> standardInput(byte[] bytes) {
        return file.equals(InputFile.STDIN) ? Optional.of(bytes) : Optional.empty();
    }

    private Choice.Chosen choose(Graph graph, NoiseModel errors) throws CommandFailure {
        if (timeline.timing()) return TimingSimulator.chosen();
        var choices = SimulatorChoice.of(Optional.of(simulator), errors, shots);
        return switch (choices.apply(graph)) {
            case Choice.Chosen chosen -> chosen;
            case Choice.Refused(var rule, var message) ->
                    throw new CommandFailure(ExitCode.FAILED, rule.code() + ": " + message);
        };
    }

    private Optional<Path> folderOf(Terminal terminal) throws CommandFailure {
        try {
            return folder.map(terminal::file);
        } catch (InvalidPathException invalid) {
            throw new CommandFailure(
                    ExitCode.USAGE, "no folder can have that name: " + invalid.getMessage());
        }
    }

    private EmbeddedKernel.Result execute(
            Verified program,
            MachineModel model,
            Choice.Chosen chosen,
            NoiseChoice.Resolved errors,
            long seed,
            Optional<Path> journal,
            TimelineRecorder recorder,
            Terminal terminal)
            throws CommandFailure {
        Witness witness = timeline.wanted() ? recorder : Witness.NOBODY;
        Function<Graph, Choice> selection =
                graph -> graph == program.graph() ? chosen : TimingSimulator.chosen();
        var progress = new Progress(terminal, shots, "shots", System::nanoTime);
        Optional<WindowDecoding> decoding = errors.decoding();
        try (var kernel = EmbeddedKernel.open(model, selection, decoding, journal, witness)) {
            timeline.open(kernel, settings, seed, terminal);
            return kernel.run(program, new JobPolicy(shots, seed), progress::update);
        } catch (EmbeddedKernel.RefusedException refused) {
            throw new CommandFailure(ExitCode.FAILED, refused.getMessage() + ".");
        } catch (FileAlreadyExistsException taken) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    taken.getFile().endsWith(Journal.FILE)
                            ? taken.getFile()
                                    + " holds the journal of another run. Name an empty folder."
                            : taken.getFile() + " is no folder. Name another.");
        } catch (IOException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "the journal cannot be written, so the run was given up: %s."
                            .formatted(FileTrouble.text(failed)));
        } finally {
            progress.clear();
        }
    }

    /// @throws CommandFailure if the job did not complete, with its cause
    static ExitCode conclusion(EmbeddedKernel.Result result) throws CommandFailure {
        if (result.state() == JobState.COMPLETED) return ExitCode.DONE;
        String detail = result.detail().isEmpty() ? "" : ": " + result.detail();
        throw new CommandFailure(
                ExitCode.FAILED,
                "the job is %s after %d shots: %s: %s%s."
                        .formatted(
                                result.state(),
                                result.shotsDone(),
                                result.cause().code(),
                                result.cause().sentence(),
                                detail));
    }

    /// Not negative, so that it reads the same signed and unsigned.
    private static long randomSeed() {
        return new SecureRandom().nextLong() & Long.MAX_VALUE;
    }
}
