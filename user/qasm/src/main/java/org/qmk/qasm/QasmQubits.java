package org.qmk.qasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qvm.GraphBuilder;

/// The qubits of a program: allocated where they are declared, freed at the end.
final class QasmQubits {

    private final GraphBuilder graph;
    private final QasmEmitter emitter;
    private final QasmNotes notes;
    private final PhaseSynthesis synthesis;
    private final int qubitsMax;
    private final List<int[]> registers = new ArrayList<>();
    // Looked up, never iterated.
    private final Map<Long, QasmSymbol.Qubits> hardware = new HashMap<>();
    private String[] names = new String[16];
    private int count;

    QasmQubits(
            GraphBuilder graph,
            QasmEmitter emitter,
            QasmNotes notes,
            PhaseSynthesis synthesis,
            int qubitsMax) {
        this.graph = graph;
        this.emitter = emitter;
        this.notes = notes;
        this.synthesis = synthesis;
        this.qubitsMax = qubitsMax;
    }

    /// The number of qubits so far; handles are 0 to this, exclusive.
    int count() {
        return count;
    }

    QasmSymbol.Qubits declare(String name, int size, boolean isScalar, int at) {
        if (size > qubitsMax - count) throw notes.fatal(QasmRule.BOUND_QUBITS, at, qubitsMax);
        int[] register = new int[size];
        for (int i = 0; i < size; i++) register[i] = add(isScalar ? name : name + "[" + i + "]");
        registers.add(register);
        emitter.allocate(register);
        synthesis.alive(count);
        return new QasmSymbol.Qubits(register, isScalar);
    }

    private int add(String name) {
        int handle = graph.declareQubit(name);
        if (handle == names.length) names = Arrays.copyOf(names, 2 * handle);
        names[handle] = name;
        count++;
        return handle;
    }

    /// A physical qubit, which lives from its first use.
    QasmSymbol.Qubits hardware(QasmExpression.Hardware qubit) {
        QasmSymbol.Qubits known = hardware.get(qubit.index());
        if (known != null) return known;
        QasmSymbol.Qubits fresh = declare("_$" + qubit.index(), 1, true, qubit.start());
        hardware.put(qubit.index(), fresh);
        return fresh;
    }

    /// The name of a handle in the graph.
    String name(int handle) {
        return names[handle];
    }

    void freeAll() {
        for (int[] register : registers) emitter.free(register);
    }
}
