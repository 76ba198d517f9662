package org.qmk.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.qmk.codec.QvmForm;
import org.qmk.qvm.Graph;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;

/// Runs every benchmark and prints one table in the units of the field, as Markdown.
///
/// Argument: the folder of the checkout, in which `./qmk` is started for the whole-process figure.
public final class BenchmarkReport {

    private static final int COMMAND_RUNS = 21;
    private static final PrintStream OUT = System.out;

    private BenchmarkReport() {}

    /// @throws RunnerException if a benchmark fails its own check
    public static void main(String[] args)
            throws RunnerException, IOException, InterruptedException {
        Path root = Path.of(args.length > 0 ? args[0] : ".").toRealPath();
        List<String> rows = new ArrayList<>();
        command(root, rows);
        memory(1_000_000, rows);
        memory(10_000_000, rows);
        Path log = Files.createTempFile("qmk-jmh", ".txt");
        var options = new OptionsBuilder().include("org\\.qmk\\.bench\\..*").output(log.toString());
        OUT.println("JMH is running, about ten minutes; its own output is in " + log);
        rates(new Runner(options.build()).run(), rows);
        OUT.println("| work | size | median | spread | rate |");
        OUT.println("|---|---|---|---|---|");
        rows.forEach(OUT::println);
    }

    private static void rates(Collection<RunResult> results, List<String> rows) {
        for (RunResult result : results) {
            var parameters = result.getParams();
            var statistics = result.getPrimaryResult().getStatistics();
            double milliseconds = statistics.getPercentile(50);
            String name = parameters.getBenchmark().replaceAll(".*\\.(\\w+)Benchmark\\.\\w+", "$1");
            boolean sampled = name.equals("Audit") || name.equals("Decision");
            if (sampled || name.equals("Capability") || name.equals("Token")) {
                rows.add(sampled ? sampled(result) : call(result, name));
                continue;
            }
            boolean qasm = name.equals("Qasm");
            int size = Integer.parseInt(parameters.getParam(qasm ? "gates" : "nodes"));
            double perSecond = size / milliseconds * 1000;
            String rate = "%.2f million %s/s".formatted(perSecond / 1e6, qasm ? "gates" : "nodes");
            String what = "verify a graph";
            if (name.equals("Read")) {
                QvmForm form = QvmForm.valueOf(parameters.getParam("form"));
                what = "read " + form;
                rate += ", " + megabytes(ReadBenchmark.bytes(size, form), milliseconds);
            } else if (qasm) {
                what = "lower OpenQASM 3";
                rate += ", " + megabytes(Workload.qasm(size).length, milliseconds);
            }
            String spread = "%.2f to %.2f".formatted(statistics.getMin(), statistics.getMax());
            rows.add(
                    row(
                            what,
                            "%,d".formatted(size),
                            "%.3f ms".formatted(milliseconds),
                            spread,
                            rate));
        }
    }

    /// Single calls are sampled, so that the few that take long do not hide in a mean.
    private static String sampled(RunResult result) {
        var statistics = result.getPrimaryResult().getStatistics();
        double median = statistics.getPercentile(50);
        String parts = result.getParams().getParam("parts");
        String qubits = result.getParams().getParam("qubits");
        String step =
                result.getParams().getBenchmark().endsWith("begin")
                        ? "decide an epoch, `step(Begin)`"
                        : "close an epoch, `step(Report)`";
        return row(
                parts != null ? "append an epoch to the audit log" : step,
                parts != null ? parts + " parts" : qubits + " live qubits",
                "%.1f us".formatted(median),
                "p99 %.1f us".formatted(statistics.getPercentile(99)),
                "%.0f epochs/s".formatted(1e6 / median));
    }

    /// A call of some nanoseconds, by the name of its method.
    private static String call(RunResult result, String name) {
        var statistics = result.getPrimaryResult().getStatistics();
        String method = result.getParams().getBenchmark().replaceAll(".*\\.", "");
        String caveats = result.getParams().getParam("caveats");
        return row(
                (name.equals("Token") ? "token: `" : "capabilities: `") + method + "`",
                caveats != null ? caveats + " caveats" : "",
                "%.1f ns".formatted(statistics.getPercentile(50)),
                "%.1f to %.1f".formatted(statistics.getMin(), statistics.getMax()),
                "");
    }

    private static String megabytes(int bytes, double milliseconds) {
        return "%.0f MB/s".formatted(bytes / 1e6 / (milliseconds / 1000));
    }

    /// What the graph keeps and what its verification allocates in all, an upper bound of the peak.
    private static void memory(int nodes, List<String> rows) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = used();
        Graph graph = Workload.graph(nodes, 1000);
        long kept = used() - before;
        long allocated = threads.getCurrentThreadAllocatedBytes();
        if (!(Verifier.verify(graph) instanceof Verified))
            throw new IllegalStateException("rejected");
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        String rate =
                "%.1f bytes a node: %.1f the graph, at most %.1f its verification"
                        .formatted(
                                (kept + allocated) / (double) nodes,
                                kept / (double) nodes,
                                allocated / (double) nodes);
        rows.add(row("memory of a verification", "%,d".formatted(nodes), "", "", rate));
    }

    private static long used() {
        for (int i = 0; i < 3; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// From the start of the command to its end, a Bell program, 1,024 shots.
    private static void command(Path root, List<String> rows)
            throws IOException, InterruptedException {
        double[] milliseconds = new double[COMMAND_RUNS];
        for (int i = -1; i < COMMAND_RUNS; i++) {
            long start = System.nanoTime();
            Process process =
                    new ProcessBuilder("./qmk", "run", "examples/bell.qasm", "--format", "csv")
                            .directory(root.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0 || !printed.contains("00,") || !printed.contains("11,")) {
                throw new IllegalStateException("./qmk printed " + printed);
            }
            // The first run may build, and is not counted.
            if (i >= 0) milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(milliseconds);
        rows.add(
                row(
                        "`./qmk run examples/bell.qasm`, whole process",
                        "1,024 shots",
                        "%.0f ms".formatted(milliseconds[COMMAND_RUNS / 2]),
                        "%.0f to %.0f".formatted(milliseconds[0], milliseconds[COMMAND_RUNS - 1]),
                        ""));
    }

    private static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
