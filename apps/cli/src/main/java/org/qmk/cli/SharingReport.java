package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Resource;
import org.qmk.simulation.Arrivals;
import org.qmk.simulation.SharingFigures;
import org.qmk.simulation.SharingRequest;

/// What `qmk bench sharing` found, as a document.
///
/// @param seed the first
/// @param runs one for each way of arrival, load, seed and policy, in this order
record SharingReport(
        String machine,
        int tenants,
        long epochs,
        List<Integer> loads,
        long seed,
        int seeds,
        List<Run> runs) {

    /// What became of one load under one policy.
    record Run(SharingRequest request, long seed, Policy.Order order, SharingFigures figures) {}

    /// A figure of a run.
    ///
    /// @param digits after the point
    private record Column(String title, int digits, ToDoubleFunction<SharingFigures> figure) {
        String cell(double value) {
            return ("%." + digits + "f").formatted(value);
        }
    }

    private static final List<Column> SHARING =
            List.of(
                    new Column("Jain index", 3, SharingFigures::jain),
                    new Column("wait p50", 0, f -> f.waits(_ -> true).p50()),
                    new Column("wait p99", 0, f -> f.waits(_ -> true).p99()),
                    new Column("others' wait p50", 0, f -> f.waits(SharingReport::other).p50()),
                    new Column("others' wait p99", 0, f -> f.waits(SharingReport::other).p99()),
                    new Column("slowdown p50", 1, f -> f.slowdown(_ -> true, 50)),
                    new Column("slowdown p99", 1, f -> f.slowdown(_ -> true, 99)),
                    new Column(
                            "others' slowdown p50", 1, f -> f.slowdown(SharingReport::other, 50)),
                    new Column(
                            "others' slowdown p99", 1, f -> f.slowdown(SharingReport::other, 99)));

    private static final List<Column> DEADLINES =
            List.of(
                    new Column("jobs accepted", 0, f -> f.jobs().size()),
                    new Column("deadlines asked", 0, SharingFigures::asked),
                    new Column("refused", 0, SharingFigures::refused),
                    new Column("missed", 1, SharingFigures::missed),
                    new Column("epochs until all ended", 0, SharingFigures::epochs));

    /// Another tenant's than the greedy one's.
    private static boolean other(SharingFigures.Job job) {
        return job.tenant() > 0;
    }

    private static List<Column> use() {
        List<Column> columns = new ArrayList<>();
        for (Resource resource : Resource.ALL) {
            int place = resource.ordinal();
            columns.add(new Column(word(resource) + " %", 0, f -> 100 * f.use().get(place)));
        }
        columns.add(new Column("blocks %", 0, f -> 100 * f.use().get(Resource.COUNT)));
        return columns;
    }

    SharingReport {
        loads = List.copyOf(loads);
        runs = List.copyOf(runs);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// One line a run.
    String csv() {
        List<Column> columns = new ArrayList<>(SHARING);
        columns.addAll(DEADLINES);
        columns.addAll(use());
        var text = new StringBuilder("arrivals,load %,seed,policy");
        for (Column column : columns) text.append(',').append(column.title);
        text.append('\n');
        for (Run run : runs) {
            text.append(word(run.request.arrivals())).append(',');
            text.append(run.request.loadPercent()).append(',');
            text.append(Long.toUnsignedString(run.seed)).append(',').append(word(run.order));
            for (Column column : columns) {
                text.append(",%.4f".formatted(column.figure.applyAsDouble(run.figures)));
            }
            text.append('\n');
        }
        return text.toString();
    }

    /// The document; the same on every machine.
    String markdown() {
        var text = new StringBuilder(SharingText.WHAT);
        text.append(
                "Machine %s, %d tenants, jobs come for %d epochs, load %s %%, seeds %s to %s.\n"
                        .formatted(
                                machine,
                                tenants,
                                epochs,
                                String.join(" and ", loads.stream().map(String::valueOf).toList()),
                                Long.toUnsignedString(seed),
                                Long.toUnsignedString(seed + seeds - 1)));
        text.append("A cell is the mean over the seeds, and the least and the largest.\n");
        table(text, "Waiting and fairness", SHARING);
        table(text, "Deadlines", DEADLINES);
        table(text, "Use of the machine", use());
        bySeed(text);
        text.append(SharingText.METHOD);
        return text.toString();
    }

    private void table(StringBuilder text, String title, List<Column> columns) {
        text.append("\n## ").append(title).append("\n| arrivals | load | policy |");
        for (Column column : columns) text.append(" %s |".formatted(column.title));
        text.append("\n|---|---|---|").append("---|".repeat(columns.size())).append('\n');
        for (List<Run> row : rows()) {
            head(text, row.getFirst());
            for (Column column : columns) {
                double[] values =
                        row.stream()
                                .mapToDouble(r -> column.figure.applyAsDouble(r.figures))
                                .sorted()
                                .toArray();
                double sum = 0;
                for (double value : values) sum += value;
                text.append(
                        " %s (%s-%s) |"
                                .formatted(
                                        column.cell(sum / values.length),
                                        column.cell(values[0]),
                                        column.cell(values[values.length - 1])));
            }
            text.append('\n');
        }
    }

    private static void head(StringBuilder text, Run run) {
        text.append(
                "| %s | %d %% | %s |"
                        .formatted(
                                word(run.request.arrivals()),
                                run.request.loadPercent(),
                                word(run.order)));
    }

    /// The runs of all seeds, for each way of arrival, load and policy.
    private List<List<Run>> rows() {
        List<List<Run>> rows = new ArrayList<>();
        for (Arrivals arrivals : Arrivals.values()) {
            for (int load : loads) {
                for (Policy.Order order : Policy.Order.values()) {
                    rows.add(
                            runs.stream()
                                    .filter(run -> run.request.arrivals() == arrivals)
                                    .filter(run -> run.request.loadPercent() == load)
                                    .filter(run -> run.order == order)
                                    .toList());
                }
            }
        }
        return rows;
    }

    private void bySeed(StringBuilder text) {
        text.append("\n## Seed by seed\nJain index, and the others' wait p99 after it.\n\n");
        text.append("| arrivals | load | policy |");
        for (int i = 0; i < seeds; i++) {
            text.append(" seed %s |".formatted(Long.toUnsignedString(seed + i)));
        }
        text.append("\n|---|---|---|").append("---|".repeat(seeds)).append('\n');
        for (List<Run> row : rows()) {
            head(text, row.getFirst());
            for (Run run : row) {
                text.append(
                        " %.3f, %d |"
                                .formatted(
                                        run.figures.jain(),
                                        run.figures.waits(SharingReport::other).p99()));
            }
            text.append('\n');
        }
    }
}
