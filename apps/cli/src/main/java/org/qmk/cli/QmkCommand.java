package org.qmk.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The command without a subcommand, and what holds for all subcommands.
///
/// Commands are built by calls rather than annotations: reading annotations would double the time
/// that a start takes.
final class QmkCommand {

    private QmkCommand() {}

    /// The command with every subcommand.
    static CommandLine commandLine() {
        return commandLine(List.of(Subcommand.values()));
    }

    /// The command with as many subcommands as the arguments need.
    static CommandLine commandLine(String[] arguments) {
        if (arguments.length == 0) return commandLine();
        return Subcommand.of(arguments[0])
                .map(chosen -> commandLine(List.of(chosen)))
                .orElseGet(QmkCommand::commandLine);
    }

    private static CommandLine commandLine(List<Subcommand> subcommands) {
        CommandSpec spec = CommandSpec.create().name("qmk").addOption(helpOption());
        spec.usageMessage()
                .header("Runs quantum programs on a kernel for logical qubits.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "Exit codes: 0 done; 1 rejected or failed; 2 wrong usage; 66 an input"
                            + " cannot be read; 69 something needed is not available; 70 a bug of"
                            + " QMK.",
                        "",
                        "Example:",
                        "  qmk run examples/bell.qasm");
        for (Subcommand subcommand : subcommands) {
            spec.addSubcommand(subcommand.word(), subcommand.spec());
        }
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    /// A command that does something.
    ///
    /// @param header one sentence
    /// @param description paragraphs, each of them one element
    static CommandSpec command(Parsing parsing, String name, String header, String... description) {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(parsing).name(name).addOption(helpOption());
        spec.usageMessage().header(header);
        if (description.length > 0) {
            String[] spaced = new String[description.length + 2];
            spaced[0] = "";
            System.arraycopy(description, 0, spaced, 1, description.length);
            spaced[spaced.length - 1] = "";
            spec.usageMessage().description(spaced);
        }
        return spec;
    }

    /// Puts examples under the help of a command; a test runs them.
    ///
    /// @param examples command lines
    static CommandSpec withExamples(CommandSpec spec, String... examples) {
        String[] footer = new String[examples.length + 2];
        footer[0] = "";
        footer[1] = examples.length == 1 ? "Example:" : "Examples:";
        for (int i = 0; i < examples.length; i++) footer[i + 2] = "  " + examples[i];
        spec.usageMessage().footer(footer);
        return spec;
    }

    /// What a command acts on: its one operand.
    static PositionalParamSpec operand(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .paramLabel(label)
                .required(true)
                .type(String.class)
                .description(description)
                .build();
    }

    /// An option with a text, before its description and so on are given.
    static OptionSpec.Builder option(String label, String... names) {
        return OptionSpec.builder(names).paramLabel(label).type(String.class);
    }

    static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this text.")
                .build();
    }

    /// The text that `--help` prints.
    static String usage(CommandLine command, Terminal.Traits traits) {
        boolean colored = traits.outIsTerminal() && traits.colors();
        return command.getUsageMessage(colored ? Ansi.ON : Ansi.OFF);
    }
}
