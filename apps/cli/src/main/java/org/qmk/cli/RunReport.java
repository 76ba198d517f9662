package org.qmk.cli;

import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qmk.kernel.KernelLimits;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.CanonicalForm;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.client.RemoteJob;
import org.qmk.sim.Choice;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.core.JsonGenerator;

/// What a run gave, here or on a server, in the forms in which it is printed.
///
/// @param file the program's file, as it was named
/// @param digest of the program's canonical form, after `sha256:`
/// @param shots how many were asked for
/// @param by what ran it
/// @param machine the machine's name
/// @param bits what each character of a key of the counts means, left to right
/// @param state the job's
/// @param warnings one line each
record RunReport(
        String file,
        String digest,
        long shots,
        long seed,
        By by,
        String machine,
        List<String> bits,
        SortedMap<String, Long> counts,
        long epochs,
        long shotsDone,
        String state,
        List<String> warnings) {

    /// What ran a program.
    sealed interface By {
        /// @param reason its name and why it was chosen
        record Simulator(String name, String reason) implements By {
            @Override
            public String text() {
                return "simulator " + reason;
            }

            @Override
            public void write(JsonGenerator json) {
                json.writeStringProperty("simulator", name);
            }
        }

        /// A job of a server.
        record Job(long id) implements By {
            @Override
            public String text() {
                return "job " + id;
            }

            @Override
            public void write(JsonGenerator json) {
                json.writeNumberProperty("job", id);
            }
        }

        String text();

        void write(JsonGenerator json);
    }

    static final long SHOTS_DEFAULT = Simulators.SHOTS_DEFAULT;
    static final long ROWS_DEFAULT = 32;

    private static final int BAR_COLUMNS_MAX = 50;
    private static final int BAR_COLUMNS_MIN = 8;

    /// A bar grows by eighths of a column.
    private static final String EIGHTHS = " \u258F\u258E\u258D\u258C\u258B\u258A\u2589";

    RunReport {
        bits = List.copyOf(bits);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        warnings = List.copyOf(warnings);
    }

    static RunReport ofRun(
            String file,
            Verified program,
            long shots,
            long seed,
            Choice.Chosen simulator,
            MachineModel machine,
            EmbeddedKernel.Result result,
            List<String> warnings) {
        return new RunReport(
                file,
                "sha256:" + HexFormat.of().formatHex(CanonicalForm.digest(program.graph())),
                shots,
                seed,
                new By.Simulator(simulator.simulator().name(), simulator.reason()),
                machine.name(),
                result.bits(),
                result.counts(),
                result.epochs(),
                result.shotsDone(),
                result.state().name(),
                warnings);
    }

    /// @param machine the name of the server's machine
    static RunReport ofJob(String file, RemoteJob job, String machine) {
        return new RunReport(
                file,
                job.digest(),
                job.shots(),
                job.seed(),
                new By.Job(job.id()),
                machine,
                job.bits(),
                job.counts(),
                job.epochs(),
                job.shotsDone(),
                job.state(),
                job.warnings());
    }

    /// The options that say how often to run a program.
    static void addShots(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("N", "--shots")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, KernelLimits.DEFAULT.shots()))
                        .description("How often to run it. Default: " + SHOTS_DEFAULT + ".")
                        .build());
        spec.addOption(
                QmkCommand.option("S", "--seed")
                        .type(Long.class)
                        .converters(WholeNumber::seed)
                        .description(
                                "Decides every outcome: 64 bits, decimal or hexadecimal (0x...).",
                                "Default: random, and printed.")
                        .build());
    }

    /// The options that say how results are printed.
    static void addFormat(CommandSpec spec) {
        ResultFormat.addTo(spec);
        addRows(spec);
    }

    /// The option that says how long a table may be.
    static void addRows(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("N", "--top")
                        .type(Long.class)
                        .converters(text -> WholeNumber.of(text, 1, Long.MAX_VALUE))
                        .description(
                                "Rows of a table, most frequent first. Default: "
                                        + ROWS_DEFAULT
                                        + ".")
                        .build());
    }

    /// @param rows of a table
    void print(ResultFormat format, long rows, Terminal terminal) throws CommandFailure {
        if (format != ResultFormat.json) {
            for (String warning : warnings) terminal.say("warning: " + warning);
        }
        switch (format) {
            case table -> terminal.print(table(terminal.traits().columns(), rows));
            case json -> terminal.print(json());
            case csv -> {
                terminal.say(headline());
                terminal.print(csv());
            }
        }
    }

    /// One line: what was run, and all that is needed to run it again.
    String headline() {
        return "%s: %d %s, seed %d, %s, machine %s, %d epochs"
                .formatted(
                        file,
                        shots,
                        shots == 1 ? "shot" : "shots",
                        seed,
                        by.text(),
                        machine,
                        epochs);
    }

    /// For people: the most frequent results first.
    ///
    /// @param columns characters in a line
    /// @param rowsMax results to show
    String table(int columns, long rowsMax) {
        var text = new StringBuilder(headline()).append('\n');
        if (bits.isEmpty()) {
            return text.append("The program has no result bits.\n").toString();
        }
        text.append("bits, left to right: ").append(String.join(" ", bits)).append("\n\n");
        List<Map.Entry<String, Long>> rows =
                counts.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .toList();
        long most = rows.isEmpty() ? 1 : rows.getFirst().getValue();
        int countColumns = Long.toString(most).length();
        int used = bits.size() + 2 + countColumns + 2 + "100.00 %".length() + 2;
        int barColumns = Math.clamp(columns - used, BAR_COLUMNS_MIN, BAR_COLUMNS_MAX);
        long shown = Math.min(rowsMax, rows.size());
        for (var row : rows.subList(0, (int) shown)) {
            long count = row.getValue();
            String share = String.format(Locale.ROOT, "%.2f", 100.0 * count / shotsDone);
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
                    json.writeStringProperty("digest", digest);
                    json.writeNumberProperty("shots", shots);
                    json.writeStringProperty("seed", Long.toString(seed));
                    by.write(json);
                    json.writeStringProperty("machine", machine);
                    json.writeArrayPropertyStart("bits");
                    for (String bit : bits) json.writeString(bit);
                    json.writeEndArray();
                    json.writeObjectPropertyStart("counts");
                    for (var entry : counts.entrySet()) {
                        json.writeNumberProperty(entry.getKey(), entry.getValue());
                    }
                    json.writeEndObject();
                    json.writeNumberProperty("epochs", epochs);
                    json.writeObjectPropertyStart("states");
                    json.writeNumberProperty(JobState.COMPLETED.name(), shotsDone);
                    if (shotsDone < shots) {
                        json.writeNumberProperty(state, shots - shotsDone);
                    }
                    json.writeEndObject();
                    json.writeArrayPropertyStart("warnings");
                    for (String warning : warnings) json.writeString(warning);
                    json.writeEndArray();
                });
    }

    /// A header, then one line for each result.
    String csv() {
        var text = new StringBuilder("bits,count\n");
        for (var entry : counts.entrySet()) {
            text.append(entry.getKey()).append(',').append(entry.getValue()).append('\n');
        }
        return text.toString();
    }
}
