/// Purpose: the `qmk` command, its subcommands and its generated documents.
/// Start reading at `Main`, then `QmkCommand`; a subcommand is one class that ends in Command.
/// Invariants: results go to standard output, everything else to standard error; every exit code is
/// one of `ExitCode`; the same arguments and files give the same output.
/// A user's mistake is one message, without a stack trace.
/// It must never decide what a library below it can decide.
package org.qmk.cli;
