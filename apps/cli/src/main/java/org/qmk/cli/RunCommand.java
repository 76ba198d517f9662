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
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.Graph;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.Journal;
import org.qmk.sim.Choice;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `qmk run`: loads, verifies and runs a program, and prints how often each result was seen.
@CommandLine.Command(
        name = "run",
        header = "Run a program and print its results.",
        description = {
            "",
            "Reads OpenQASM 2 and 3, and QVM as text, JSON or protobuf; the content decides, not the"
                    + " name. The same file, seed, shots and options give the same counts everywhere.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  qmk run examples/bell.qasm",
            "  qmk run examples/teleport.qasm --shots 4096 --seed 7 --format json"
        })
final class RunCommand implements Command {

    private static final String AUTO = "auto";

    /// How results are printed.
    enum Format {
        table,
        json,
        csv
    }

    @Mixin private QmkCommand.HelpOption help;

    @Parameters(paramLabel = "FILE", description = "The program; - is standard input.")
    private String file;

    @Option(
            names = "--shots",
            paramLabel = "N",
            defaultValue = "1024",
            converter = ShotCount.class,
            description = "How often to run it. Default: ${DEFAULT-VALUE}.")
    private long shots;

    @Option(
            names = "--seed",
            paramLabel = "S",
            converter = SeedText.class,
            description = {
                "Decides every outcome: 64 bits, decimal or hexadecimal (0x...).",
                "Default: random, and printed."
            })
    private Optional<Long> seedStated = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "table",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Format format;

    @Option(
            names = "--top",
            paramLabel = "N",
            defaultValue = "32",
            converter = RowCount.class,
            description = "Rows of the table, most frequent first. Default: ${DEFAULT-VALUE}.")
    private long rows;

    @Option(
            names = "--simulator",
            paramLabel = "NAME",
            defaultValue = AUTO,
            completionCandidates = SimulatorNames.class,
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private String simulator;

    @Option(
            names = "--machine",
            paramLabel = "NAME|FILE",
            defaultValue = MachineChoice.DEFAULT,
            description = "See 'qmk machine list'. Default: ${DEFAULT-VALUE}.")
    private String machine;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Write the journal there, for 'qmk replay'.")
    private Optional<String> folder = Optional.empty();

    private OptionalLong seed = OptionalLong.empty();

    private RunCommand() {}

    @Override
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        MachineModel model = MachineChoice.of(machine, terminal);
        Optional<Path> journal = folderOf(terminal);
        switch (Loading.of(file, InputFile.read(file, terminal))) {
            case Loading.Refused refused -> {
                refused.print(terminal);
                return ExitCode.FAILED;
            }
            case Loading.Accepted(var program, var found) -> {
                Choice.Chosen chosen = choose(program.graph());
                List<String> warnings = new ArrayList<>(found);
                warnings.addAll(model.warnings(program.graph()));
                long decided = seedStated.orElseGet(RunCommand::randomSeed);
                seed = OptionalLong.of(decided);
                EmbeddedKernel.Result result =
                        execute(program, model, chosen, decided, journal, terminal);
                var report =
                        new RunReport(
                                file, program, shots, decided, chosen, model, result, warnings);
                print(report, terminal);
                return concluded(result, terminal);
            }
        }
    }

    private Choice.Chosen choose(Graph graph) throws CommandFailure {
        Choice choice =
                simulator.equals(AUTO)
                        ? Simulators.choose(graph)
                        : Simulators.named(simulator, graph);
        return switch (choice) {
            case Choice.Chosen chosen -> chosen;
            case Choice.Refused(var code, var message) ->
                    throw new CommandFailure(
                            code.equals("SIM-NAME-1") ? ExitCode.USAGE : ExitCode.FAILED,
                            code + ": " + message);
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
            long seed,
            Optional<Path> journal,
            Terminal terminal)
            throws CommandFailure {
        var progress = new Progress(terminal, shots);
        try (var kernel = EmbeddedKernel.open(model, _ -> chosen, journal)) {
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
                    "the journal cannot be written, so the run was given up: %s %s."
                            .formatted(
                                    failed.getClass().getSimpleName(), InputFile.reason(failed)));
        } finally {
            progress.clear();
        }
    }

    private void print(RunReport report, Terminal terminal) throws CommandFailure {
        if (format != Format.json) {
            for (String warning : report.warnings()) terminal.say("warning: " + warning);
        }
        switch (format) {
            case table -> terminal.print(report.table(terminal.traits().columns(), rows));
            case json -> terminal.print(report.json());
            case csv -> {
                terminal.say(report.headline());
                terminal.print(report.csv());
            }
        }
    }

    private static ExitCode concluded(EmbeddedKernel.Result result, Terminal terminal)
            throws CommandFailure {
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

    /// 1 to the most that the kernel takes.
    static final class ShotCount implements CommandLine.ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return WholeNumber.of(text, 1, KernelLimits.DEFAULT.shots());
        }
    }

    static final class RowCount implements CommandLine.ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return WholeNumber.of(text, 1, Long.MAX_VALUE);
        }
    }

    static final class SeedText implements CommandLine.ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return WholeNumber.seed(text);
        }
    }

    /// What completes `--simulator`.
    static final class SimulatorNames implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            List<String> names = new ArrayList<>(List.of(AUTO));
            names.addAll(Simulators.names());
            return names.iterator();
        }
    }
}
