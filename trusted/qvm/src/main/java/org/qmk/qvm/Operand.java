package org.qmk.qvm;

/// A handle in a node, packed into one int: kind in the two highest bits, index below.
public final class Operand {

    /// How a node uses a handle, in the order in which a node lists its handles.
    public enum Kind {
        QUBIT,
        CHANNEL,
        INPUT,
        OUTPUT
    }

    /// Handles of one kind that a graph can have at the most.
    public static final int INDEX_MAX = (1 << 30) - 1;

    private static final Kind[] KINDS = Kind.values();

    private Operand() {}

    /// @param index 0 to INDEX_MAX
    public static int of(Kind kind, int index) {
        Invariant.hold(index >= 0 && index <= INDEX_MAX, "a handle index fits 30 bits");
        return kind.ordinal() << 30 | index;
    }

    public static int qubit(int index) {
        return of(Kind.QUBIT, index);
    }

    public static int channel(int index) {
        return of(Kind.CHANNEL, index);
    }

    public static int input(int event) {
        return of(Kind.INPUT, event);
    }

    public static int output(int event) {
        return of(Kind.OUTPUT, event);
    }

    public static Kind kind(int operand) {
        return KINDS[operand >>> 30];
    }

    public static int index(int operand) {
        return operand & INDEX_MAX;
    }
}
