package org.qmk.cli;

/// Why a command stops early: one message for the user, and the exit code.
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    /// @param message what, where, what was expected, how to mend it; printed after `qmk: `
    CommandFailure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
