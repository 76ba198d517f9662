package org.qmk.qasm;

/// Counts the work that a program asks for, so that a short text cannot ask for endless work.
final class QasmSteps {

    private final QasmNotes notes;
    private final int most;
    private int taken;

    /// Where in the source the statement at hand begins.
    int at;

    QasmSteps(QasmNotes notes, int most) {
        this.notes = notes;
        this.most = most;
    }

    int left() {
        return most - taken;
    }

    /// Takes one step.
    void take() {
        take(1);
    }

    void take(long count) {
        if (count > left()) throw exceeded(at);
        taken += (int) count;
    }

    /// The refusal of a program that asks at `place` for more steps than are left.
    QasmRefusal exceeded(int place) {
        return notes.fatal(QasmRule.BOUND_STEPS, place, most);
    }
}
