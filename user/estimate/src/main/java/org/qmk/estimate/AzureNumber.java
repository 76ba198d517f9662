package org.qmk.estimate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/// Numbers in words, as Azure's results have them.
final class AzureNumber {

    private static final String PREFIXES = "kMGTPEZYRQ";

    /// @param factor of the unit before
    private record Unit(String name, long factor) {}

    private static final List<Unit> UNITS =
            List.of(
                    new Unit("nanosecs", 1),
                    new Unit("microsecs", 1000),
                    new Unit("millisecs", 1000),
                    new Unit("secs", 1000),
                    new Unit("mins", 60),
                    new Unit("hours", 60),
                    new Unit("days", 24),
                    new Unit("years", 365));

    private AzureNumber() {}

    /// Two digits after the point and a metric prefix.
    static String prefixed(long number) {
        if (number < 1000) return Long.toString(number);
        double value = number / 1e3;
        int prefix = 0;
        while (value / 1e3 >= 1) {
            value /= 1e3;
            prefix++;
        }
        return twoDigits(value) + PREFIXES.charAt(prefix);
    }

    /// A whole number of the largest unit that fits, rounded.
    static String duration(long nanos) {
        long value = nanos;
        long rest = 0;
        for (int i = 1; i < UNITS.size(); i++) {
            if (value < UNITS.get(i).factor) {
                if (i > 1 && rest >= UNITS.get(i - 1).factor / 2) value++;
                return value + " " + UNITS.get(i - 1).name;
            }
            rest = value % UNITS.get(i).factor;
            value /= UNITS.get(i).factor;
        }
        return value + " " + UNITS.getLast().name;
    }

    /// Two digits after the point, and the power of ten as short as it can be.
    static String scientific(double number) {
        if (number == 0) return "0.00e0";
        BigDecimal exact = new BigDecimal(number);
        BigDecimal rounded = exact.round(new MathContext(3, RoundingMode.HALF_EVEN));
        int exponent = rounded.precision() - rounded.scale() - 1;
        return rounded.scaleByPowerOfTen(-exponent).setScale(2).toPlainString() + "e" + exponent;
    }

    /// Rounded from the exact value of the double, to even where it lies in the middle.
    static String twoDigits(double value) {
        return new BigDecimal(value).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }
}
