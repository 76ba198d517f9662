package org.qmk.codec;

import org.qmk.qvm.Violation;

/// One thing that keeps an input from being a graph.
///
/// @param violation the rule and the facts; its node is the one being read, if any
/// @param position where the input breaks it
public record FormError(Violation violation, Position position) {

    public String code() {
        return violation.code();
    }

    /// Where, then what, what was expected and how to mend it.
    public String message() {
        return position.text() + ": " + violation;
    }

    @Override
    public String toString() {
        return message();
    }
}
