package org.qmk.qir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Holds a module against QIR: its entry point, what it calls, and what it says about itself.
final class QirValidator {

    private final QirModule module;
    private final QirNotes notes;
    private final QirValidation validation;
    private final List<QirCallee> callees;

    QirValidator(QirModule module, QirNotes notes, QirValidation validation) {
        this.module = module;
        this.notes = notes;
        this.validation = validation;
        callees = module.functions().stream().map(QirCallee::of).toList();
    }

    /// Notes all that is wrong before the program is run.
    void check() {
        checkEntry();
        for (QirFunction function : module.functions()) {
            for (List<QirInstruction> block : function.blocks()) {
                for (QirInstruction each : block) {
                    if (each instanceof QirInstruction.Call call) checkCall(call);
                }
            }
        }
        checkFeatures();
        if (validation == QirValidation.STRICT && !notes.hasErrors()) {
            new QirProfile(module, notes, callees).check();
        }
        if (notes.hasErrors()) throw QirRefusal.PROGRAM;
    }

    /// Notes an error; only a full list ends the check.
    static void note(QirRefusal refusal) {
        if (refusal == QirRefusal.PROGRAM) throw refusal;
    }

    private void checkEntry() {
        List<QirFunction> entries =
                module.functions().stream().filter(QirFunction::isEntry).toList();
        if (entries.isEmpty()) {
            throw notes.fatal(QirRule.ENTRY_MISSING, QirNotes.NOWHERE);
        }
        for (QirFunction more : entries.subList(1, entries.size())) {
            note(notes.error(QirRule.ENTRY_MANY, more.at(), "@" + more.name()));
        }
        QirFunction entry = entries.getFirst();
        QirType result = entry.type().result();
        boolean plain = result.equals(QirType.VOID) || result instanceof QirType.Whole;
        if (!entry.type().parameters().isEmpty()) {
            String what = "takes " + entry.type().parameters().size() + " parameters";
            note(notes.error(QirRule.ENTRY_SHAPE, entry.at(), "@" + entry.name(), what));
        } else if (!plain) {
            String what = "returns " + result.text();
            note(notes.error(QirRule.ENTRY_SHAPE, entry.at(), "@" + entry.name(), what));
        }
    }

    private void checkCall(QirInstruction.Call call) {
        QirFunction function = module.functions().get(call.function());
        String name = "@" + function.name();
        switch (callees.get(call.function())) {
            case QirCallee.Defined() -> {
                boolean fits =
                        call.types().equals(function.type().parameters())
                                && call.type().equals(function.type().result());
                if (!fits) wrong(call, name, text(function.type().parameters()));
            }
            case QirCallee.Gate(var gate) -> checkGate(call, name, gate);
            case QirCallee.Runtime(var runtime) -> {
                boolean result = call.type().equals(runtime.result());
                if (!result || !runtime.takes(shape(call.types()))) {
                    wrong(call, name, runtime.parameters());
                }
            }
            case QirCallee.Foreign(var owner) ->
                    note(notes.error(QirRule.CALL_FULL, call.at(), name, owner));
            case QirCallee.Unknown() -> note(notes.error(QirRule.CALL_UNKNOWN, call.at(), name));
        }
    }

    private void checkGate(QirInstruction.Call call, String name, QirGate gate) {
        List<QirType> expected = new ArrayList<>();
        for (int i = 0; i < gate.arguments(); i++) {
            expected.add(i < gate.angles ? QirType.REAL : QirType.POINTER);
        }
        boolean result =
                gate == QirGate.MZ_LEAKED
                        ? call.type().equals(QirType.INT)
                        : call.type().equals(QirType.VOID);
        if (!result || !call.types().equals(expected)) wrong(call, name, text(expected));
    }

    private void wrong(QirInstruction.Call call, String name, String expected) {
        String found = text(call.types());
        if (!call.type().equals(QirType.VOID)) found += " giving " + call.type().text();
        note(notes.error(QirRule.TYPE_CALL, call.at(), name, found, expected));
    }

    private static String text(List<QirType> types) {
        return "(" + String.join(", ", types.stream().map(QirType::text).toList()) + ")";
    }

    private static String shape(List<QirType> types) {
        var shape = new StringBuilder();
        for (QirType type : types) {
            if (type.equals(QirType.POINTER)) shape.append('p');
            else if (type.equals(QirType.REAL)) shape.append('d');
            else if (type instanceof QirType.Whole) shape.append('i');
            else shape.append('?');
        }
        return shape.toString();
    }

    private void checkFeatures() {
        for (Map.Entry<QirFeature, Integer> used : QirFeature.used(module).entrySet()) {
            QirFeature feature = used.getKey();
            if (feature.isStated(module)) continue;
            Object[] facts = {feature.text(), feature.flag(), feature.stated(module)};
            if (validation == QirValidation.STRICT) {
                note(notes.error(QirRule.PROFILE_CAPABILITY, used.getValue(), facts));
            } else {
                notes.warn(QirRule.WARN_CAPABILITY, used.getValue(), facts);
            }
        }
    }

    /// Holds the qubits and results that a program used against what it says it needs.
    void checkCounts(long qubits, long results) {
        checkCount("qubits", qubits, "required_num_qubits");
        checkCount("results", results, "required_num_results");
    }

    private void checkCount(String what, long used, String attribute) {
        QirFunction entry =
                module.functions().stream().filter(QirFunction::isEntry).findFirst().orElseThrow();
        Optional<String> stated = Optional.ofNullable(entry.attributes().get(attribute));
        if (stated.isEmpty()) return;
        String text = stated.get();
        boolean enough = text.matches("[0-9]{1,18}") && Long.parseLong(text) >= used;
        if (enough) return;
        Object[] facts = {used, what, attribute, text};
        if (validation == QirValidation.STRICT) {
            note(notes.error(QirRule.PROFILE_COUNT, entry.at(), facts));
        } else {
            notes.warn(QirRule.WARN_COUNT, entry.at(), facts);
        }
    }
}
