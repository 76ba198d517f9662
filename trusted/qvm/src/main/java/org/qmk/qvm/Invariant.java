package org.qmk.qvm;

/// Always-on checks of what we promise ourselves; `assert` is off by default and does not count.
public final class Invariant {

    private Invariant() {}

    /// @throws IllegalStateException if the condition is false: a bug of ours, never of a tenant
    public static void hold(boolean condition, String message) {
        if (!condition) throw new IllegalStateException("invariant broken: " + message);
    }
}
