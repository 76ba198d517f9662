package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which modules links join.
enum Topology {
    /// Each module with the next one, the last with the first.
    RING,
    /// Modules in rows, as nearly square as can be; each with its neighbours in row and column.
    GRID,
    /// Each module with each other one.
    ALL;

    /// Two modules, the lower number first.
    record Ends(int from, int to) {}

    static Optional<Topology> of(String name) {
        for (Topology topology : values()) {
            if (topology.word().equals(name)) return Optional.of(topology);
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// At least as many links as `ends` gives.
    long links(int modules) {
        return switch (this) {
            case RING -> modules;
            case GRID -> 2L * modules;
            case ALL -> (long) modules * (modules - 1) / 2;
        };
    }

    List<Ends> ends(int modules) {
        List<Ends> ends = new ArrayList<>();
        int columns = 1;
        while (columns * columns < modules) columns++;
        for (int from = 0; from < modules; from++) {
            switch (this) {
                case RING -> {
                    if (from + 1 < modules) ends.add(new Ends(from, from + 1));
                    else if (modules > 2) ends.add(new Ends(0, from));
                }
                case GRID -> {
                    boolean rowGoesOn = (from + 1) % columns != 0;
                    if (rowGoesOn && from + 1 < modules) ends.add(new Ends(from, from + 1));
                    if (from + columns < modules) ends.add(new Ends(from, from + columns));
                }
                case ALL -> {
                    for (int to = from + 1; to < modules; to++) ends.add(new Ends(from, to));
                }
            }
        }
        return ends;
    }
}
