package org.qmk.mlir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Shape;

/// A place in the list of operands or results of an operation of the dialect.
///
/// Linear values go in and come out again. Under a guard an operation that begins or ends a handle
/// may not happen: one that begins it then passes on the value that stood for it before, and one
/// that ends it gives out what is left.
record MlirSlot(Kind kind, Times times) {

    /// The types of the dialect.
    enum Kind {
        CAPABILITY,
        QUBIT,
        CHANNEL,
        EVENT;

        /// The type's name in the dialect.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How many values stand in the place.
    enum Times {
        ONE,
        /// None or one.
        OPTIONAL,
        /// Any number.
        VARIADIC
    }

    static List<MlirSlot> operands(Opcode opcode) {
        Shape shape = opcode.shape();
        List<MlirSlot> slots = new ArrayList<>();
        if (opcode.capability().isPresent()) slots.add(new MlirSlot(Kind.CAPABILITY, Times.ONE));
        boolean begins = shape.qubitLife == Shape.Life.MAKES;
        add(slots, Kind.QUBIT, begins ? Shape.MANY : shape.qubitsMax);
        boolean opens = shape.channelLife == Shape.Life.MAKES;
        for (int i = 0; i < shape.channels; i++) {
            slots.add(new MlirSlot(Kind.CHANNEL, opens ? Times.OPTIONAL : Times.ONE));
        }
        if (shape.inputsMax != Shape.MANY) add(slots, Kind.EVENT, shape.inputsMax);
        slots.add(new MlirSlot(Kind.EVENT, Times.VARIADIC)); // more inputs, and those of the guard
        return slots;
    }

    static List<MlirSlot> results(Opcode opcode) {
        Shape shape = opcode.shape();
        List<MlirSlot> slots = new ArrayList<>();
        add(slots, Kind.QUBIT, shape.qubitsMax);
        boolean closes = shape.channelLife == Shape.Life.ENDS;
        for (int i = 0; i < shape.channels; i++) {
            slots.add(new MlirSlot(Kind.CHANNEL, closes ? Times.OPTIONAL : Times.ONE));
        }
        add(slots, Kind.EVENT, shape.outputs);
        return slots;
    }

    private static void add(List<MlirSlot> slots, Kind kind, int count) {
        if (count == Shape.MANY) slots.add(new MlirSlot(kind, Times.VARIADIC));
        else slots.addAll(Collections.nCopies(count, new MlirSlot(kind, Times.ONE)));
    }

    /// Whether the list can be told apart only if the lengths of its places are written down.
    static boolean needSizes(List<MlirSlot> slots) {
        return slots.stream().filter(slot -> slot.times != Times.ONE).count() > 1;
    }

    /// How many values stand in each place, of so many of each kind.
    ///
    /// @param counts by the ordinal of the kind
    static int[] sizes(List<MlirSlot> slots, int[] counts) {
        int[] rest = counts.clone();
        for (MlirSlot slot : slots) {
            if (slot.times == Times.ONE) rest[slot.kind.ordinal()]--;
        }
        int[] sizes = new int[slots.size()];
        for (int i = 0; i < sizes.length; i++) {
            MlirSlot slot = slots.get(i);
            sizes[i] = slot.times == Times.ONE ? 1 : rest[slot.kind.ordinal()];
        }
        return sizes;
    }
}
