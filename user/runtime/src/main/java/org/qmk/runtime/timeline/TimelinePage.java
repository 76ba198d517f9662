package org.qmk.runtime.timeline;

import java.util.List;
import java.util.Map;

/// A report as a page of its own: needs no network, no script, and follows light and dark.
public final class TimelinePage {

    private static final int COLUMNS = 600;
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 160;

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --work: #4477aa; --decoder: #aa3377; --magic: #ccbb44;
              --link: #66ccee; --routing: #228833; --co-tenants: #ee6677; --faults: #888888; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto;
              padding: 0 1rem; background: Canvas; color: CanvasText; }
            h1 { font-size: 1.4rem; }
            svg { width: 100%; height: auto; }
            svg text { font-size: 14px; fill: currentColor; }
            table { border-collapse: collapse; }
            td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
            td.number { text-align: right; font-variant-numeric: tabular-nums; }
            .key { display: inline-block; width: .8rem; height: .8rem; margin-right: .4rem; }
            """;

    private TimelinePage() {}

    public static String of(TimelineReport report) {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n");
        String title = escaped(report.program()) + " on " + escaped(report.machine());
        html.append("<meta charset=\"utf-8\">\n<title>Timeline of ").append(title);
        html.append("</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n");
        html.append(STYLE).append("</style>\n</head>\n<body>\n<h1>").append(title);
        html.append("</h1>\n<p>").append(facts(report)).append("</p>\n");
        picture(html, report.timeline());
        uses(html, report.timeline());
        difference(html, report);
        return html.append("</body>\n</html>\n").toString();
    }

    private static String facts(TimelineReport report) {
        String beside =
                report.coTenants().isEmpty()
                        ? "Nothing ran beside it."
                        : "Beside it ran " + escaped(String.join(", ", report.coTenants())) + ".";
        return "Shots: %d. Outcomes: %s. The job is %s. %s"
                .formatted(report.shots(), report.outcomes(), escaped(report.state()), beside);
    }

    /// The run from left to right; each column shows the shares of its epochs.
    private static void picture(StringBuilder html, Timeline timeline) {
        List<Map<EpochUse, Long>> parts = timeline.parts(COLUMNS);
        html.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering=\"crispEdges\""
                        .formatted(WIDTH, HEIGHT + 24));
        html.append(" aria-label=\"What the epochs of the run went to\">\n");
        double width = (double) WIDTH / Math.max(1, parts.size());
        for (int column = 0; column < parts.size(); column++) {
            Map<EpochUse, Long> part = parts.get(column);
            long all = part.values().stream().mapToLong(Long::longValue).sum();
            double top = HEIGHT;
            for (var use : part.entrySet()) {
                double height = (double) HEIGHT * use.getValue() / all;
                top -= height;
                html.append(
                        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"var(--%s)\"/>\n"
                                .formatted(
                                        number(column * width),
                                        number(top),
                                        number(width),
                                        number(height),
                                        use.getKey().word()));
            }
        }
        int below = HEIGHT + 18;
        html.append("<text x=\"0\" y=\"%d\">epoch 1</text>\n".formatted(below));
        html.append(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">epoch %d</text>\n</svg>\n"
                        .formatted(WIDTH, below, timeline.epochs()));
    }

    private static void uses(StringBuilder html, Timeline timeline) {
        html.append("<table>\n<tr><th>epochs of the run</th><th></th><th></th></tr>\n");
        timeline.totals()
                .forEach(
                        (use, epochs) -> {
                            String key =
                                    "<span class=\"key\" style=\"background: var(--%s)\"></span>"
                                            .formatted(use.word());
                            row(html, key + use.word(), epochs, use.sentence());
                        });
        row(html, "all", timeline.epochs(), "");
        html.append("</table>\n");
    }

    private static void difference(StringBuilder html, TimelineReport report) {
        html.append("<table>\n<tr><th>against the estimate</th><th></th><th></th></tr>\n");
        row(html, "estimate", report.estimate(), "epochs in closed form");
        row(html, "run", report.timeline().epochs(), "epochs through the kernel");
        row(html, "difference", report.difference(), "");
        for (TimelineReport.Part part : report.parts()) {
            row(html, part.word(), part.epochs(), part.sentence());
        }
        html.append("</table>\n");
        long slowed = report.timeline().slowed();
        if (slowed == 0) return;
        html.append("<p>In ").append(slowed);
        html.append(" epochs of work others took what it could have used besides.</p>\n");
    }

    private static void row(StringBuilder html, String what, long epochs, String sentence) {
        html.append("<tr><td>").append(what).append("</td><td class=\"number\">").append(epochs);
        html.append("</td><td>").append(escaped(sentence)).append("</td></tr>\n");
    }

    /// To a hundredth, with a point whatever the language.
    private static String number(double value) {
        return Double.toString(Math.round(value * 100) / 100.0);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
