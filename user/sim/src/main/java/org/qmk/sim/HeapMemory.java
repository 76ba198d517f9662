package org.qmk.sim;

import org.qmk.sim.loops.Precision;

/// What fits the heap, and sizes in words.
final class HeapMemory {

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private HeapMemory() {}

    /// What a simulation may use: the largest heap less an eighth for all else.
    static long bytesMax() {
        long max = Runtime.getRuntime().maxMemory();
        return max - max / 8;
    }

    /// Empty planes for some events.
    ///
    /// @throws IllegalArgumentException if the heap could not hold them
    static long[][] planes(int events, int shots) {
        int words = ShotOutcomes.words(shots);
        long need = 8L * words * events;
        if (need > bytesMax()) {
            throw new IllegalArgumentException(
                    "the outcomes of %d events in %d shots need %s, and the Java heap offers %s."
                                    .formatted(
                                            events, shots, bytesText(need), bytesText(bytesMax()))
                            + " Run fewer shots in one call.");
        }
        return new long[events][words];
    }

    /// The size of a state vector of any number of qubits: `16 GiB`.
    static String text(int qubits, Precision precision) {
        int exponent = qubits + 1 + Integer.numberOfTrailingZeros(precision.bytes());
        if (exponent >= 70) return "2^" + exponent + " bytes";
        return (1 << exponent % 10) + " " + UNITS[exponent / 10];
    }

    /// `1.5 GiB`, rounded down to a tenth.
    static String bytesText(long bytes) {
        int unit = 0;
        long size = bytes;
        while (size >= 1 << 20) {
            size >>= 10;
            unit++;
        }
        if (size < 1024) return size + " " + UNITS[unit];
        long tenths = size * 10 / 1024;
        return tenths / 10 + "." + tenths % 10 + " " + UNITS[unit + 1];
    }
}
