package org.qmk.cli;

import org.qmk.codec.SchemaDocument;
import org.qmk.mlir.QvmDialect;

/// The documents that are generated from tables of the program, so that they cannot be wrong.
enum GeneratedDocument {
    OPCODES("opcodes", "docs/reference/opcodes.md", "Every operation of QVM"),
    RULES("rules", "docs/reference/rules.md", "Every rule that a QVM graph can break"),
    REFUSALS("refusals", "docs/reference/refusals.md", "Every way in which the kernel says no"),
    QASM_CODES("qasm-codes", "docs/reference/qasm-codes.md", "Every message about OpenQASM"),
    QIR_CODES("qir-codes", "docs/reference/qir-codes.md", "Every message about QIR"),
    ESTIMATES("estimates", "docs/reference/estimates.md", "Published estimates beside ours"),
    CLI("cli", "docs/reference/cli.md", "Every command and option"),
    SCHEMA("schema", "qvm/qvm_schema.json", "The JSON Schema of QVM graphs"),
    IRDL("irdl", "qvm/qvm.irdl.mlir", "The qvm dialect of MLIR, for mlir-opt --irdl-file");

    private final String id;
    private final String path;
    private final String subject;

    GeneratedDocument(String id, String path, String subject) {
        this.id = id;
        this.path = path;
        this.subject = subject;
    }

    /// What `qmk doc` knows it by.
    String id() {
        return id;
    }

    /// Its place below the top of the sources.
    String path() {
        return path;
    }

    /// What it lists, in a few words.
    String subject() {
        return subject;
    }

    /// Its text; the same on every machine.
    String text() {
        return switch (this) {
            case OPCODES -> OpcodeManual.text();
            case RULES -> CodeManual.rules();
            case REFUSALS -> CodeManual.refusals();
            case QASM_CODES -> CodeManual.qasm();
            case QIR_CODES -> CodeManual.qir();
            case ESTIMATES -> EstimateManual.text();
            case CLI -> CommandManual.text();
            case SCHEMA -> SchemaDocument.json();
            case IRDL -> QvmDialect.irdl();
        };
    }
}
