package org.qmk.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qmk.plot.Curve;
import org.qmk.plot.LogPlot;

/// Measures growth and writes docs/reference/growth.csv, growth.svg and the section *Growth* of
/// docs/reference/performance.md.
///
/// Argument: the folder of the checkout.
public final class GrowthReport {

    private static final List<Integer> QUBITS = List.of(10, 100, 1_000, 10_000);
    private static final int EPOCHS = 10_000;
    private static final String SECTION = "## Growth\n";

    private static final String WHAT =
            """
            From 10 to 10,000 live qubits, all in jobs of five qubits, of as many tenants as jobs \
            but at most 100. Made by `checks/bench/run growth`, which also writes
            [growth.csv](growth.csv): %s. At each size %,d epochs after as many that are not \
            counted; one thread.

            ![Time of a step by number of live qubits, both logarithmic](growth.svg)

            """;

    private static final String BOUNDS =
            """

            - **Decide** (`step(Begin)`) looks at every running job, and issues nodes of many.
            - **Close** (`step(Report)`) does the same with what was reported, and digests a 64th \
            of the state.
            - **Append** hashes one commitment for each tenant of which something was decided, \
            and writes a tile every 256 epochs, which is what its p99 leaves out.
            - **Check** finds the capabilities of a session that meet two needs and asks whether \
            they are still good, the mean of 100 in turn. It looks at one session's alone.
            """;

    private GrowthReport() {}

    /// @throws IOException if the documents cannot be written
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]).resolve("docs/reference");
        PrintStream out = System.out;
        List<Growth.Samples> all = new ArrayList<>();
        // Others at work make all figures worse, the p99 most.
        double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        // Compiled code for the first size that counts.
        Growth.of(QUBITS.get(1), EPOCHS);
        for (int qubits : QUBITS) {
            out.println(qubits + " live qubits");
            all.addAll(Growth.of(qubits, EPOCHS));
        }
        Files.writeString(folder.resolve("growth.csv"), csv(all));
        Files.writeString(folder.resolve("growth.svg"), plot(all).svg());
        Path page = folder.resolve("performance.md");
        Files.writeString(page, with(Files.readString(page), section(all, loadBefore)));
        out.print(section(all, loadBefore));
    }

    static String csv(List<Growth.Samples> all) {
        var text = new StringBuilder("work,live qubits,median us,p99 us,samples\n");
        for (Growth.Samples samples : all) {
            text.append(
                    "%s,%d,%.3f,%.3f,%d\n"
                            .formatted(
                                    samples.work().title,
                                    samples.qubits(),
                                    samples.micros(50),
                                    samples.micros(99),
                                    samples.count()));
        }
        return text.toString();
    }

    static LogPlot plot(List<Growth.Samples> all) {
        List<Curve> curves = new ArrayList<>();
        for (Growth.Work work : Growth.Work.values()) {
            curves.add(curve(all, work, 50, "median", Curve.Line.SOLID));
            curves.add(curve(all, work, 99, "p99", Curve.Line.DASHED));
        }
        return new LogPlot(
                "What an epoch costs the kernel", "live qubits", "time, microseconds", curves);
    }

    private static Curve curve(
            List<Growth.Samples> all, Growth.Work work, int percent, String name, Curve.Line line) {
        List<Curve.Point> points = new ArrayList<>();
        for (Growth.Samples samples : all) {
            if (samples.work() != work) continue;
            points.add(new Curve.Point(samples.qubits(), samples.micros(percent)));
        }
        return new Curve(work.title + ", " + name, work.ordinal(), line, points);
    }

    private static String section(List<Growth.Samples> all, double loadBefore) {
        String where =
                "%s, %d processors, Java %s, load average %.1f when it began"
                        .formatted(
                                System.getProperty("os.arch"),
                                Runtime.getRuntime().availableProcessors(),
                                Runtime.version(),
                                loadBefore);
        var text = new StringBuilder(SECTION).append(WHAT.formatted(where, EPOCHS));
        text.append("| work, median / p99 in us |");
        for (int qubits : QUBITS) text.append(" %,d qubits |".formatted(qubits));
        text.append("\n|---|").append("---|".repeat(QUBITS.size())).append('\n');
        for (Growth.Work work : Growth.Work.values()) {
            text.append("| ").append(work.title).append(" |");
            for (Growth.Samples samples : all) {
                if (samples.work() != work) continue;
                text.append(" %s / %s |".formatted(figure(samples, 50), figure(samples, 99)));
            }
            text.append('\n');
        }
        return text.append(BOUNDS).toString();
    }

    /// With three digits or more.
    private static String figure(Growth.Samples samples, int percent) {
        double micros = samples.micros(percent);
        int digits = micros < 1 ? 3 : micros < 10 ? 2 : micros < 100 ? 1 : 0;
        return ("%,." + digits + "f").formatted(micros);
    }

    /// The page with the section in place of the one that it had, or after all others.
    static String with(String page, String section) {
        int begin = page.indexOf("\n" + SECTION);
        if (begin < 0) return page.stripTrailing() + "\n\n" + section;
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(0, begin + 1) + section + (end < 0 ? "" : page.substring(end));
    }
}
