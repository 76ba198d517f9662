package org.qmk.machine.formula;

import java.util.Locale;
import java.util.Optional;

/// What a formula can call. The functions of Azure's formulas, with the same meaning.
enum FormulaFunction {
    ABS(1, 1),
    CEIL(1, 1),
    FLOOR(1, 1),
    /// Cuts the fraction off.
    INT(1, 1),
    SIGN(1, 1),
    /// To base 10, or to the base that comes first.
    LOG(1, 2),
    /// To a whole number, half away from 0; or to a multiple of the number that comes first.
    ROUND(1, 2),
    MIN(1, 16),
    MAX(1, 16),
    E(0, 0),
    PI(0, 0);

    private final int least;
    private final int most;

    FormulaFunction(int least, int most) {
        this.least = least;
        this.most = most;
    }

    static Optional<FormulaFunction> named(String name) {
        for (FormulaFunction function : values()) {
            if (function.word().equals(name)) return Optional.of(function);
        }
        return Optional.empty();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    double of(double[] arguments) {
        double first = arguments.length > 0 ? arguments[0] : 0;
        double last = arguments.length > 0 ? arguments[arguments.length - 1] : 0;
        return switch (this) {
            case ABS -> Math.abs(first);
            case CEIL -> Math.ceil(first);
            case FLOOR -> Math.floor(first);
            case INT -> first < 0 ? Math.ceil(first) : Math.floor(first);
            case SIGN -> Math.signum(first);
            case LOG ->
                    arguments.length == 1 ? Math.log10(first) : Math.log(last) / Math.log(first);
            case ROUND -> arguments.length == 1 ? whole(first) : whole(last / first) * first;
            case MIN -> least(arguments);
            case MAX -> -least(negated(arguments));
            case E -> Math.E;
            case PI -> Math.PI;
        };
    }

    private static double whole(double value) {
        return Math.signum(value) * Math.floor(Math.abs(value) + 0.5);
    }

    private static double least(double[] values) {
        double least = values[0];
        for (double value : values) least = Math.min(least, value);
        return least;
    }

    private static double[] negated(double[] values) {
        double[] negated = new double[values.length];
        for (int i = 0; i < values.length; i++) negated[i] = -values[i];
        return negated;
    }
}
