package org.qmk.codec;

import org.qmk.qvm.Violation;

/// Ends the reading of one statement. Carries no stack: it is about the input, not about us.
final class Misread extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Violation violation;
    private final int offset;

    Misread(Violation violation, int offset) {
        super(violation.message(), null, false, false);
        this.violation = violation;
        this.offset = offset;
    }

    Violation violation() {
        return violation;
    }

    int offset() {
        return offset;
    }
}
