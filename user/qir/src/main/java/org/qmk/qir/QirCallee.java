package org.qmk.qir;

import java.util.Optional;
import java.util.Set;

/// What the name of a function stands for.
sealed interface QirCallee {

    record Gate(QirGate gate) implements QirCallee {}

    record Runtime(QirRuntime function) implements QirCallee {}

    record Defined() implements QirCallee {}

    /// A function that QIR has and no profile allows.
    ///
    /// @param owner what it belongs to
    record Foreign(String owner) implements QirCallee {}

    record Unknown() implements QirCallee {}

    Set<String> LEGACY =
            Set.of(
                    "r",
                    "exp",
                    "measure",
                    "assertmeasurementprobability",
                    "dumpmachine",
                    "dumpregister",
                    "sin",
                    "cos",
                    "tan",
                    "sinh",
                    "cosh",
                    "tanh",
                    "arcsin",
                    "arccos",
                    "arctan",
                    "arctan2",
                    "sqrt",
                    "log",
                    "ieeeremainder",
                    "drawrandomint",
                    "drawrandomdouble",
                    "isnan",
                    "isinf",
                    "nan",
                    "infinity",
                    "intaspauli");

    Set<String> FULL =
            Set.of(
                    "string",
                    "bigint",
                    "array",
                    "callable",
                    "capture",
                    "tuple",
                    "result",
                    "int",
                    "double",
                    "bool",
                    "pauli",
                    "qubit",
                    "range",
                    "heap",
                    "memory",
                    "get");

    static QirCallee of(QirFunction function) {
        if (function.isDefined()) return new Defined();
        String name = function.name();
        if (name.startsWith("__quantum__qis__")) {
            return instruction(name.substring("__quantum__qis__".length()));
        }
        if (!name.startsWith("__quantum__rt__")) return new Unknown();
        String rest = name.substring("__quantum__rt__".length());
        Optional<QirRuntime> runtime = QirRuntime.of("rt__" + rest);
        if (runtime.isPresent()) return new Runtime(runtime.get());
        int end = rest.indexOf('_');
        boolean full = FULL.contains(end < 0 ? rest : rest.substring(0, end));
        return full ? new Foreign("the full run time of QIR") : new Unknown();
    }

    private static QirCallee instruction(String name) {
        Optional<QirGate> gate = QirGate.of(name);
        if (gate.isPresent()) return new Gate(gate.get());
        // some compilers count the qubits in the name
        String plain = name.startsWith("barrier") ? name.replaceAll("[0-9]+__", "__") : name;
        Optional<QirRuntime> runtime = QirRuntime.of("qis__" + plain);
        if (runtime.isPresent()) return new Runtime(runtime.get());
        int end = name.lastIndexOf("__");
        String base = end < 0 ? name : name.substring(0, end);
        boolean controlled = name.endsWith("__ctl") || name.endsWith("__ctladj");
        boolean legacy = controlled || LEGACY.contains(base);
        return legacy ? new Foreign("the instruction set of the first simulators") : new Unknown();
    }
}
