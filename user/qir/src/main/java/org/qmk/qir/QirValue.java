package org.qmk.qir;

import java.util.List;

/// A value that measurements decide. Conditions are functions of `Decisions`; they matter only
/// where the value is used, so what a value is elsewhere is not stated.
sealed interface QirValue {

    /// A number that is one of a few: an integer sign-extended, a double by its bits, an address.
    ///
    /// @param values distinct, at least one
    /// @param when for each value, the condition under which it is the value; no two hold together
    record Cases(long[] values, int[] when) implements QirValue {

        int size() {
            return values.length;
        }

        boolean isKnown() {
            return values.length == 1;
        }
    }

    /// An integer bit by bit, lowest first. One bit is always written so.
    record Word(int[] bits) implements QirValue {}

    /// An array or structure.
    record Parts(List<QirValue> parts) implements QirValue {
        public Parts {
            parts = List.copyOf(parts);
        }
    }

    static Cases constant(long value) {
        return new Cases(new long[] {value}, new int[] {Decisions.TRUE});
    }

    static Word bit(int function) {
        return new Word(new int[] {function});
    }
}
