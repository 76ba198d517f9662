package org.qmk.machine.surgery;

import java.util.List;

/// What one operation needs joined: two terminals, or more for a joint measurement.
public record Connection(List<Terminal> terminals) {
    public Connection {
        terminals = List.copyOf(terminals);
        if (terminals.size() < 2) {
            throw new IllegalArgumentException(
                    "terminals are %d, expected 2 or more".formatted(terminals.size()));
        }
    }
}
