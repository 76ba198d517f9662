package org.qmk.qir;

import java.util.List;

/// What an instruction works on.
sealed interface QirOperand {

    /// A value of the function at hand.
    record Local(int index) implements QirOperand {}

    /// A known number, by its bits: an integer sign-extended to 64 bits, a double, the address of
    /// `null` or `inttoptr`.
    record Number(long bits) implements QirOperand {}

    /// A place in a global, in bytes from its start.
    record Address(int global, long offset) implements QirOperand {}

    /// An array or structure, part by part.
    record Composite(List<QirOperand> parts) implements QirOperand {
        public Composite {
            parts = List.copyOf(parts);
        }
    }

    /// A string.
    record Text(byte[] bytes) implements QirOperand {}

    /// All zeros, of any type; also what is left undefined.
    record Zero() implements QirOperand {}

    QirOperand ZERO = new Zero();
    QirOperand FALSE = new Number(0);

    /// Of integers, true is -1: one bit, sign-extended.
    QirOperand TRUE = new Number(-1);
}
