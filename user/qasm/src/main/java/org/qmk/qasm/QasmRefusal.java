package org.qmk.qasm;

/// Leaves the statement at hand for the next one. Never leaves this package.
final class QasmRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// Whether nothing more can be read after this.
    final boolean isFinal;

    private QasmRefusal(boolean isFinal) {
        super("a statement was refused", null, false, false);
        this.isFinal = isFinal;
    }

    /// The statement cannot be used; the diagnostic is already noted.
    static final QasmRefusal STATEMENT = new QasmRefusal(false);

    /// The program cannot be used; the diagnostic is already noted.
    static final QasmRefusal PROGRAM = new QasmRefusal(true);
}
