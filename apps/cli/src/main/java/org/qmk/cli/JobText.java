package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qmk.kernel.call.WaitCause;
import org.qmk.runtime.client.RemoteJob;
import tools.jackson.core.JsonGenerator;

/// A server's job as commands print it.
final class JobText {

    private static final String ROW = "%8s  %-9s  %12s  %8s  %-12s  %s";

    private JobText() {}

    /// The line above rows.
    static String head() {
        return ROW.formatted("JOB", "STATE", "SHOTS DONE", "EPOCHS", "WAITS FOR", "NAME");
    }

    static String row(RemoteJob job) {
        return ROW.formatted(
                        job.id(),
                        job.state(),
                        job.shotsDone() + "/" + job.shots(),
                        job.epochs(),
                        waits(job.waitCause()),
                        printable(job.name()))
                .stripTrailing();
    }

    /// A cause in a column; empty for none.
    static String waits(String cause) {
        return cause.equals(WaitCause.NOTHING.name()) ? "" : cause.toLowerCase(Locale.ROOT);
    }

    /// A cause in words; as it came where this version does not know it.
    static String sentence(String cause) {
        for (WaitCause each : WaitCause.values()) {
            if (each.name().equals(cause)) return each.sentence();
        }
        return cause;
    }

    /// All that is known, a line each.
    static String lines(RemoteJob job) {
        List<String> lines = new ArrayList<>();
        line(lines, "job", job.id());
        line(lines, "name", printable(job.name()));
        line(lines, "state", job.state());
        line(lines, "cause", because(job));
        line(lines, "shots done", job.shotsDone() + " of " + job.shots());
        line(lines, "seed", job.seed());
        line(lines, "accepted in epoch", job.acceptedEpoch());
        if (job.endedEpoch().isPresent()) {
            line(lines, "ended in epoch", job.endedEpoch().getAsLong());
        }
        line(lines, "worked on in epochs", job.epochs());
        if (!job.waitCause().isEmpty()) line(lines, "now", sentence(job.waitCause()));
        for (Map.Entry<String, Long> waited : job.waited().entrySet()) {
            if (waited.getKey().equals(WaitCause.NOTHING.name())) continue;
            line(
                    lines,
                    "waited",
                    "%d epochs: %s".formatted(waited.getValue(), sentence(waited.getKey())));
        }
        line(lines, "digest", job.digest());
        for (String warning : job.warnings()) line(lines, "warning", warning);
        return String.join("\n", lines) + "\n";
    }

    private static void line(List<String> lines, String field, Object value) {
        String text = value.toString();
        if (!text.isEmpty()) lines.add("%-20s  %s".formatted(field, text));
    }

    /// Why it ended; empty before.
    static String because(RemoteJob job) {
        return job.cause().isEmpty() ? "" : job.cause() + ": " + job.message();
    }

    /// A text of the server without what steers a terminal.
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /// Writes the members of an object.
    static void write(RemoteJob job, JsonGenerator json) {
        json.writeNumberProperty("job", job.id());
        json.writeStringProperty("name", job.name());
        json.writeStringProperty("state", job.state());
        json.writeStringProperty("cause", job.cause());
        json.writeStringProperty("message", job.message());
        json.writeNumberProperty("shots", job.shots());
        json.writeNumberProperty("shotsDone", job.shotsDone());
        json.writeStringProperty("seed", Long.toString(job.seed()));
        json.writeNumberProperty("acceptedEpoch", job.acceptedEpoch());
        job.endedEpoch().ifPresent(epoch -> json.writeNumberProperty("endedEpoch", epoch));
        json.writeNumberProperty("epochs", job.epochs());
        json.writeStringProperty("waitCause", job.waitCause());
        json.writeObjectPropertyStart("waited");
        job.waited().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeStringProperty("digest", job.digest());
        json.writeArrayPropertyStart("warnings");
        for (String warning : job.warnings()) json.writeString(warning);
        json.writeEndArray();
    }

    /// An object on a line of its own.
    static String json(RemoteJob job) {
        return JsonText.object(json -> write(job, json));
    }

    /// The header of comma-separated values.
    static String csvHead() {
        return "job,state,shots,shotsDone,epochs,name\n";
    }

    static String csv(RemoteJob job) {
        return "%d,%s,%d,%d,%d,\"%s\"\n"
                .formatted(
                        job.id(),
                        job.state(),
                        job.shots(),
                        job.shotsDone(),
                        job.epochs(),
                        printable(job.name()).replace("\"", "\"\""));
    }

    /// What a finished job's command ends with.
    ///
    /// @throws CommandFailure if the job did not complete, with its cause
    static ExitCode conclusion(RemoteJob job) throws CommandFailure {
        if (job.completed()) return ExitCode.DONE;
        throw new CommandFailure(
                ExitCode.FAILED,
                "the job is %s after %d shots: %s."
                        .formatted(job.state(), job.shotsDone(), because(job)));
    }
}
