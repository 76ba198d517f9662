package org.qmk.qasm;

import java.util.Map;

/// What a caller decides about reading.
///
/// @param inputs value of each `input` variable by name, as a constant expression such as `pi/4`
public record QasmSettings(Map<String, String> inputs, QasmLimits limits) {

    /// No inputs, the usual limits.
    public static final QasmSettings DEFAULT = new QasmSettings(Map.of(), QasmLimits.DEFAULT);

    public QasmSettings {
        inputs = Map.copyOf(inputs);
    }
}
