package org.qmk.qec.result;

import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.circuit.Circuit;

/// What the bits of a shot are: measurements, then detectors, then observables.
public record RecordLayout(int measurements, int detectors, int observables) {

    public RecordLayout {
        if (measurements < 0 || detectors < 0 || observables < 0) {
            throw new IllegalArgumentException("a number of bits is negative");
        }
    }

    /// @throws QecFailure if there are too many for an array
    public static RecordLayout measurements(Circuit circuit) throws QecFailure {
        return new RecordLayout(fitting(circuit.measurements()), 0, 0);
    }

    /// @throws QecFailure if there are too many for an array
    public static RecordLayout detections(Circuit circuit) throws QecFailure {
        return new RecordLayout(0, fitting(circuit.detectors()), circuit.observables());
    }

    private static int fitting(long count) throws QecFailure {
        if (count <= 1 << 30) return (int) count;
        throw new QecFailure(
                QecRule.SIZE, "a shot has %d bits, expected up to 2^30".formatted(count));
    }

    public int bits() {
        return measurements + detectors + observables;
    }

    /// How the format `dets` calls a bit.
    String name(int bit) {
        if (bit < measurements) return "M" + bit;
        if (bit < measurements + detectors) return "D" + (bit - measurements);
        return "L" + (bit - measurements - detectors);
    }

    /// The bit of a letter and a number; -1 if there is none.
    int bit(char letter, long number) {
        return switch (letter) {
            case 'M' -> number < measurements ? (int) number : -1;
            case 'D' -> number < detectors ? measurements + (int) number : -1;
            case 'L' -> number < observables ? measurements + detectors + (int) number : -1;
            default -> -1;
        };
    }
}
