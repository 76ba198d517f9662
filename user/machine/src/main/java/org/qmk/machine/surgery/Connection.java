package org.qmk.machine.surgery;

import java.util.List;

/// What one operation needs joined: two ends, or more for a joint measurement.
public record Connection(List<RouteEnd> ends) {
    public Connection {
        ends = List.copyOf(ends);
        if (ends.size() < 2) {
            throw new IllegalArgumentException(
                    "ends are %d, expected 2 or more".formatted(ends.size()));
        }
    }
}
