package org.qmk.runtime.timeline;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A run beside its estimate, and what the difference is due to.
///
/// @param coTenants names of the programs that ran beside
/// @param simulated whether outcomes were simulated
/// @param state the job's at its end
/// @param estimate epochs in closed form
public record TimelineReport(
        String program,
        String machine,
        long shots,
        List<String> coTenants,
        boolean simulated,
        String state,
        long estimate,
        Timeline timeline) {

    /// A part of the difference.
    ///
    /// @param epochs below 0 where the run took less
    public record Part(String word, long epochs, String sentence) {}

    private static final String ORDER =
            "gates at once that the estimate has one after another are taken off; Clifford gates"
                    + " and waits between layers that it does not count are added";

    public TimelineReport {
        coTenants = List.copyOf(coTenants);
    }

    public long difference() {
        return timeline.epochs() - estimate;
    }

    /// The difference in parts, whose sum it is.
    public List<Part> parts() {
        Map<EpochUse, Long> totals = timeline.totals();
        long order = totals.get(EpochUse.WORK) - estimate;
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("order", order, ORDER));
        totals.forEach(
                (use, epochs) -> {
                    if (use == EpochUse.WORK) return;
                    parts.add(new Part(use.word(), epochs, use.sentence()));
                });
        return parts;
    }

    /// Whether outcomes mean something, in words.
    public String outcomes() {
        return simulated ? "simulated" : "not simulated";
    }

    /// For people.
    public String table() {
        var text = new StringBuilder();
        text.append(
                "%s on machine %s, shots %d, co-tenants %d, outcomes %s, %s\n"
                        .formatted(program, machine, shots, coTenants.size(), outcomes(), state));
        line(text, "estimate", estimate, "epochs in closed form");
        line(text, "run", timeline.epochs(), "epochs through the kernel");
        line(text, "difference", difference(), "");
        for (Part part : parts()) line(text, "  " + part.word(), part.epochs(), part.sentence());
        if (timeline.slowed() > 0) {
            text.append(
                    "In %d epochs of work others took what it could have used besides.\n"
                            .formatted(timeline.slowed()));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String what, long epochs, String sentence) {
        text.append("%-14s %14d  %s".formatted(what, epochs, sentence).stripTrailing());
        text.append('\n');
    }

    /// One object; docs/spec/timeline.md has its fields.
    public String json() {
        var text = new StringWriter();
        try (JsonGenerator json =
                new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("program", program);
            json.writeStringProperty("machine", machine);
            json.writeNumberProperty("shots", shots);
            json.writeArrayPropertyStart("coTenants");
            for (String other : coTenants) json.writeString(other);
            json.writeEndArray();
            json.writeStringProperty("outcomes", outcomes());
            json.writeStringProperty("state", state);
            json.writeNumberProperty("estimate", estimate);
            json.writeNumberProperty("epochs", timeline.epochs());
            json.writeObjectPropertyStart("difference");
            json.writeNumberProperty("all", difference());
            for (Part part : parts()) json.writeNumberProperty(part.word(), part.epochs());
            json.writeEndObject();
            json.writeNumberProperty("slowed", timeline.slowed());
            json.writeArrayPropertyStart("stretches");
            for (Timeline.Stretch stretch : timeline.stretches()) {
                json.writeStartArray();
                json.writeNumber(stretch.from());
                json.writeNumber(stretch.epochs());
                json.writeString(stretch.use().word());
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
