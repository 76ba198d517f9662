package org.qmk.machine.profile;

import java.util.Comparator;
import java.util.List;

/// A profile of a surface code whose rates were counted, as a file.
///
/// @param name what files and commands will call it
/// @param shape how the patch is laid out
/// @param decoder what guessed the errors
/// @param noise the noise model of the physical rates
/// @param circuit what was counted, one line
/// @param counts one or more
public record MeasuredProfile(
        String name,
        Shape shape,
        String decoder,
        String noise,
        String circuit,
        List<Count> counts) {

    /// Fewer errors than these make a rate that may not be trusted.
    public static final int ERRORS_MIN = 100;

    private static final String NANOS =
            "(4 * twoQubitGateTime + 2 * oneQubitGateTime + oneQubitMeasurementTime)"
                    + " * codeDistance";

    /// Surface codes.
    public enum Shape {
        ROTATED("2 * codeDistance^2 - 1"),
        UNROTATED("(2 * codeDistance - 1)^2");

        private final String qubits;

        Shape(String qubits) {
            this.qubits = qubits;
        }
    }

    /// One memory in one basis.
    ///
    /// @param physical the rate of the noise model
    /// @param flip chance that the observable is flipped in one round, more than 0
    public record Count(int distance, double physical, double flip, long shots, long errors) {
        public Count {
            if (!(flip > 0 && flip <= 0.5 && physical > 0 && physical <= 0.5)) {
                throw new IllegalArgumentException(
                        "flips of %s at a rate of %s, expected both above 0, at most 0.5"
                                .formatted(flip, physical));
            }
        }
    }

    public MeasuredProfile {
        counts =
                counts.stream()
                        .sorted(
                                Comparator.comparingInt(Count::distance)
                                        .thenComparingDouble(Count::physical))
                        .toList();
        if (counts.isEmpty()) throw new IllegalArgumentException("there are no counts");
    }

    /// A file that `ProfileFile` reads. A memory in one basis shows one of X and Z: the rate of a
    /// patch is twice what it shows.
    public String yaml() {
        long fewest = counts.stream().mapToLong(Count::errors).min().orElseThrow();
        var text = new StringBuilder();
        text.append("name: %s\n".formatted(quoted(name)));
        text.append(
                """
                description: %s surface code, counted.
                code:
                  family: planar
                  qubits: %s
                  distanceMax: %d
                  source: data and check qubits of the circuit
                circuit:
                  instructions: GateBased
                  nanos: %s
                  source: layers of the circuit; a measurement resets
                decoder:
                  name: %s
                  source: what was counted
                noise:
                  model: %s
                  law: table
                  points:
                """
                        .formatted(
                                shape == Shape.ROTATED ? "Rotated" : "Unrotated",
                                shape.qubits,
                                counts.getLast().distance,
                                NANOS,
                                quoted(decoder),
                                quoted(noise)));
        for (Count count : counts) {
            text.append(
                    "    - {distance: %d, physical: %s, logical: %s} # %d errors of %d shots\n"
                            .formatted(
                                    count.distance,
                                    count.physical,
                                    Math.min(1, 2 * count.flip),
                                    count.errors,
                                    count.shots));
        }
        text.append(
                """
                  standing: %s
                  source: %s
                unit:
                  cycle: code-cycle
                  of: logical-qubit
                  rounds: codeDistance
                  source: flips of one basis in a round, twice, for X and Z
                """
                        .formatted(
                                fewest < ERRORS_MIN ? "indicative" : "measured", quoted(circuit)));
        return text.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
