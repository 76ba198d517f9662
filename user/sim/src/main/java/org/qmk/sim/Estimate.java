package org.qmk.sim;

import java.util.Locale;

/// What running a program is expected to take, told before it runs. Figures are of the machine on
/// which the simulators were measured (docs/reference/simulators.md), so that the choice of a
/// simulator, and with it every outcome, is the same everywhere.
///
/// @param seconds of all shots, after the JVM has warmed up; infinite if past all bounds
/// @param bytes of the largest state and what is kept with it; Long.MAX_VALUE if past all bounds
public record Estimate(double seconds, long bytes) {

    /// More than any machine has.
    static final Estimate UNBOUNDED = new Estimate(Double.POSITIVE_INFINITY, Long.MAX_VALUE);

    private static final double MINUTE = 60;
    private static final double HOUR = 3_600;
    private static final double YEAR = 3.156e7;

    /// `3 ms, 16 MiB`, to two digits.
    public String text() {
        return time() + ", " + (bytes == Long.MAX_VALUE ? "no end of memory" : memory());
    }

    private String time() {
        if (seconds < 1e-3) return "1 ms";
        if (seconds < 1) return rounded(seconds * 1e3) + " ms";
        if (seconds < 2 * MINUTE) return rounded(seconds) + " s";
        if (seconds < 2 * HOUR) return rounded(seconds / MINUTE) + " min";
        if (seconds < YEAR) return rounded(seconds / HOUR) + " h";
        return "more than a year";
    }

    private String memory() {
        return HeapMemory.bytesText(bytes);
    }

    /// Two digits: 1.2, 12, 120.
    private static String rounded(double value) {
        double scale = Math.pow(10, Math.floor(Math.log10(value)) - 1);
        double rounded = Math.round(value / scale) * scale;
        return rounded < 9.95
                ? String.format(Locale.ROOT, "%.1f", rounded)
                : String.format(Locale.ROOT, "%.0f", rounded);
    }
}
