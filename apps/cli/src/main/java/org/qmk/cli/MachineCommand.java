package org.qmk.cli;

import org.qmk.device.MachineShape;
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
            terminal.print("%-12s %s\n".formatted(name, model.description()));
        }
        return ExitCode.DONE;
    }

    private static ExitCode show(String machine, Terminal terminal) throws CommandFailure {
        MachineModel model = MachineChoice.of(machine, terminal);
        MachineShape shape = model.shape();
        String profiles = model.profiles().isEmpty() ? "none" : String.join(", ", model.profiles());
        terminal.print(
                """
                name                  %s
                description           %s
                blocks                %d
                operations per epoch  %d
                rounds per epoch      %d
                profiles              %s
                """
                        .formatted(
                                model.name(),
                                model.description(),
                                shape.blocks(),
                                shape.operationsPerEpoch(),
                                shape.roundsPerEpoch(),
                                profiles));
        return ExitCode.DONE;
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
