package org.qmk.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/// The command without a subcommand; what holds for all subcommands.
@CommandLine.Command(
        name = "qmk",
        header = "Runs quantum programs on a kernel for logical qubits.",
        subcommands = {
            RunCommand.class,
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done; 1 rejected or failed; 2 wrong usage; 66 an input cannot be read;",
            "69 something needed is not available; 70 a bug of QMK.",
            "",
            "Example:",
            "  qmk run examples/bell.qasm"
        })
final class QmkCommand {

    @CommandLine.Mixin private HelpOption help;

    private QmkCommand() {}

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new QmkCommand());
        commandLine.setExpandAtFiles(false);
        return commandLine;
    }

    /// The text that `--help` prints.
    static String usage(CommandLine command, Terminal.Traits traits) {
        boolean colored = traits.outIsTerminal() && traits.colors();
        return command.getUsageMessage(colored ? Ansi.ON : Ansi.OFF);
    }

    /// The same option for each command.
    static final class HelpOption {
        @CommandLine.Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Print this text.")
        private boolean requested;
    }
}
