package org.qmk.qasm;

/// An operator before a value.
enum QasmPrefix {
    MINUS(QasmToken.MINUS),
    COMPLEMENT(QasmToken.TILDE),
    NOT(QasmToken.EXCLAMATION);

    final QasmToken token;

    QasmPrefix(QasmToken token) {
        this.token = token;
    }
}
