package org.qmk.qsharp;

import java.util.Optional;
import java.util.stream.Stream;

/// What QIR the Q# compiler writes, and so which programs it takes.
public enum QsharpProfile {
    /// Straight circuits: nothing depends on a measurement.
    BASE("base"),

    /// Measurements decide branches and integers; loops are unrolled.
    ADAPTIVE_RI("adaptive_ri"),

    /// The same with floating-point numbers.
    ADAPTIVE_RIF("adaptive_rif"),

    /// Loops, arrays and functions too.
    ADAPTIVE("adaptive");

    /// Takes the most programs.
    public static final QsharpProfile DEFAULT = ADAPTIVE;

    private final String word;

    QsharpProfile(String word) {
        this.word = word;
    }

    /// How the compiler and a user name it.
    public String word() {
        return word;
    }

    public static Optional<QsharpProfile> named(String word) {
        return Stream.of(values()).filter(profile -> profile.word.equals(word)).findFirst();
    }
}
