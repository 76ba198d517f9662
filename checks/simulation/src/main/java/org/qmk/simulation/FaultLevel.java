package org.qmk.simulation;

import java.util.Locale;
import java.util.Optional;

/// How often things go wrong.
public enum FaultLevel {
    NONE(0),
    LIGHT(1),
    HEAVY(10);

    /// What the chance of each fault is multiplied by.
    final int factor;

    FaultLevel(int factor) {
        this.factor = factor;
    }

    /// What users write.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<FaultLevel> of(String word) {
        for (FaultLevel level : values()) if (level.word().equals(word)) return Optional.of(level);
        return Optional.empty();
    }
}
