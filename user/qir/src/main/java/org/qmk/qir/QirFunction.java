package org.qmk.qir;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A function: declared, or defined with its body.
///
/// @param at where it is declared or defined
/// @param locals how many values it makes; its parameters are the first of them
/// @param names of its blocks, as diagnostics call them
/// @param blocks instructions, each block ending in a terminator; empty if only declared
/// @param attributes of its own and of its groups, in order
/// @param parameterNotes the attributes of each parameter
record QirFunction(
        String name,
        int at,
        QirType.Code type,
        int locals,
        List<String> names,
        List<List<QirInstruction>> blocks,
        Map<String, String> attributes,
        List<List<String>> parameterNotes) {

    QirFunction {
        names = List.copyOf(names);
        blocks = List.copyOf(blocks);
        attributes = new TreeMap<>(attributes);
        parameterNotes = List.copyOf(parameterNotes);
    }

    boolean isDefined() {
        return !blocks.isEmpty();
    }

    boolean isEntry() {
        return isDefined()
                && (attributes.containsKey("entry_point") || attributes.containsKey("EntryPoint"));
    }
}
