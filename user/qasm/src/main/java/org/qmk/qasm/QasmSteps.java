package org.qmk.qasm;

/// Counts the work that a program asks for, so that a short text cannot ask for endless work.
final class QasmSteps {

    private final QasmNotes notes;
    private final int most;
    private final int depthMax;
    private int taken;
    private int depth;

    /// Where in the source the statement at hand begins.
    int at;

    /// @param depthMax levels of subroutines, blocks and formulas that run inside of one another
    QasmSteps(QasmNotes notes, int most, int depthMax) {
        this.notes = notes;
        this.most = most;
        this.depthMax = depthMax;
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

    /// Goes one level deeper. Whoever catches a refusal sets the depth back.
    void enter() {
        if (++depth > depthMax) throw notes.fatal(QasmRule.CALL_NESTING, at, depthMax);
    }

    void leave() {
        depth--;
    }

    int depth() {
        return depth;
    }

    void depth(int before) {
        depth = before;
    }

    /// The refusal of a program that asks at `place` for more steps than are left.
    QasmRefusal exceeded(int place) {
        return notes.fatal(QasmRule.BOUND_STEPS, place, most);
    }
}
