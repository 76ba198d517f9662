package org.qmk.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// Writes the manual of the command from what `--help` prints.
final class CommandManual {

    private static final String HEAD =
            """
            # The qmk command

            Generated from `qmk --help` and its like by `qmk doc --write .`; do not edit.

            Results go to standard output, everything else to standard error; progress is shown on a
            terminal only.

            """;

    private static final String ENVIRONMENT =
            """

            | environment | |
            |---|---|
            | QMK_SERVER | the server, if `--server` names none |
            | QMK_API_KEY | the API key, if `--key` gives none |
            | JAVA_HOME | the JDK to use, if it is new enough |
            | QMK_JAVA_OPTS | further options for the JVM, as in -Xmx8g |
            | QMK_DEBUG=1 | print a stack trace where QMK has a bug |
            | NO_COLOR | no colours on a terminal, if set to anything |
            | COLUMNS | characters in a line, if they are not those of the terminal |

            """;

    private CommandManual() {}

    static String text() {
        var text = new StringBuilder(HEAD);
        text.append("| exit code | meaning |\n|---|---|\n");
        for (ExitCode code : ExitCode.values()) {
            text.append("| %d | %s |\n".formatted(code.number(), code.meaning()));
        }
        text.append(ENVIRONMENT);
        section(QmkCommand.commandLine(), text);
        return text.toString().stripTrailing() + "\n";
    }

    private static void section(CommandLine command, StringBuilder text) {
        text.append("## ").append(command.getCommandSpec().qualifiedName()).append("\n\n```\n");
        text.append(command.getUsageMessage(Ansi.OFF)).append("```\n\n");
        for (Map.Entry<String, CommandLine> next : command.getSubcommands().entrySet()) {
            section(next.getValue(), text);
        }
    }
}
