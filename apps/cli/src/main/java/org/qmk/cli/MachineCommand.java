package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.device.TileFloor;
import org.qmk.machine.DecoderFarm;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import picocli.CommandLine.Model.CommandSpec;

/// `qmk machine`: what machines there are, and whether a model is right.
final class MachineCommand {

    private MachineCommand() {}

    static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("machine").addOption(QmkCommand.helpOption());
        spec.usageMessage()
                .header("List, show and check models of machines.")
                .synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("list", listSpec());
        spec.addSubcommand("show", showSpec());
        spec.addSubcommand("check", checkSpec());
        spec.addSubcommand("layout", MachineLayoutCommand.spec());
        return QmkCommand.withExamples(spec, "qmk machine list");
    }

    private static CommandSpec listSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        _ -> MachineCommand::list, "list", "List the machines that QMK ships.");
        return QmkCommand.withExamples(spec, "qmk machine list");
    }

    private static CommandSpec showSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> {
                            String machine = arguments.matchedPositionalValue(0, "");
                            return terminal -> show(machine, terminal);
                        },
                        "show",
                        "Print a machine model.");
        spec.addPositional(
                QmkCommand.operand("NAME|FILE", "A shipped machine, or a file in YAML."));
        return QmkCommand.withExamples(spec, "qmk machine show module-16");
    }

    private static CommandSpec checkSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments -> {
                            String file = arguments.matchedPositionalValue(0, "");
                            return terminal -> check(file, terminal);
                        },
                        "check",
                        "Say whether a file is a machine model, and all that is wrong with it.");
        spec.addPositional(QmkCommand.operand("FILE", "The model in YAML; - is standard input."));
        return QmkCommand.withExamples(spec, "qmk machine check my-machine.yaml");
    }

    private static ExitCode list(Terminal terminal) throws CommandFailure {
        for (String name : MachineFile.SHIPPED) {
            MachineModel model = MachineFile.shipped(name);
            terminal.print("%-15s %s\n".formatted(name, model.description()));
        }
        return ExitCode.DONE;
    }

    private static ExitCode show(String machine, Terminal terminal) throws CommandFailure {
        MachineModel model = MachineChoice.of(machine, terminal);
        MachineShape shape = model.shape();
        MachineShape.Rates rates = shape.rates();
        line(terminal, "name", model.name());
        line(terminal, "description", model.description());
        line(terminal, "blocks", shape.blocks());
        line(terminal, "modules", shape.modules());
        line(terminal, "blocks per module", shape.blocksPerModule());
        line(terminal, "rounds per epoch", shape.roundsPerEpoch());
        line(terminal, "operations per epoch", rate(rates.operations()));
        line(terminal, "lanes per epoch", rate(rates.lanes()));
        line(terminal, "measurements per epoch", rate(rates.measurements()));
        line(terminal, "decoder rounds per epoch", rate(rates.decoderRounds()));
        line(terminal, "decoder latency rounds", model.traits().latencyRounds());
        if (model.traits().farm().isPresent()) {
            line(terminal, "decoder farm", text(model.traits().farm().get()));
        }
        line(terminal, "states per rotation", shape.statesPerRotation());
        OperationTimes times = shape.times();
        line(terminal, "epochs of Clifford gates", times.cliffords());
        line(terminal, "epochs of CCZ", times.ccz());
        line(terminal, "epochs of synthesis", times.rotationTail());
        List<String> factories = new ArrayList<>();
        for (int i = 0; i < shape.factories().size(); i++) {
            MachineShape.Factory factory = shape.factories().get(i);
            int failure = model.traits().factoryFailures().get(i);
            factories.add(
                    "%d states per epoch, buffer %d, failure %d/1000"
                            .formatted(factory.statesPerEpoch(), factory.buffer(), failure));
        }
        lines(terminal, "factories", factories);
        List<String> links = new ArrayList<>();
        for (int i = 0; i < shape.links().size(); i++) {
            MachineShape.Link link = shape.links().get(i);
            int loss = model.traits().linkLosses().get(i);
            links.add(
                    "%d pairs per epoch, buffer %d, fidelity %s, loss %d/1000"
                            .formatted(link.pairsPerEpoch(), link.buffer(), link.fidelity(), loss));
        }
        lines(terminal, "links", links);
        TileFloor floor = shape.floor();
        line(terminal, "floor", floor.isNone() ? "none" : counts(floor));
        for (String row : floor.rows()) line(terminal, "", row);
        line(
                terminal,
                "profiles",
                model.profiles().isEmpty() ? "none" : String.join(", ", model.profiles()));
        return ExitCode.DONE;
    }

    private static String text(DecoderFarm farm) {
        return "%d decoders, windows of %d + %d rounds%s, %.1f rounds on average"
                .formatted(
                        farm.workers(),
                        farm.commit(),
                        farm.buffer(),
                        farm.parallel() ? " in parallel" : "",
                        farm.time().mean() / farm.speed());
    }

    private static String counts(TileFloor floor) {
        return "%d blocks, %d lanes, %d ports a module"
                .formatted(
                        floor.count(TileFloor.BLOCK),
                        floor.count(TileFloor.LANE),
                        floor.count(TileFloor.PORT));
    }

    private static Object rate(int rate) {
        return rate == MachineShape.UNLIMITED ? "unlimited" : rate;
    }

    /// Their number, and a line for each kind of them, with the number of its kind.
    private static void lines(Terminal terminal, String what, List<String> things)
            throws CommandFailure {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        for (String thing : things) kinds.merge(thing, 1, Integer::sum);
        line(terminal, what, things.size());
        for (var kind : kinds.entrySet()) {
            line(terminal, "", kind.getValue() + " of " + kind.getKey());
        }
    }

    private static void line(Terminal terminal, String field, Object value) throws CommandFailure {
        terminal.print("%-24s  %s\n".formatted(field, value));
    }

    private static ExitCode check(String file, Terminal terminal) throws CommandFailure {
        return switch (MachineFile.read(InputFile.read(file, terminal))) {
            case MachineFile.Reading.Ok(var model) -> {
                terminal.print("%s: valid, machine %s\n".formatted(file, model.name()));
                yield ExitCode.DONE;
            }
            case MachineFile.Reading.Failed(var errors) -> {
                for (String error : errors) terminal.say(file + ": " + error);
                terminal.print("%s: invalid\n".formatted(file));
                yield ExitCode.FAILED;
            }
        };
    }
}
