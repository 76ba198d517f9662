package org.qmk.qvm;

import java.util.List;

/// When a node happens: a boolean expression over events.
public sealed interface Guard {

    /// No condition.
    Guard ALWAYS = new Always();

    record Always() implements Guard {}

    /// Holds where the event has the given value.
    ///
    /// @param event index of the event in its graph
    record Is(int event, boolean value) implements Guard {}

    /// Holds where every part holds.
    record All(List<Guard> parts) implements Guard {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /// Holds where at least one part holds.
    record Any(List<Guard> parts) implements Guard {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /// The number of event tests in the expression.
    default int terms() {
        return switch (this) {
            case Always() -> 0;
            case Is _ -> 1;
            case All(var parts) -> sum(parts);
            case Any(var parts) -> sum(parts);
        };
    }

    /// The number of levels of All and Any, 0 for a single test.
    default int depth() {
        return switch (this) {
            case Always() -> 0;
            case Is _ -> 0;
            case All(var parts) -> 1 + deepest(parts);
            case Any(var parts) -> 1 + deepest(parts);
        };
    }

    private static int sum(List<Guard> parts) {
        int sum = 0;
        for (Guard part : parts) sum += part.terms();
        return sum;
    }

    private static int deepest(List<Guard> parts) {
        int deepest = 0;
        for (Guard part : parts) deepest = Math.max(deepest, part.depth());
        return deepest;
    }
}
