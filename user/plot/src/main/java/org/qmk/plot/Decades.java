package org.qmk.plot;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// A logarithmic axis from one power of ten to another.
///
/// @param first exponent at its beginning
/// @param last exponent at its end, more than the first
record Decades(int first, int last) {

    /// The least axis that holds all points.
    ///
    /// @param low where a point begins
    /// @param high where it ends
    static Decades over(
            List<Curve> curves,
            ToDoubleFunction<Curve.Point> low,
            ToDoubleFunction<Curve.Point> high) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (Curve curve : curves) {
            for (Curve.Point point : curve.points()) {
                least = Math.min(least, low.applyAsDouble(point));
                most = Math.max(most, high.applyAsDouble(point));
            }
        }
        int first = (int) Math.floor(StrictMath.log10(least));
        int last = (int) Math.ceil(StrictMath.log10(most));
        return new Decades(first, Math.max(last, first + 1));
    }

    /// Where a number lies, from 0 at the beginning to 1 at the end.
    double place(double number) {
        return (StrictMath.log10(number) - first) / (last - first);
    }

    /// A power of ten as people write it.
    static String label(int exponent) {
        if (exponent >= 0 && exponent <= 6)
            return "%,d".formatted(Math.round(Math.pow(10, exponent)));
        if (exponent < 0 && exponent >= -3) return "0." + "0".repeat(-exponent - 1) + "1";
        var text = new StringBuilder("10");
        for (char sign : Integer.toString(exponent).toCharArray()) {
            text.append(sign == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(sign - '0'));
        }
        return text.toString();
    }
}
