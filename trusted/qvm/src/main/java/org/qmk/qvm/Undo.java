package org.qmk.qvm;

/// How a node is taken back: by itself, by another operation, by the opposite angle, or never.
public sealed interface Undo {

    /// The operation is its own inverse.
    record Self() implements Undo {}

    /// The operation of the given mnemonic is the inverse.
    record With(String mnemonic) implements Undo {}

    /// The same operation with the negated angle is the inverse.
    record Negated() implements Undo {}

    /// Nothing happens to a state, so nothing has to be undone.
    record Nothing() implements Undo {}

    /// There is no inverse.
    ///
    /// @param because completes the sentence "it cannot be undone because ..."
    record Never(String because) implements Undo {}

    static Undo self() {
        return new Self();
    }

    static Undo with(String mnemonic) {
        return new With(mnemonic);
    }

    static Undo never(String because) {
        return new Never(because);
    }
}
