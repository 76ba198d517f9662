package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Operand;

/// The handles of one kind by name. A name that is used and not declared gets an index too: the
/// verifier says so later. Where a name is declared twice, it stands for the first.
///
/// A small cache in front of the map spares most look-ups a `String`; names that fight over one
/// cache slot only lose that saving, so no choice of names makes reading slow.
final class HandleNames {

    private static final int SLOTS = 1 << 12;

    private final Operand.Kind kind;
    private final GraphBuilder builder;
    private final byte[] source;
    private final Map<String, Integer> indices = new HashMap<>();
    private final int[] starts = new int[SLOTS];
    private final int[] lengths = new int[SLOTS];
    private final int[] cached = new int[SLOTS];
    private final boolean inPlace;
    private int declared;

    /// @param kind INPUT and OUTPUT both stand for events
    /// @param source the bytes that names are given as ranges of
    HandleNames(Operand.Kind kind, GraphBuilder builder, byte[] source) {
        this(kind, builder, source, false);
    }

    private HandleNames(Operand.Kind kind, GraphBuilder builder, byte[] source, boolean inPlace) {
        this.inPlace = inPlace;
        this.kind = kind;
        this.builder = builder;
        this.source = source;
    }

    /// Names that are declared by their first use.
    static HandleNames inPlace(Operand.Kind kind, GraphBuilder builder, byte[] source) {
        return new HandleNames(kind, builder, source, true);
    }

    int declare(String name) {
        declared++;
        int index =
                switch (kind) {
                    case QUBIT -> builder.declareQubit(name);
                    case CHANNEL -> builder.declareChannel(name);
                    case INPUT, OUTPUT -> builder.declareEvent(name);
                };
        indices.putIfAbsent(name, index);
        return index;
    }

    int declared() {
        return declared;
    }

    int of(String name) {
        Integer known = indices.get(name);
        if (known != null) return known;
        if (inPlace) return declare(name);
        int index =
                switch (kind) {
                    case QUBIT -> builder.undeclaredQubit(name);
                    case CHANNEL -> builder.undeclaredChannel(name);
                    case INPUT, OUTPUT -> builder.undeclaredEvent(name);
                };
        indices.put(name, index);
        return index;
    }

    /// The handle whose name is the given range of the source, in UTF-8.
    int of(int start, int end) {
        int length = end - start;
        int hash = length;
        for (int i = start; i < end; i++) hash = hash * 31 + source[i];
        int slot = (hash ^ hash >>> 12) & (SLOTS - 1);
        int from = starts[slot];
        if (lengths[slot] == length && same(from, start, length)) return cached[slot];
        int index = of(new String(source, start, length, StandardCharsets.UTF_8));
        starts[slot] = start;
        lengths[slot] = length;
        cached[slot] = index;
        return index;
    }

    private boolean same(int from, int start, int length) {
        return Arrays.equals(source, from, from + length, source, start, start + length);
    }
}
