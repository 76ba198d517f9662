package org.qmk.qir;

import java.util.Locale;
import java.util.Optional;

/// How closely a program is held to the specification.
public enum QirValidation {
    /// The specification's profiles, word by word.
    STRICT,

    /// What compilers write today: whatever departs from the specification and has one clear
    /// meaning is taken, with a warning where a program says wrong things about itself.
    INTEROP;

    /// What options and calls name it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one of this word; nothing if there is none.
    public static Optional<QirValidation> named(String word) {
        for (QirValidation validation : values()) {
            if (validation.word().equals(word)) return Optional.of(validation);
        }
        return Optional.empty();
    }
}
