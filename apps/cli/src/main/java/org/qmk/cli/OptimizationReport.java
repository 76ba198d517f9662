package org.qmk.cli;

import org.qmk.optimizer.OptimizedProgram;
import org.qmk.optimizer.ProgramFigures;
import tools.jackson.core.JsonGenerator;

/// What a program cost before it was optimised, and after each pass.
final class OptimizationReport {

    private static final String ROW = "%-20s %9s %8s %8s %8s %9s %7s %8s %9s\n";
    private static final double NANOS_PER_MILLI = 1e6;

    private OptimizationReport() {}

    static String text(ProgramFigures before, OptimizedProgram optimized) {
        var text = new StringBuilder();
        text.append(
                ROW.formatted(
                        "",
                        "gates",
                        "depth",
                        "T",
                        "T depth",
                        "rotations",
                        "qubits",
                        "epochs",
                        "ms"));
        text.append(row("before", before, ""));
        for (OptimizedProgram.Step step : optimized.steps()) {
            text.append(row(step.title(), step.after(), "%.1f".formatted(millis(step))));
        }
        return text.toString();
    }

    private static String row(String title, ProgramFigures figures, String millis) {
        return ROW.formatted(
                title,
                figures.gates(),
                figures.depth(),
                figures.tCount(),
                figures.tDepth(),
                figures.rotations(),
                figures.qubits(),
                figures.epochs(),
                millis);
    }

    private static double millis(OptimizedProgram.Step step) {
        return step.nanos() / NANOS_PER_MILLI;
    }

    /// An object with `before` and `passes`, in order.
    static String json(ProgramFigures before, OptimizedProgram optimized) {
        return JsonText.object(
                json -> {
                    json.writeObjectPropertyStart("before");
                    write(json, before);
                    json.writeEndObject();
                    json.writeArrayPropertyStart("passes");
                    for (OptimizedProgram.Step step : optimized.steps()) {
                        json.writeStartObject();
                        json.writeStringProperty("pass", step.title());
                        write(json, step.after());
                        json.writeNumberProperty("millis", millis(step));
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private static void write(JsonGenerator json, ProgramFigures figures) {
        json.writeNumberProperty("gates", figures.gates());
        json.writeNumberProperty("depth", figures.depth());
        json.writeNumberProperty("t_count", figures.tCount());
        json.writeNumberProperty("t_depth", figures.tDepth());
        json.writeNumberProperty("rotations", figures.rotations());
        json.writeNumberProperty("qubits", figures.qubits());
        json.writeNumberProperty("epochs", figures.epochs());
    }
}
