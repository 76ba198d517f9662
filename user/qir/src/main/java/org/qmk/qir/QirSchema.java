package org.qmk.qir;

/// How output records are written.
public enum QirSchema {
    /// The specification's labeled schema.
    LABELED,

    /// The specification's ordered schema: the same without labels.
    ORDERED,

    /// As the QIR runner of Microsoft writes them: no header, metadata with every shot, labels
    /// where there are any.
    RUNNER
}
