package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.qmk.machine.floor.FloorClass;
import org.qmk.machine.floor.FloorComparison;
import org.qmk.machine.floor.FloorComparison.Bound;
import org.qmk.machine.floor.FloorComparison.Contender;

/// What `qmk bench scheduling` found, as a document.
///
/// @param seed of the first instance of each class
/// @param rows of every contender, in its order
record SchedulingReport(List<FloorClass> classes, long seed, int instances, List<Row> rows) {

    /// The speed-ups of one contender.
    ///
    /// @param speedUps by class
    record Row(Contender contender, List<Double> speedUps) {
        Row {
            speedUps = List.copyOf(speedUps);
        }

        double mean() {
            return FloorComparison.mean(doubles(speedUps));
        }
    }

    private static final String WHAT =
            """
            # Scheduling of many tenants' jobs

            Written by `qmk bench scheduling --out docs/reference/scheduling.md`; do not edit.

            The comparison is that of arXiv 2505.06741, "Online job scheduler for fault-tolerant
            quantum multiprogramming". A job is a rectangle of tiles for a number of cycles on a \
            floor
            of 20 x 20 tiles. All jobs ask at cycle 0, and stay where they are put. A figure is the
            speed-up over running one job at a time; a class's is the geometric mean over its
            instances, and *all* is the geometric mean over the classes: the printed rows give 2.38
            and 2.40 that way, where the arithmetic mean would be 2.64 and 2.67.

            Jobs may be turned by a quarter. The authors' program tries it, and its greedy gives
            their figures only so: without turning it falls 2 to 3 % short in classes A, C and H.

            """;

    private static final String POLICIES =
            """

            ## The policies
            | policy | sees | does |
            |---|---|---|
            | corner greedy | 5 | the published one: each job as it comes, at the earliest corner \
            of a box, nearest to the upper left; begins may lie in the future |
            | touching perimeter | 5 | QMK's: of all visible jobs at all moments and corners, the \
            one that touches most walls and boxes, above all boxes that end when it ends, less \
            something for each cycle that it is later |
            | area first | all | list scheduling: whenever a box ends, the largest jobs that fit \
            begin |
            | order search | all | QMK's: list scheduling of many orders; a few by size first, \
            then up to 200 small changes of the best one, less if it is within a thousandth of \
            the shape bound |

            A policy that sees 5 is asked until the queue is empty; each answer brings the next \
            job into
            view, as in the published run. None knows jobs that it was not shown. The published best
            moves running jobs, QMK's policies do not.

            ## The bounds
            The volume bound counts tiles times cycles. The shape bound (Fekete and Schepers' dual
            feasible functions, the best of many pairs) also knows that two rectangles with sides \
            above
            half of the floor's never run side by side, so a large job counts for more than its \
            tiles.

            """;

    SchedulingReport {
        classes = List.copyOf(classes);
        rows = List.copyOf(rows);
    }

    /// The document; the same on every machine.
    String text() {
        var text = new StringBuilder(WHAT);
        text.append(
                "Instances: %d of each class, seeds %s to %s.\n\n"
                        .formatted(
                                instances,
                                Long.toUnsignedString(seed),
                                Long.toUnsignedString(seed + instances - 1)));
        line(text, "policy", "sees", names(), "all");
        text.append("|---|---|").append("---|".repeat(classes.size() + 1)).append('\n');
        published(text, "published corner greedy", FloorClass::publishedGreedy);
        published(text, "published best", FloorClass::publishedBest);
        for (Row row : rows) figures(text, row.contender.title(), sees(row), row.speedUps);
        List<Double> volume = bounds(Bound.VOLUME);
        List<Double> shape = bounds(Bound.SHAPE);
        figures(text, Bound.VOLUME.title(), "", volume);
        figures(text, Bound.SHAPE.title(), "", shape);
        difference(text);
        text.append(POLICIES);
        distance(text, volume, shape);
        return text.toString();
    }

    private List<String> names() {
        return classes.stream().map(FloorClass::name).toList();
    }

    private List<Double> bounds(Bound bound) {
        return classes.stream().map(each -> bound.speedUp(each, seed, instances)).toList();
    }

    private void published(StringBuilder text, String title, ToDoubleFunction<FloorClass> figure) {
        figures(text, title, "5", classes.stream().map(figure::applyAsDouble).toList());
    }

    private static String sees(Row row) {
        int window = row.contender.window();
        return window == Integer.MAX_VALUE ? "all" : Integer.toString(window);
    }

    private static void figures(
            StringBuilder text, String title, String sees, List<Double> speedUps) {
        List<String> cells = new ArrayList<>();
        for (double speedUp : speedUps) cells.add("%.2f".formatted(speedUp));
        line(text, title, sees, cells, "%.3f".formatted(FloorComparison.mean(doubles(speedUps))));
    }

    private static void line(
            StringBuilder text, String title, String sees, List<String> cells, String last) {
        text.append("| %s | %s | ".formatted(title, sees));
        text.append(String.join(" | ", cells)).append(" | ").append(last).append(" |\n");
    }

    /// How the corner greedy differs from what is printed of it.
    private void difference(StringBuilder text) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < classes.size(); i++) {
            double ratio = rows.getFirst().speedUps.get(i) / classes.get(i).publishedGreedy();
            cells.add("%s %+.1f %%".formatted(classes.get(i), 100 * (ratio - 1)));
        }
        text.append("\nCorner greedy against the published row: ");
        text.append(String.join(", ", cells)).append(".\n");
    }

    /// How far the best row is from the bounds.
    private void distance(StringBuilder text, List<Double> volume, List<Double> shape) {
        text.append("What each policy reaches of the bounds, as a share:\n\n");
        line(text, "policy", "bound", names(), "all");
        text.append("|---|---|").append("---|".repeat(classes.size() + 1)).append('\n');
        for (Row row : rows) {
            shares(text, row, "volume", volume);
            shares(text, row, "shape", shape);
        }
        text.append(
                """

                The volume bound is far away where large jobs rule (A, D to G, I): no two of most \
                pairs
                of them fit the floor together, so they run one after another whatever is done, \
                and the
                shape bound is close. Small jobs have sides of 5 to 10 on a floor of 20, so that \
                two or
                three of them leave a strip too narrow for any other; the volume of these strips is
                what is missing in B, C and H. A policy that sees 5 places each job before it \
                knows what will
                stand beside it, and so leaves more of them.
                """);
    }

    private void shares(StringBuilder text, Row row, String title, List<Double> bound) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < bound.size(); i++) {
            cells.add("%.0f %%".formatted(100 * row.speedUps.get(i) / bound.get(i)));
        }
        double all = row.mean() / FloorComparison.mean(doubles(bound));
        line(text, row.contender.title(), title, cells, "%.0f %%".formatted(100 * all));
    }

    private static double[] doubles(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
