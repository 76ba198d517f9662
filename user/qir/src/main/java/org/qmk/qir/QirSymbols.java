package org.qmk.qir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The global names of a module, by number, in the order in which they are first met.
final class QirSymbols {

    private final QirNotes notes;
    // Looked up, never iterated.
    private final Map<String, Integer> functionIndex = new HashMap<>();
    private final Map<String, Integer> globalIndex = new HashMap<>();
    private final List<String> functionNames = new ArrayList<>();
    private final List<String> globalNames = new ArrayList<>();
    private final List<Integer> functionUses = new ArrayList<>();
    private final List<Integer> globalUses = new ArrayList<>();
    private final List<QirFunction> functions = new ArrayList<>();
    private final List<QirModule.Variable> globals = new ArrayList<>();

    QirSymbols(QirNotes notes) {
        this.notes = notes;
    }

    /// The number of a function that is called or defined at a place.
    int function(String name, int at) {
        Integer known = functionIndex.putIfAbsent(name, functions.size());
        if (known != null) return known;
        functionNames.add(name);
        functionUses.add(at);
        functions.add(null);
        return functions.size() - 1;
    }

    String functionName(int index) {
        return functionNames.get(index);
    }

    int global(String name, int at) {
        Integer known = globalIndex.putIfAbsent(name, globals.size());
        if (known != null) return known;
        globalNames.add(name);
        globalUses.add(at);
        globals.add(null);
        return globals.size() - 1;
    }

    void define(QirFunction function) {
        int index = function(function.name(), function.at());
        if (functions.get(index) != null) {
            throw notes.error(QirRule.NAME_TWICE, function.at(), "@" + function.name());
        }
        functions.set(index, function);
    }

    void define(QirModule.Variable variable) {
        int index = global(variable.name(), variable.at());
        if (globals.get(index) != null) {
            throw notes.error(QirRule.NAME_TWICE, variable.at(), "@" + variable.name());
        }
        globals.set(index, variable);
    }

    /// The module, all of whose names are defined.
    QirModule module(List<QirModule.Flag> flags) {
        for (int i = 0; i < functions.size(); i++) {
            if (functions.get(i) == null) unknown(functionNames.get(i), functionUses.get(i));
        }
        for (int i = 0; i < globals.size(); i++) {
            if (globals.get(i) == null) unknown(globalNames.get(i), globalUses.get(i));
        }
        if (notes.hasErrors()) throw QirRefusal.PROGRAM;
        return new QirModule(functions, globals, flags);
    }

    private void unknown(String name, int at) {
        QirRefusal refusal = notes.error(QirRule.NAME_UNKNOWN, at, "@" + name);
        if (refusal == QirRefusal.PROGRAM) throw refusal;
    }
}
