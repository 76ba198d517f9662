package org.qmk.qec.generate;

import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// Checks of what generators are asked for.
final class Parameters {

    private static final int DISTANCE_MAX = 1000;

    private Parameters() {}

    static void distance(int distance, int min) throws QecFailure {
        if (distance >= min && distance <= DISTANCE_MAX) return;
        throw new QecFailure(
                QecRule.PARAMETER,
                "the distance is %d, expected %d to %d".formatted(distance, min, DISTANCE_MAX));
    }

    static void rounds(long rounds, long min) throws QecFailure {
        if (rounds >= min && rounds <= 1L << 40) return;
        throw new QecFailure(
                QecRule.PARAMETER,
                "the number of rounds is %d, expected %d to 2^40".formatted(rounds, min));
    }
}
