package org.qmk.qir;

import java.util.OptionalInt;

/// What a caller decides about the reading of a program.
///
/// @param loopBound rounds after which a loop that a measurement keeps going gives up; without
///     it, such a loop is refused unless its own conditions end it
public record QirSettings(QirLimits limits, QirValidation validation, OptionalInt loopBound) {

    /// The usual limits, programs as compilers write them, no bound.
    public static final QirSettings DEFAULT =
            new QirSettings(QirLimits.DEFAULT, QirValidation.INTEROP, OptionalInt.empty());

    public QirSettings {
        if (loopBound.isPresent() && loopBound.getAsInt() < 1) {
            throw new IllegalArgumentException("the bound of loops is below 1");
        }
    }

    public QirSettings with(QirValidation other) {
        return new QirSettings(limits, other, loopBound);
    }

    public QirSettings withLoopBound(int rounds) {
        return new QirSettings(limits, validation, OptionalInt.of(rounds));
    }
}
