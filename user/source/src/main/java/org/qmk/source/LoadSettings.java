package org.qmk.source;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.qmk.qasm.QasmLimits;
import org.qmk.qasm.QasmSettings;
import org.qmk.qir.QirLimits;
import org.qmk.qir.QirSettings;
import org.qmk.qir.QirValidation;
import org.qmk.qsharp.QsharpCompiler;
import org.qmk.qsharp.QsharpProfile;

/// What a caller says about a program besides its text.
///
/// @param inputs of OpenQASM: the value of each by name, a constant formula such as `pi/4`
/// @param loopBound rounds of a loop that depends on measurements, where the program does not say
/// @param validation of QIR
/// @param qsharp what compiles Q#; nothing where that is not to be done, as it starts a process
public record LoadSettings(
        Map<String, String> inputs,
        OptionalInt loopBound,
        QirValidation validation,
        Optional<QsharpUse> qsharp) {

    /// How Q# is compiled.
    public record QsharpUse(QsharpCompiler compiler, QsharpProfile profile) {}

    /// The largest loop bound that may be asked for.
    public static final int LOOP_BOUND_MAX = 1_000_000;

    /// Nothing is said.
    public static final LoadSettings DEFAULT =
            new LoadSettings(Map.of(), OptionalInt.empty(), QirSettings.DEFAULT.validation());

    public LoadSettings {
        inputs = Map.copyOf(inputs);
    }

    /// Settings with which Q# is refused.
    public LoadSettings(
            Map<String, String> inputs, OptionalInt loopBound, QirValidation validation) {
        this(inputs, loopBound, validation, Optional.empty());
    }

    QasmSettings qasm() {
        return new QasmSettings(inputs, loopBound, QasmLimits.DEFAULT);
    }

    QirSettings qir() {
        return new QirSettings(QirLimits.DEFAULT, validation, loopBound);
    }
}
