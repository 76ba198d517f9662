package org.qmk.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.qmk.optimizer.rotation.CliffordTWord;
import org.qmk.optimizer.rotation.RotationSynthesis;

/// Measures the synthesis of rotations about z by random angles, beside pygridsynth, and writes
/// `docs/reference/rotation.md`. Every error is that of the product of the gates.
///
/// Arguments: the repository, the commit and, if there is one, a Python interpreter that has
/// pygridsynth, as `checks/bench/run rotation` gives them.
public final class RotationReport {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final long SEED = 1;
    private static final int ANGLES = 40;
    private static final int REPEATS = 5;

    /// So many times all angles are done before they are timed, for the compilers of the JVM.
    private static final int WARM_UPS = 8;

    private static final List<String> PRECISIONS =
            List.of("1e-2", "1e-3", "1e-4", "1e-6", "1e-8", "1e-10", "1e-15", "1e-20", "1e-30");

    private static final String EXPLANATION =
            """

            T counts are means over the angles, with the range. A T count grows as
            3 log2(1/precision) (Ross and Selinger, arXiv 1403.2975), that of a mixture half as fast
            (Campbell, arXiv 1612.02689; Kliuchnikov and others, arXiv 2203.10064).

            **What the precision means.** The precision of the QVM bounds the operator norm of the
            difference at the best global phase. pygridsynth bounds the diamond norm, which is twice
            that for near unitaries, and so is asked for twice the number here. The global phase is
            free here, which saves about one T on average; pygridsynth keeps it.

            **Mixtures.** `RotationSynthesis.mixture` gives two words and a probability. Half the
            diamond norm of the difference between the mean over choices and the rotation is at most
            the precision; each word alone is only as near as the root of it. The choice is made
            from a seed when a program is compiled. So the bound holds for the mean over
            compilations, or for programs of many rotations, not for one word in all shots of one
            compiled program.

            **Angles.** A multiple of pi/4, but for the rounding of the double, takes no or one T
            and is exact. An angle nearer to a multiple than the precision is taken for it. Angles a
            little farther away cost more than the mean, as the candidates for them lie on few
            planes: pi/4 + 1e-9 at a precision of 1e-10 takes 120 T, here and in pygridsynth.
            """;

    private final List<Double> angles = new ArrayList<>();
    private final StringBuilder rows = new StringBuilder();

    private RotationReport() {
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < ANGLES; i++) angles.add(random.nextDouble(2 * Math.PI));
    }

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path root = Path.of(arguments[0]);
        var report = new RotationReport();
        String peer = "pygridsynth is not there: pip could not install it";
        if (arguments.length > 2) {
            Path script = root.resolve("checks/bench/gridsynth_peer.py");
            Process process =
                    new ProcessBuilder(arguments[2], script.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (var requests = new PrintStream(process.getOutputStream(), true);
                    BufferedReader answers = process.inputReader()) {
                peer = "pygridsynth " + ask("version", requests, answers)[0];
                for (String precision : PRECISIONS) report.row(precision, requests, answers);
            }
        } else {
            for (String precision : PRECISIONS) report.row(precision, null, null);
        }
        Files.writeString(
                root.resolve("docs/reference/rotation.md"), report.page(arguments[1], peer));
    }

    private static String[] ask(String request, PrintStream requests, BufferedReader answers)
            throws IOException {
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("pygridsynth gave no answer to: " + request);
        return answer.split(" ");
    }

    private void row(String text, PrintStream requests, BufferedReader answers) throws IOException {
        double precision = Double.parseDouble(text);
        for (int i = 0; i < WARM_UPS; i++) {
            var synthesis = new RotationSynthesis(precision);
            for (double angle : angles) synthesis.word(angle);
        }
        var ours = new IntSummaryStatistics();
        var theirs = new IntSummaryStatistics();
        List<Double> ourMillis = new ArrayList<>();
        List<Double> theirMillis = new ArrayList<>();
        double mixed = 0;
        double worst = 0;
        for (double angle : angles) {
            CliffordTWord word = new RotationSynthesis(precision).word(angle);
            double error = word.error(angle);
            if (error > precision) throw new IllegalStateException(angle + ": error " + error);
            worst = Math.max(worst, error / precision);
            ours.accept(word.tCount());
            mixed += new RotationSynthesis(precision).mixture(angle).tCount() / ANGLES;
            ourMillis.add(millis(precision, angle));
            if (requests == null) continue;
            String request = "word %s %s".formatted(angle, 2 * precision);
            String[] answer = ask(request, requests, answers);
            theirMillis.add(Long.parseLong(answer[0]) / 1e6);
            theirs.accept(Integer.parseInt(answer[1]));
        }
        String line =
                "| %s | %s | %.1f | %.3f | %.2f | %.2f | %s | %s |\n"
                        .formatted(
                                text,
                                counts(ours),
                                mixed,
                                worst,
                                median(ourMillis),
                                ourMillis.stream().mapToDouble(x -> x).max().orElseThrow(),
                                requests == null ? "" : counts(theirs),
                                requests == null ? "" : "%.0f".formatted(median(theirMillis)));
        System.err.print(line);
        rows.append(line);
    }

    /// The median over some repetitions, of the CPU, without the cache.
    private static double millis(double precision, double angle) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
            var synthesis = new RotationSynthesis(precision);
            long start = CLOCK.getCurrentThreadCpuTime();
            synthesis.word(angle);
            millis.add((CLOCK.getCurrentThreadCpuTime() - start) / 1e6);
        }
        return median(millis);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String counts(IntSummaryStatistics counts) {
        return "%.1f (%d-%d)".formatted(counts.getAverage(), counts.getMin(), counts.getMax());
    }

    private String page(String commit, String peer) throws IOException {
        String head =
                "Made by `checks/bench/run rotation` at commit %s on %s: %s, JDK %s, %s."
                        .formatted(
                                commit,
                                LocalDate.now(ZoneOffset.UTC),
                                processor(),
                                Runtime.version(),
                                peer);
        return "# Rotations out of Clifford and T gates\n\n"
                + head
                + " One thread, CPU time after a warm-up, nothing cached; "
                + ANGLES
                + " random angles.\n\n"
                + "| precision | T | T, mixture | worst error / precision | ms, median | ms, worst"
                + " | pygridsynth: T | pygridsynth: ms, median |\n"
                + "|---|---:|---:|---:|---:|---:|---:|---:|\n"
                + rows
                + EXPLANATION;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.exists(file)) return System.getProperty("os.arch");
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
