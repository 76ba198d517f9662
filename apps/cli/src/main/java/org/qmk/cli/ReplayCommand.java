package org.qmk.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.machine.SimulatedDevice;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.EpochRange;
import org.qmk.runtime.EpochTranscript;
import org.qmk.runtime.Journal;
import org.qmk.runtime.JournalComparison;
import org.qmk.runtime.KernelSetting;
import org.qmk.runtime.Replay;
import org.qmk.runtime.Resimulation;
import org.qmk.runtime.RunTrace;
import org.qmk.runtime.WhatIf;
import org.qmk.runtime.Witness;
import org.qmk.sim.NoiseModel;
import org.qmk.sim.Simulators;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;

/// `qmk replay`: feeds a journal to a new kernel and compares the digest of every epoch; or
/// compares two journals; or asks how the run would have gone on another machine or under another
/// policy.
final class ReplayCommand implements Command {

    private final String folder;
    private final Optional<Long> from;
    private final Optional<Long> to;
    private final boolean resimulates;
    private final Optional<String> simulator;
    private final Optional<String> against;
    private final Optional<String> machine;
    private final Optional<Policy.Order> order;
    private final Optional<String> trace;

    private ReplayCommand(ParseResult arguments) {
        folder = arguments.matchedPositionalValue(0, "");
        from = Optional.ofNullable(arguments.matchedOptionValue("--from", (Long) null));
        to = Optional.ofNullable(arguments.matchedOptionValue("--to", (Long) null));
        resimulates = arguments.hasMatchedOption("--resimulate");
        simulator = Optional.ofNullable(arguments.matchedOptionValue("--simulator", (String) null));
        against = Optional.ofNullable(arguments.matchedOptionValue("--against", (String) null));
        machine = Optional.ofNullable(arguments.matchedOptionValue("--machine", (String) null));
        order = Optional.ofNullable(arguments.matchedOptionValue("--policy", (Policy.Order) null));
        trace = Optional.ofNullable(arguments.matchedOptionValue("--trace", (String) null));
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        ReplayCommand::new,
                        "replay",
                        "Run a journal again and compare every epoch.",
                        "Names the first epoch that differs, with what is recorded and what is"
                            + " computed, or the first byte that is damaged, and exits with 1. A"
                            + " journal that was cut short, as by a crash, agrees as far as its"
                            + " whole entries go: a warning says so, and the exit code is 0.");
        spec.addPositional(QmkCommand.operand("DIR", "What 'qmk run --data-dir' was given."));
        spec.addOption(
                QmkCommand.option("E", "--from")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Long.MAX_VALUE))
                        .description("Compare from this epoch on, and print each epoch.")
                        .build());
        spec.addOption(
                QmkCommand.option("E", "--to")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Long.MAX_VALUE))
                        .description("Compare up to this epoch, and print each epoch.")
                        .build());
        spec.addOption(
                OptionSpec.builder("--resimulate")
                        .description(
                                "Run the simulated machine again too, and compare its reports.")
                        .build());
        spec.addOption(
                QmkCommand.option("NAME", "--simulator")
                        .completionCandidates(SimulatorChoice.names())
                        .description(
                                "What --resimulate and --machine simulate with; take what the run"
                                        + " took.",
                                "${COMPLETION-CANDIDATES}. Default: auto.")
                        .build());
        spec.addOption(
                QmkCommand.option("DIR", "--against")
                        .description("Find the first epoch that differs in another journal.")
                        .build());
        spec.addOption(
                QmkCommand.option("NAME|FILE", "--machine")
                        .description("Say how the same jobs would have gone on another machine.")
                        .build());
        spec.addOption(
                QmkCommand.option("FILE", "--trace")
                        .description(
                                "Write the run as a trace for ui.perfetto.dev or chrome://tracing:"
                                        + " jobs, waves, what they waited for. An epoch takes a"
                                        + " millisecond in it.")
                        .build());
        spec.addOption(PolicyChoice.option("Say how the same jobs would have gone under it."));
        return QmkCommand.withExamples(
                spec,
                "qmk run examples/bell.qasm --data-dir bell-run --seed 7",
                "qmk replay bell-run",
                "qmk replay bell-run --from 2 --to 3 --resimulate",
                "qmk replay bell-run --trace bell-trace.json",
                "qmk replay bell-run --machine module-16");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        boolean ranged = from.isPresent() || to.isPresent();
        if (against.isPresent() && (ranged || resimulates || asksWhatIf() || trace.isPresent())) {
            throw misused(
                    "--against takes no --from, --to, --resimulate, --trace, --machine or"
                            + " --policy");
        }
        if (asksWhatIf() && (ranged || resimulates || trace.isPresent())) {
            throw misused("--machine and --policy take no --from, --to, --resimulate or --trace");
        }
        if (simulator.isPresent() && !resimulates && !asksWhatIf()) {
            throw misused("--simulator needs --resimulate, --machine or --policy");
        }
        if (from.isPresent() && to.isPresent() && to.get() < from.get()) {
            throw misused("--to is before --from");
        }
        try {
            Path path = existing(folder, terminal);
            if (against.isPresent())
                return compare(path, existing(against.get(), terminal), terminal);
            if (asksWhatIf()) return whatIf(path, terminal);
            return replay(path, ranged, terminal);
        } catch (NoSuchFileException missing) {
            throw unreadable(
                    "%s holds no journal (%s). Name a folder that 'qmk run --data-dir' wrote."
                            .formatted(missing.getFile(), Journal.FILE));
        } catch (IOException failed) {
            throw unreadable(
                    "the journal of %s cannot be read: %s."
                            .formatted(folder, FileTrouble.text(failed)));
        }
    }

    private boolean asksWhatIf() {
        return machine.isPresent() || order.isPresent();
    }

    private ExitCode replay(Path path, boolean ranged, Terminal terminal)
            throws IOException, CommandFailure {
        var range = new EpochRange(from.orElse(1L), to.orElse(Long.MAX_VALUE));
        List<EpochTranscript.Epoch> epochs = new ArrayList<>();
        EpochTranscript transcript =
                ranged ? new EpochTranscript(range, epochs::add) : EpochTranscript.silent();
        SimulatedDevice device = device(recorded(path, terminal));
        var resimulation = new Resimulation(device, range);
        Witness witness = resimulates ? transcript.and(resimulation) : transcript;
        Replay.Result result = traced(path, range, witness, terminal);
        for (EpochTranscript.Epoch epoch : epochs) terminal.print(text(epoch));
        Optional<Resimulation.Difference> other = resimulation.difference();
        boolean earlier =
                other.isPresent()
                        && !(result instanceof Replay.Result.Differs differs
                                && differs.epoch() <= other.get().epoch());
        if (earlier) throw resimulatedOtherwise(other.get());
        switch (result) {
            case Replay.Result.Agrees agrees -> agreed(agrees, ranged, terminal);
            case Replay.Result.Differs differs -> throw computedOtherwise(differs, transcript);
            case Replay.Result.Damaged damaged -> throw damaged(folder, damaged);
        }
        if (resimulates) {
            terminal.print(
                    "%s: all %d reports of the simulated machine agree\n"
                            .formatted(folder, resimulation.compared()));
        }
        return ExitCode.DONE;
    }

    /// Replays, and writes the trace if one is asked for. A trace of a journal that is damaged ends
    /// where the damage is.
    private Replay.Result traced(Path path, EpochRange range, Witness witness, Terminal terminal)
            throws IOException, CommandFailure {
        if (trace.isEmpty()) return Replay.of(path, range, witness);
        try (OutputStream out = traceFile(terminal);
                var written = new RunTrace(out)) {
            return Replay.of(path, range, witness.and(written));
        } catch (JacksonException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    trace.get() + " cannot be written: " + failed.getOriginalMessage() + ".");
        }
    }

    private OutputStream traceFile(Terminal terminal) throws CommandFailure {
        try {
            return new BufferedOutputStream(
                    Files.newOutputStream(terminal.file(trace.orElseThrow())));
        } catch (IOException | InvalidPathException failed) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s cannot be written: %s. Name another file."
                            .formatted(trace.orElseThrow(), failed.getMessage()));
        }
    }

    private void agreed(Replay.Result.Agrees agrees, boolean ranged, Terminal terminal)
            throws CommandFailure {
        if (ranged && agrees.epochs() == 0) {
            throw new CommandFailure(
                    ExitCode.FAILED, "the journal of %s has no such epochs.".formatted(folder));
        }
        if (!agrees.complete()) warnCutShort(terminal);
        String digest = agrees.digest().isEmpty() ? "" : ", digest sha256:" + agrees.digest();
        terminal.print(
                "%s: all %d epochs agree, %d inputs%s\n"
                        .formatted(folder, agrees.epochs(), agrees.inputs(), digest));
    }

    private void warnCutShort(Terminal terminal) {
        terminal.say(
                "warning: the journal of %s has no end mark: the run was cut short."
                        .formatted(folder));
    }

    private CommandFailure computedOtherwise(
            Replay.Result.Differs differs, EpochTranscript transcript) {
        String decisions = transcript.last().map(ReplayCommand::text).orElse("");
        return new CommandFailure(
                ExitCode.FAILED,
                ("epoch %d of %s differs, all compared before it agree: recorded %s, computed"
                                + " %s.\n%s")
                        .formatted(
                                differs.epoch(),
                                folder,
                                differs.recorded(),
                                differs.computed(),
                                "What goes in, and what this kernel answers:\n" + decisions)
                        .stripTrailing());
    }

    private CommandFailure resimulatedOtherwise(Resimulation.Difference difference) {
        return new CommandFailure(
                ExitCode.FAILED,
                "the report of epoch %d of %s is not what the simulated machine says.\n"
                                .formatted(difference.epoch(), folder)
                        + "recorded:  %s\nsimulated: %s"
                                .formatted(difference.recorded(), difference.simulated()));
    }

    private ExitCode compare(Path ours, Path theirs, Terminal terminal)
            throws IOException, CommandFailure {
        String other = against.orElseThrow();
        return switch (JournalComparison.of(ours, theirs)) {
            case JournalComparison.Result.Same(long mine, long its) -> {
                if (mine != its) {
                    terminal.say(
                            "warning: %s has %d epochs, %s has %d."
                                    .formatted(folder, mine, other, its));
                }
                terminal.print(
                        "%s and %s: all %d epochs agree\n"
                                .formatted(folder, other, Math.min(mine, its)));
                yield ExitCode.DONE;
            }
            case JournalComparison.Result.Differs(long epoch, var mine, var its) -> {
                terminal.print(
                        "epoch %d is the first that differs\n".formatted(epoch)
                                + side(folder, mine, its)
                                + side(other, its, mine));
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "%s and %s differ from epoch %d on.".formatted(folder, other, epoch));
            }
            case JournalComparison.Result.Damaged(var where, var what) ->
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "the journal of %s is damaged: %s."
                                    .formatted(where.equals(ours) ? folder : other, what));
        };
    }

    /// One side, with a mark before each line that the other side does not have.
    private static String side(
            String name, JournalComparison.Side side, JournalComparison.Side other) {
        var text = new StringBuilder();
        text.append(name).append(": digest ").append(side.digest()).append('\n');
        if (!side.setting().equals(other.setting())) {
            text.append("! ").append(side.setting()).append('\n');
        }
        for (String line : side.decisions()) {
            text.append(other.decisions().contains(line) ? "  " : "! ").append(line).append('\n');
        }
        return text.toString();
    }

    private SimulatedDevice device(MachineModel model) throws CommandFailure {
        return new SimulatedDevice(
                SimulatorChoice.of(simulator, NoiseModel.NONE, Simulators.SHOTS_DEFAULT),
                model,
                EmbeddedKernel.DEVICE_SEED);
    }

    /// The machine of a journal: the shipped one of that name, if it still is the same.
    private MachineModel recorded(Path path, Terminal terminal) throws IOException, CommandFailure {
        Optional<MachineShape> shape = Replay.setting(path).map(KernelSetting::machine);
        if (shape.isEmpty()) return MachineModel.IDEAL;
        if (MachineFile.SHIPPED.contains(shape.get().name())) {
            MachineModel model = MachineFile.shipped(shape.get().name());
            if (model.shape().equals(shape.get())) return model;
        }
        if (resimulates) {
            terminal.say(
                    "warning: no shipped machine is the one of %s: failures of its factories and"
                                    .formatted(folder)
                            + " links, and the delay of its decoders, are not known here.");
        }
        return new MachineModel(shape.get(), "as in the journal", List.of());
    }

    private ExitCode whatIf(Path path, Terminal terminal) throws IOException, CommandFailure {
        MachineModel model =
                machine.isPresent()
                        ? MachineChoice.of(machine.get(), terminal)
                        : recorded(path, terminal);
        WhatIf.Result result =
                WhatIf.of(
                        path,
                        setting -> {
                            KernelSetting other = setting.on(model.shape());
                            if (order.isEmpty()) return other;
                            return other.under(other.policy().with(order.get()));
                        },
                        device(model),
                        new FirstFitPlanner(model.shape()));
        return switch (result) {
            case WhatIf.Result.Compared compared -> {
                if (!compared.complete()) warnCutShort(terminal);
                terminal.print(WhatIfReport.text(compared));
                yield ExitCode.DONE;
            }
            case WhatIf.Result.Unsound(Replay.Result.Damaged damaged) ->
                    throw damaged(folder, damaged);
            case WhatIf.Result.Unsound(var _) ->
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            ("the journal of %s does not agree with its own digests."
                                            + " See 'qmk replay %s'.")
                                    .formatted(folder, folder));
        };
    }

    private static String text(EpochTranscript.Epoch epoch) {
        var text = new StringBuilder("epoch " + epoch.number() + "\n");
        for (String line : epoch.lines()) text.append("  ").append(line).append('\n');
        return text.toString();
    }

    private static Path existing(String name, Terminal terminal)
            throws CommandFailure, NoSuchFileException {
        try {
            Path path = terminal.file(name);
            if (Files.isRegularFile(path)) {
                throw unreadable(name + " is a file, expected the folder of a run.");
            }
            if (!Files.exists(path.resolve(Journal.FILE))) throw new NoSuchFileException(name);
            return path;
        } catch (InvalidPathException invalid) {
            throw unreadable("no folder can have that name: " + invalid.getMessage());
        }
    }

    private static CommandFailure damaged(String folder, Replay.Result.Damaged damaged) {
        return new CommandFailure(
                ExitCode.FAILED,
                "the journal of %s is damaged after %d epochs that agree: %s."
                        .formatted(folder, damaged.epochs(), damaged.where()));
    }

    private static CommandFailure misused(String message) {
        return new CommandFailure(ExitCode.USAGE, message + ". See 'qmk replay --help'.");
    }

    private static CommandFailure unreadable(String message) {
        return new CommandFailure(ExitCode.UNREADABLE, message);
    }
}
