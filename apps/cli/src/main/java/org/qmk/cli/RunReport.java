package org.qmk.cli;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.CanonicalForm;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.sim.Choice;
import org.qmk.verifier.Verified;

/// What a run gave, in the forms in which it is printed.
///
/// @param file the program's file, as it was named
/// @param shots how many were asked for
/// @param warnings one line each
record RunReport(
        String file,
        Verified program,
        long shots,
        long seed,
        Choice.Chosen simulator,
        MachineModel machine,
        EmbeddedKernel.Result result,
        List<String> warnings) {

    private static final int BAR_COLUMNS_MAX = 50;
    private static final int BAR_COLUMNS_MIN = 8;

    /// A bar grows by eighths of a column.
    private static final String EIGHTHS = " \u258F\u258E\u258D\u258C\u258B\u258A\u2589";

    RunReport {
        warnings = List.copyOf(warnings);
    }

    /// One line: what was run, and all that is needed to run it again.
    String headline() {
        return "%s: %d %s, seed %d, simulator %s, machine %s, %d epochs"
                .formatted(
                        file,
                        shots,
                        shots == 1 ? "shot" : "shots",
                        seed,
                        simulator.reason(),
                        machine.name(),
                        result.epochs());
    }

    /// For people: the most frequent results first.
    ///
    /// @param columns characters in a line
    /// @param rowsMax results to show
    String table(int columns, long rowsMax) {
        var text = new StringBuilder(headline()).append('\n');
        if (result.bits().isEmpty()) {
            return text.append("The program has no result bits.\n").toString();
        }
        text.append("bits, left to right: ").append(String.join(" ", result.bits())).append("\n\n");
        List<Map.Entry<String, Long>> rows =
                result.counts().entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .toList();
        long most = rows.isEmpty() ? 1 : rows.getFirst().getValue();
        int countColumns = Long.toString(most).length();
        int used = result.bits().size() + 2 + countColumns + 2 + "100.00 %".length() + 2;
        int barColumns = Math.clamp(columns - used, BAR_COLUMNS_MIN, BAR_COLUMNS_MAX);
        long shown = Math.min(rowsMax, rows.size());
        for (var row : rows.subList(0, (int) shown)) {
            long count = row.getValue();
            String share = String.format(Locale.ROOT, "%.2f", 100.0 * count / result.shotsDone());
            text.append(row.getKey()).append("  ");
            text.append(" ".repeat(countColumns - Long.toString(count).length())).append(count);
            text.append("  ").append(" ".repeat(6 - share.length())).append(share).append(" %  ");
            text.append(bar((double) count / most * barColumns)).append('\n');
        }
        if (shown < rows.size()) {
            text.append(
                    "... and %d other results; --top shows more, --format json and csv all\n"
                            .formatted(rows.size() - shown));
        }
        return text.toString();
    }

    private static String bar(double length) {
        int eighths = Math.max(1, (int) Math.round(length * 8));
        String full = "\u2588".repeat(eighths / 8);
        return eighths % 8 == 0 ? full : full + EIGHTHS.charAt(eighths % 8);
    }

    /// One object on one line.
    String json() {
        return JsonText.object(
                json -> {
                    json.writeStringProperty("program", file);
                    json.writeStringProperty("digest", digest());
                    json.writeNumberProperty("shots", shots);
                    json.writeStringProperty("seed", Long.toString(seed));
                    json.writeStringProperty("simulator", simulator.simulator().name());
                    json.writeStringProperty("machine", machine.name());
                    json.writeArrayPropertyStart("bits");
                    for (String bit : result.bits()) json.writeString(bit);
                    json.writeEndArray();
                    json.writeObjectPropertyStart("counts");
                    for (var entry : result.counts().entrySet()) {
                        json.writeNumberProperty(entry.getKey(), entry.getValue());
                    }
                    json.writeEndObject();
                    json.writeNumberProperty("epochs", result.epochs());
                    json.writeObjectPropertyStart("states");
                    json.writeNumberProperty(JobState.COMPLETED.name(), result.shotsDone());
                    if (result.shotsDone() < shots) {
                        json.writeNumberProperty(result.state().name(), shots - result.shotsDone());
                    }
                    json.writeEndObject();
                    json.writeArrayPropertyStart("warnings");
                    for (String warning : warnings) json.writeString(warning);
                    json.writeEndArray();
                });
    }

    private String digest() {
        return "sha256:" + HexFormat.of().formatHex(CanonicalForm.digest(program.graph()));
    }

    /// A header, then one line for each result.
    String csv() {
        var text = new StringBuilder("bits,count\n");
        for (var entry : result.counts().entrySet()) {
            text.append(entry.getKey()).append(',').append(entry.getValue()).append('\n');
        }
        return text.toString();
    }
}
