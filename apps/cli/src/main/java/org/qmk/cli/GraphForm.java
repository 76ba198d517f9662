package org.qmk.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The forms in which `qmk compile` writes a program.
enum GraphForm {
    QVM("qvm", List.of(".qvm")),
    QVM_JSON("qvm.json", List.of(".qvm.json", ".json")),
    QVM_PROTOBUF("qvm.pb", List.of(".qvm.pb", ".pb")),
    QASM3("qasm3", List.of(".qasm")),
    QIR("qir", List.of(".ll")),
    MLIR("mlir", List.of(".mlir"));

    private final String text;
    private final List<String> endings;

    GraphForm(String text, List<String> endings) {
        this.text = text;
        this.endings = endings;
    }

    /// How a user names it.
    String text() {
        return text;
    }

    /// Whether people cannot read it.
    boolean isBinary() {
        return this == QVM_PROTOBUF;
    }

    static Optional<GraphForm> of(String text) {
        for (GraphForm form : values()) {
            if (form.text.equals(text)) return Optional.of(form);
        }
        return Optional.empty();
    }

    /// The form that a file's name tells.
    static Optional<GraphForm> ofFile(String name) {
        for (GraphForm form : values()) {
            for (String ending : form.endings) {
                if (name.endsWith(ending)) return Optional.of(form);
            }
        }
        return Optional.empty();
    }

    /// What users may write.
    static List<String> texts() {
        return Stream.of(values()).map(GraphForm::text).toList();
    }
}
