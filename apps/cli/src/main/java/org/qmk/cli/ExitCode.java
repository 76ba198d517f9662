package org.qmk.cli;

/// What a command's exit code says. Scripts rely on the numbers.
enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "the program or graph was rejected, a job failed, a check did not hold"),
    USAGE(2, "wrong usage"),
    UNREADABLE(66, "an input file cannot be read"),
    UNAVAILABLE(69, "something needed is not available: a JDK, memory, a server"),
    BUG(70, "a bug of QMK: the message asks for a report and names the seed");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }

    /// The one that says more of the two: the higher number.
    ExitCode or(ExitCode other) {
        return other.number > number ? other : this;
    }
}
