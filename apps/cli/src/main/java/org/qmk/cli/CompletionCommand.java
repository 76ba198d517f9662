package org.qmk.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/// `qmk completion`: a script that completes commands and options in a shell.
final class CompletionCommand implements Command {

    private CompletionCommand() {}

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        _ -> new CompletionCommand(),
                        "completion",
                        "Print a script that completes commands and options in bash and zsh.",
                        "Put 'source <(qmk completion)' into .bashrc or .zshrc; qmk must be on the"
                                + " PATH.");
        return QmkCommand.withExamples(spec, "qmk completion");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        terminal.print(AutoComplete.bash("qmk", QmkCommand.commandLine()));
        return ExitCode.DONE;
    }
}
