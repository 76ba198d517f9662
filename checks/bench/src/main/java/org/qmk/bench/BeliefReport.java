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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.qmk.qec.bp.BeliefSettings;
import org.qmk.qec.bp.MinSumDecoder;
import org.qmk.qec.bp.OrderedStatisticsDecoder;
import org.qmk.qec.bp.RelayDecoder;
import org.qmk.qec.bp.RelaySettings;
import org.qmk.qec.code.BivariateBicycle;
import org.qmk.qec.code.CssCode;
import org.qmk.qec.code.SimplexProduct;
import org.qmk.qec.decode.DecodingProblem;
import org.qmk.qec.decode.SyndromeDecoder;

/// Measures belief propagation beside ldpc, on independent errors of the qubits of qLDPC codes, and
/// writes `docs/reference/belief.md`.
///
/// Arguments: the repository, the commit and, if there is one, a Python interpreter that has ldpc,
/// as `checks/bench/run belief` gives them.
public final class BeliefReport {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int SHOTS = 4096;
    private static final int REPEATS = 9;
    private static final int WARM_UPS = 6;
    private static final BeliefSettings SETTINGS = new BeliefSettings(20, 0.625);
    private static final int SWEEP = 7;

    private static final double MUST = 0.10;
    private static final double AIM = 0.02;

    /// What a flight recording of *many* shows.
    private static final String PROFILE =
            """
            Nine tenths of *many* are spent in `MessageLoops.exchange`, which for an entry of
            the matrix and 16 shots takes about 25 instructions on vectors of 512 bits: 13 for
            the message, 12 for the answer. Memory is not what it waits for: keeping answers by
            size and sign saved nine tenths of the traffic and a tenth of the time. Beliefs of
            16 bits in place of 32 would halve what is left; the aim asks for that and more.
            """;

    private record Case(String name, CssCode code, double chance) {}

    private final StringBuilder rows = new StringBuilder();
    private double worst;

    private BeliefReport() {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path root = Path.of(arguments[0]);
        CssCode gross = BivariateBicycle.bicycle144();
        CssCode simplex = SimplexProduct.of(4);
        List<Case> cases =
                List.of(
                        new Case("bicycle [[144, 12, 12]]", gross, 0.02),
                        new Case("bicycle [[144, 12, 12]]", gross, 0.05),
                        new Case("bicycle [[144, 12, 12]]", gross, 0.08),
                        new Case("SHYPS [[225, 16, 8]]", simplex, 0.005),
                        new Case("SHYPS [[225, 16, 8]]", simplex, 0.02));
        var report = new BeliefReport();
        String peer = "ldpc is not there: pip could not install it";
        if (arguments.length > 2) {
            Path script = root.resolve("checks/bench/ldpc_peer.py");
            Process process =
                    new ProcessBuilder(arguments[2], script.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            try (var requests = new PrintStream(process.getOutputStream(), true);
                    BufferedReader answers = process.inputReader()) {
                peer = "ldpc " + ask("version", requests, answers)[0];
                for (Case shape : cases) report.row(shape, requests, answers);
            }
        } else {
            for (Case shape : cases) report.row(shape, null, null);
        }
        Files.writeString(
                root.resolve("docs/reference/belief.md"), report.page(arguments[1], peer));
    }

    private static String[] ask(String request, PrintStream requests, BufferedReader answers)
            throws IOException {
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("ldpc gave no answer to: " + request);
        return answer.split(" ");
    }

    private void row(Case shape, PrintStream requests, BufferedReader answers) throws IOException {
        DecodingProblem problem = shape.code.bitFlips(shape.chance);
        var random = new SplittableRandom(1);
        int words = problem.words();
        long[] syndromes = new long[SHOTS * words];
        long[] flipped = new long[SHOTS];
        for (int shot = 0; shot < SHOTS; shot++) {
            for (int i = 0; i < problem.mechanisms(); i++) {
                if (random.nextDouble() >= shape.chance) continue;
                problem.flip(i, syndromes, shot * words);
                flipped[shot] ^= problem.observables(i);
            }
        }
        var belief = new MinSumDecoder(problem, SETTINGS);
        double many = nanos(() -> belief.decodeAll(syndromes, SHOTS, new long[SHOTS]));
        double single = nanos(() -> oneByOne(belief, syndromes));
        int unexplained = unexplained(belief, syndromes);
        var statistics = new OrderedStatisticsDecoder(problem, SETTINGS, SWEEP);
        double solved = nanos(() -> statistics.decodeAll(syndromes, SHOTS, new long[SHOTS]));
        var relay = new RelayDecoder(problem, RelaySettings.usual());
        double theirs = Double.NaN;
        String theirUnexplained = "";
        if (requests != null) {
            Path file = Files.createTempFile("belief", ".txt");
            try {
                Files.writeString(file, text(problem, syndromes));
                String[] answer =
                        ask(
                                "decode %s %s %d %s"
                                        .formatted(
                                                file,
                                                shape.chance,
                                                SETTINGS.iterations(),
                                                SETTINGS.scale()),
                                requests,
                                answers);
                theirs = Double.parseDouble(answer[0]);
                theirUnexplained = "%.4f".formatted(Double.parseDouble(answer[1]) / SHOTS);
            } finally {
                Files.delete(file);
            }
            worst = Math.max(worst, many / theirs);
        }
        String line =
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n"
                        .formatted(
                                shape.name,
                                shape.chance,
                                micros(many),
                                micros(single),
                                requests == null ? "" : micros(theirs),
                                requests == null ? "" : "%.3f".formatted(many / theirs),
                                "%.4f".formatted((double) unexplained / SHOTS),
                                theirUnexplained,
                                micros(solved),
                                failures(statistics, syndromes, flipped),
                                failures(relay, syndromes, flipped));
        System.err.print(line);
        rows.append(line);
    }

    private static void oneByOne(SyndromeDecoder decoder, long[] syndromes) {
        int words = decoder.problem().words();
        for (int shot = 0; shot < SHOTS; shot++) decoder.decode(syndromes, shot * words);
    }

    private static int unexplained(SyndromeDecoder decoder, long[] syndromes) {
        int words = decoder.problem().words();
        int count = 0;
        for (int shot = 0; shot < SHOTS; shot++) {
            decoder.decode(syndromes, shot * words);
            if (!decoder.isExplained()) count++;
        }
        return count;
    }

    private static String failures(SyndromeDecoder decoder, long[] syndromes, long[] flipped) {
        int words = decoder.problem().words();
        int count = 0;
        for (int shot = 0; shot < SHOTS; shot++) {
            if (decoder.decode(syndromes, shot * words) != flipped[shot]) count++;
        }
        return "%.4f".formatted((double) count / SHOTS);
    }

    private static String text(DecodingProblem problem, long[] syndromes) {
        var text = new StringBuilder();
        for (int i = 0; i < problem.mechanisms(); i++) {
            for (int at = problem.columnStart(i); at < problem.columnStart(i + 1); at++) {
                text.append(problem.detector(at)).append(' ');
            }
            text.append('\n');
        }
        text.append('\n');
        for (int shot = 0; shot < SHOTS; shot++) {
            // A line is never empty.
            text.append(-1);
            for (int i = 0; i < problem.detectors(); i++) {
                long word = syndromes[shot * problem.words() + (i >>> 6)];
                if ((word >>> i & 1) != 0) text.append(',').append(i);
            }
            text.append('\n');
        }
        return text.toString();
    }

    /// The median over repetitions, of the CPU.
    private static double nanos(Runnable work) {
        for (int i = 0; i < WARM_UPS; i++) work.run();
        double[] nanos = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            work.run();
            nanos[i] = CLOCK.getCurrentThreadCpuTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[REPEATS / 2];
    }

    private static String micros(double nanos) {
        return "%.2f".formatted(nanos / 1e3 / SHOTS);
    }

    private String page(String commit, String peer) throws IOException {
        String processor =
                Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
        String verdict =
                worst == 0
                        ? ""
                        : "\nThe largest ratio is %.3f; it must be below %s, the aim is %s.\n"
                                        .formatted(worst, MUST, AIM)
                                + PROFILE;
        return """
        # Belief propagation

        Made by `checks/bench/run belief` at commit %s on %s: %s, JDK %s, %s. One thread, CPU
        time, medians; microseconds a shot.

        Independent bit flips of qubits with chance p, %,d shots. Min-sum, scale %s, up to %d
        rounds, all checks at once, here and in ldpc, which is called from Python for each
        shot. *Many* is 16 shots side by side, *one* a shot after the other. OSD-CS is belief
        propagation and, where it explains nothing, ordered statistics with pairs of %d; its
        rate and that of the relay are those of wrong corrections of any logical qubit. The
        relay has one solution and up to %d legs.

        | code | p | many | one | ldpc | many / ldpc | unexplained | ldpc: unexplained | \
        OSD-CS, many | OSD-CS: wrong | relay: wrong |
        |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
        """
                        .formatted(
                                commit,
                                LocalDate.now(ZoneOffset.UTC),
                                processor,
                                Runtime.version(),
                                peer,
                                SHOTS,
                                SETTINGS.scale(),
                                SETTINGS.iterations(),
                                SWEEP,
                                RelaySettings.usual().legs())
                + rows
                + verdict;
    }
}
