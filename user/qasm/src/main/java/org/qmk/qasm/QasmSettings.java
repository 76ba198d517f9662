package org.qmk.qasm;

import java.util.Map;
import java.util.OptionalInt;

/// What a caller decides about reading.
///
/// @param inputs value of each `input` variable by name, as a constant expression such as `pi/4`
/// @param loopBound how many rounds of a `while` that depends on measurements are unrolled, where
///     the program does not say; nothing refuses such loops
public record QasmSettings(Map<String, String> inputs, OptionalInt loopBound, QasmLimits limits) {

    /// No inputs, no bound, the usual limits.
    public static final QasmSettings DEFAULT = new QasmSettings(Map.of(), QasmLimits.DEFAULT);

    public QasmSettings {
        inputs = Map.copyOf(inputs);
        if (loopBound.isPresent() && loopBound.getAsInt() < 0) {
            throw new IllegalArgumentException("a bound is " + loopBound + ", expected 0 or more");
        }
    }

    public QasmSettings(Map<String, String> inputs, QasmLimits limits) {
        this(inputs, OptionalInt.empty(), limits);
    }
}
