package org.qmk.qir;

/// Leaves what is being read because it is refused; the reason is in `QirNotes`.
final class QirRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    /// The rest of the line is passed over, then reading goes on.
    static final QirRefusal LINE = new QirRefusal();

    /// Reading ends.
    static final QirRefusal PROGRAM = new QirRefusal();

    private QirRefusal() {
        super(null, null, false, false);
    }
}
