package org.qmk.bench;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.qmk.qec.QecFailure;
import org.qmk.qec.analysis.AnalysisOptions;
import org.qmk.qec.analysis.ErrorAnalysis;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.sample.CircuitSampler;
import org.qmk.qec.sample.ModelSampler;

/// Samples detectors of rotated surface codes, makes their models and samples those, beside Stim
/// and in turn; writes `docs/reference/detection.md`.
///
/// A unit of work is a shot, a model, or a run of a command. Goals: sampling 0.60 of Stim's time,
/// the command with its start 0.75, models 1.5, shots of models 0.10, a first decoded shot within
/// 0.4 seconds. Arguments: the repository, a Python interpreter that has Stim, and the commit.
public final class DetectionReport {

    /// The machine may be shared: times are the CPU's on both sides.
    private static final ThreadMXBean CLOCK = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int REPEATS = 7;
    private static final long WARM_NANOS = 2_000_000_000L;
    private static final int BATCH = CircuitSampler.BATCH;
    private static final int COMMAND_SHOTS = 10_000_000;
    private static final int COMMAND_REPEATS = 3;
    private static final int START_REPEATS = 9;

    private static final String HEAD =
            "| d | p | ours | Stim | ours / Stim |\n|---:|---:|---:|---:|---:|\n";

    /// What is measured.
    private interface Work {
        void run() throws IOException, QecFailure;
    }

    private final BufferedReader answers;
    private final PrintStream requests;
    private final Path folder;
    private final StringBuilder shots = new StringBuilder(HEAD);
    private final StringBuilder models = new StringBuilder(HEAD);
    private final StringBuilder folded = new StringBuilder(HEAD);
    private final StringBuilder modelShots = new StringBuilder(HEAD);
    private final StringBuilder framesShots = new StringBuilder(HEAD);
    private String command = "";
    private String start = "";

    private DetectionReport(Process peer, Path folder) {
        answers = peer.inputReader();
        requests = new PrintStream(peer.getOutputStream(), true);
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, QecFailure {
        Path root = Path.of(arguments[0]);
        Path script = root.resolve("checks/bench/stim_peer.py");
        Path folder = Files.createTempDirectory("detection");
        Process peer =
                new ProcessBuilder(arguments[1], script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            var report = new DetectionReport(peer, folder);
            for (double chance : new double[] {0.001, 0.005}) {
                for (int distance : new int[] {5, 11, 25}) report.measure(distance, chance);
            }
            report.command(root.resolve("qmk").toAbsolutePath().normalize());
            Path page = root.resolve("docs/reference/detection.md");
            Files.writeString(page, report.page(arguments[2]));
        } finally {
            peer.destroy();
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private double ask(String request) throws IOException {
        return askAll(request)[0];
    }

    private double[] askAll(String request) throws IOException {
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("the peer gave no answer to: " + request);
        return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    /// Measures whole processes.
    private void command(Path qmk) throws IOException, QecFailure {
        String circuit = "d%d-p0.001.stim";
        Path large = folder.resolve(circuit.formatted(11));
        Path events = folder.resolve("events.b8");
        String ours =
                "command %s qec detect %s --shots %d --seed 1 --threads 1 --out-format b8 -o %s"
                        .formatted(qmk, large, COMMAND_SHOTS, events);
        String theirs =
                "command stim detect --in %s --shots %d --seed 1 --out_format b8 --out %s"
                        .formatted(large, COMMAND_SHOTS, events);
        double[][] us = new double[2][COMMAND_REPEATS];
        double[][] them = new double[2][COMMAND_REPEATS];
        for (int i = 0; i < COMMAND_REPEATS; i++) {
            // Neither has to empty the other's file.
            Files.deleteIfExists(events);
            double[] mine = askAll(ours);
            Files.deleteIfExists(events);
            double[] peer = askAll(theirs);
            for (int k = 0; k < 2; k++) us[k][i] = mine[k] / 1e9;
            for (int k = 0; k < 2; k++) them[k][i] = peer[k] / 1e9;
        }
        StringBuilder rows = new StringBuilder();
        for (int k = 0; k < 2; k++) {
            double mine = median(us[k]);
            double peer = median(them[k]);
            String clock = k == 0 ? "CPU" : "wall";
            rows.append("| %s | %.2f | %.2f | %.2f |%n".formatted(clock, mine, peer, mine / peer));
        }
        command = rows.toString();
        Path model = folder.resolve("start.dem");
        ask(
                "command %s qec dem %s --decompose-errors -o %s"
                        .formatted(qmk, folder.resolve(circuit.formatted(5)), model));
        ask(
                "command %s qec detect %s --shots 1 --seed 1 --out-format b8 -o %s"
                        .formatted(qmk, folder.resolve(circuit.formatted(5)), events));
        double[] seconds = new double[START_REPEATS];
        String decode = "command %s qec decode %s --dem %s --in-format b8";
        for (int i = 0; i < START_REPEATS; i++) {
            seconds[i] = askAll(decode.formatted(qmk, events, model))[1] / 1e9;
        }
        double middle = median(seconds);
        start = "%.2f (least %.2f)".formatted(middle, seconds[0]);
    }

    /// Sorts them.
    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private void measure(int distance, double chance) throws IOException, QecFailure {
        Path file = folder.resolve("d%d-p%s.stim".formatted(distance, chance));
        ask("memory %s %d %s".formatted(file, distance, chance));
        Circuit circuit = Circuit.parse(Files.readString(file));
        String title = "| %d | %s |".formatted(distance, chance);
        int count = distance > 20 ? 4096 : 65_536;
        var sampler = CircuitSampler.ofDetections(circuit);
        Work sample = () -> sampler.run(1, count, 1, _ -> {});
        row(shots, title, sample, "flip %s %d".formatted(file, BATCH), count, BATCH);
        var flat = AnalysisOptions.DECOMPOSED;
        Work analyse = () -> ErrorAnalysis.of(circuit, flat);
        row(models, title, analyse, "model %s flat".formatted(file), 1000, 1000);
        Work fold = () -> ErrorAnalysis.of(circuit, flat.folded());
        row(folded, title, fold, "model %s folded".formatted(file), 1000, 1000);
        DetectorErrorModel model = ErrorAnalysis.of(circuit, flat);
        var modelSampler = new ModelSampler(model);
        int few = count / 16;
        Work draw = () -> modelSampler.run(1, few, (_, _) -> {});
        row(modelShots, title, draw, "shots %s %d".formatted(file, few), few, few);
        Work lists = () -> modelSampler.lists(1, few, _ -> {});
        row(framesShots, title, lists, "flip %s %d".formatted(file, BATCH), few, BATCH);
        System.err.println("d=" + distance + " p=" + chance + " done");
    }

    private void row(
            StringBuilder to, String title, Work work, String request, int units, int theirUnits)
            throws IOException, QecFailure {
        long until = CLOCK.getCurrentThreadCpuTime() + WARM_NANOS;
        while (CLOCK.getCurrentThreadCpuTime() < until) work.run();
        double[] ours = new double[REPEATS];
        double[] theirs = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            work.run();
            ours[i] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / units;
            theirs[i] = ask(request) / 1e3 / theirUnits;
        }
        double us = median(ours);
        double them = median(theirs);
        to.append("%s %.3f | %.3f | %.2f |%n".formatted(title, us, them, us / them));
    }

    private String page(String commit) throws IOException {
        requests.println("version");
        String version = answers.readLine();
        return """
        # Detection events and models beside Stim

        Made by `checks/bench/run detection` at commit %s on %s: %s, JDK %s, Stim %s. One thread on
        both sides, CPU time, in turn, medians of %d. Rotated surface codes, memory along Z, d
        rounds, all noise at p.

        ## Detection events
        Microseconds a shot, in process, 1,024 shots at a time on both sides. Ours makes a row of
        each shot; Stim's is its frame simulator alone, which is faster than its sampler is when
        called from Python. Must be 0.60 of Stim's, aim 0.40.

        %s
        ## Detection events to a file
        Seconds for `qmk qec detect --threads 1` to write %,d shots at d = 11, p = 0.001, as rows
        of bits, and for `stim detect`: whole processes, started anew, medians of %d. Ours starts a
        second JVM, with vector registers; both count. Must be 0.75 of Stim's, aim 0.45.

        | clock | ours | Stim | ours / Stim |
        |---|---:|---:|---:|
        %s
        ## First decoded shot
        Seconds of the wall from the start of `qmk qec decode` to its end with one shot at d = 5,
        with the cache of classes that the launcher makes, median of %d: %s. Must be 0.4, aim 0.2.

        ## Models
        Milliseconds for the decomposed model of a circuit, loops written out. Must be 1.5, aim 0.8.

        %s
        Loops folded:

        %s
        ## Shots of a model
        Microseconds a shot: detectors, observables and errors, beside Stim's sampler of models.
        Must be 0.10, aim 0.04.

        %s
        Lists of detectors that fired, as decoders take them, beside Stim's frame simulator alone.
        Must be 0.40, aim 0.20.

        %s\
        """
                .formatted(
                        commit,
                        LocalDate.now(ZoneOffset.UTC),
                        System.getProperty("os.arch"),
                        Runtime.version(),
                        version,
                        REPEATS,
                        shots,
                        COMMAND_SHOTS,
                        COMMAND_REPEATS,
                        command,
                        START_REPEATS,
                        start,
                        models,
                        folded,
                        modelShots,
                        framesShots);
    }
}
