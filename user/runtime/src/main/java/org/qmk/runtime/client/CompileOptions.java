package org.qmk.runtime.client;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/// What a submitter says about a program besides its text.
///
/// @param inputs of OpenQASM: the value of each by name, a constant formula such as `pi/4`
/// @param loopBound rounds of a loop that depends on measurements, where the program does not say
/// @param qir of QIR: `interop` or `strict`; the server's default where it is not said
/// @param optimize the level of optimisation, 0 to 2
public record CompileOptions(
        Map<String, String> inputs, OptionalInt loopBound, Optional<String> qir, int optimize) {

    /// Nothing is said.
    public static final CompileOptions DEFAULT =
            new CompileOptions(Map.of(), OptionalInt.empty(), Optional.empty(), 0);

    public CompileOptions {
        inputs = Map.copyOf(inputs);
    }

    /// Writes the member `compile` of `q_submit`, if there is anything to say.
    void write(JsonGenerator json) {
        if (equals(DEFAULT)) return;
        json.writeObjectPropertyStart("compile");
        if (!inputs.isEmpty()) {
            json.writeObjectPropertyStart("inputs");
            new TreeMap<>(inputs).forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        if (loopBound.isPresent()) json.writeNumberProperty("loop_bound", loopBound.getAsInt());
        if (qir.isPresent()) json.writeStringProperty("qir", qir.get());
        if (optimize > 0) json.writeNumberProperty("optimize", optimize);
        json.writeEndObject();
    }
}
