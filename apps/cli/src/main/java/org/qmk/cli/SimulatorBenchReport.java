package org.qmk.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.sim.Choice;

/// What `qmk bench sim` found, as a document.
///
/// @param rows by circuit; of each the chosen simulator first
/// @param peers the names of the columns of others
record SimulatorBenchReport(List<Row> rows, List<String> peers) {

    /// @param seconds measured; nothing if it was left out
    /// @param others seconds of each peer; nothing where it cannot run the circuit
    record Row(
            SampleProgram program,
            Choice.Chosen choice,
            Optional<Double> seconds,
            List<Optional<Double>> others) {

        String simulator() {
            return choice.simulator().name();
        }

        Optional<Double> estimateOverMeasured() {
            return seconds.map(measured -> choice.estimate().seconds() / measured);
        }
    }

    private static final double TWICE = 2;

    String markdown() {
        var text = new StringBuilder();
        text.append(
                """
                # Simulators side by side

                Written by `qmk bench sim --out docs/reference/simulators.md`; do not edit. \
                %s processors, Java %s.

                The first row of a circuit is what `qmk run` chooses. Estimates are made before \
                the run. A peer's time is without its start and without reading the circuit; \
                the ratio is ours over the peer's.

                | circuit | shots | simulator | estimated | measured | estimated / measured |\
                """
                        .formatted(Runtime.getRuntime().availableProcessors(), Runtime.version()));
        for (String peer : peers) text.append(" %s | ours / %s |".formatted(peer, peer));
        text.append("\n|---|---|---|---|---|---|").append("---|---|".repeat(peers.size()));
        text.append('\n');
        String before = "";
        for (Row row : rows) {
            boolean first = !row.program().name().equals(before);
            before = row.program().name();
            text.append(line(row, first)).append('\n');
        }
        text.append('\n').append(summary());
        return text.toString();
    }

    private String line(Row row, boolean first) {
        var text = new StringBuilder();
        String noise = row.program().noise().isNone() ? "" : "; " + row.program().noise();
        String name = "**%s**: %s%s".formatted(row.program().name(), row.program().what(), noise);
        text.append("| ").append(first ? name : "").append(" | ");
        text.append(first ? row.program().shots() : "").append(" | ");
        text.append(row.simulator()).append(" | ");
        text.append(row.choice().estimate().text()).append(" | ");
        text.append(row.seconds().map(SimulatorBenchReport::time).orElse("left out"));
        text.append(" | ");
        text.append(row.estimateOverMeasured().map(SimulatorBenchReport::ratio).orElse(""));
        text.append(" |");
        for (Optional<Double> other : row.others()) {
            text.append(' ').append(first ? other.map(SimulatorBenchReport::time).orElse("") : "");
            text.append(" | ");
            if (other.isPresent() && row.seconds().isPresent()) {
                text.append(ratio(row.seconds().get() / other.get()));
            }
            text.append(" |");
        }
        return text.toString();
    }

    private String summary() {
        int chosen = 0;
        int good = 0;
        int fastest = 0;
        String before = "";
        for (Row row : rows) {
            if (row.program().name().equals(before)) continue;
            before = row.program().name();
            Optional<Double> ratio = row.estimateOverMeasured();
            if (ratio.isEmpty()) continue;
            chosen++;
            if (ratio.get() <= TWICE && ratio.get() >= 1 / TWICE) good++;
            if (isFastest(row)) fastest++;
        }
        return ("Of %d circuits the estimate of the chosen simulator was right within 2x in %d,"
                        + " and the choice was the fastest in %d.%n")
                .formatted(chosen, good, fastest);
    }

    private boolean isFastest(Row chosen) {
        return rows.stream()
                .filter(row -> row.program().name().equals(chosen.program().name()))
                .flatMap(row -> row.seconds().stream())
                .noneMatch(seconds -> seconds < chosen.seconds().orElseThrow());
    }

    /// A header, then one line for each row.
    String csv() {
        var text =
                new StringBuilder("circuit,shots,simulator,estimated_s,estimated_bytes,measured_s");
        for (String peer : peers) text.append(',').append(peer).append("_s");
        text.append('\n');
        for (Row row : rows) {
            text.append(
                    "%s,%d,%s,%s,%d,%s"
                            .formatted(
                                    row.program().name(),
                                    row.program().shots(),
                                    row.simulator(),
                                    row.choice().estimate().seconds(),
                                    row.choice().estimate().bytes(),
                                    row.seconds().map(Object::toString).orElse("")));
            for (Optional<Double> other : row.others()) {
                text.append(',').append(other.map(Object::toString).orElse(""));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String time(double seconds) {
        if (seconds >= 10) return String.format(Locale.ROOT, "%.0f s", seconds);
        if (seconds >= 1) return String.format(Locale.ROOT, "%.1f s", seconds);
        if (seconds >= 0.01) return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
        return String.format(Locale.ROOT, "%.2f ms", seconds * 1e3);
    }

    private static String ratio(double ratio) {
        return String.format(Locale.ROOT, ratio >= 10 ? "%.0f" : "%.2f", ratio);
    }
}
