package org.qmk.qir;

/// How closely a program is held to the specification.
public enum QirValidation {
    /// The specification's profiles, word by word.
    STRICT,

    /// What compilers write today: whatever departs from the specification and has one clear
    /// meaning is taken, with a warning where a program says wrong things about itself.
    INTEROP
}
