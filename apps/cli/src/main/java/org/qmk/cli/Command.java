package org.qmk.cli;

import java.util.OptionalLong;

/// One subcommand, after its arguments were parsed.
interface Command {

    /// Does the work. Output for machines goes to standard output, everything else to standard
    /// error.
    ///
    /// @throws CommandFailure if the command stops early
    ExitCode run(Terminal terminal) throws CommandFailure;

    /// The seed that decided what happened, once it is known: a report of a bug names it.
    default OptionalLong seed() {
        return OptionalLong.empty();
    }
}
