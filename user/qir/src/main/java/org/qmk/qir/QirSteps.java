package org.qmk.qir;

/// Counts the work that a program asks for, so that a short text cannot ask for endless work.
final class QirSteps {

    private final QirNotes notes;
    private final long most;
    private long taken;

    /// Where in the source the instruction at hand begins.
    int at = QirNotes.NOWHERE;

    QirSteps(QirNotes notes, long most) {
        this.notes = notes;
        this.most = most;
    }

    void take(long count) {
        taken += count;
        if (taken > most) throw notes.fatal(QirRule.BOUND_STEPS, at, most);
    }
}
