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
/// A unit of work is a shot, or a model. Goals: sampling 0.60 of Stim's time, models 1.5 of it,
/// shots of models 0.10 of it. Arguments: the repository, a Python interpreter that has Stim, and
/// the commit.
public final class DetectionReport {

    /// The machine may be shared: times are the CPU's on both sides.
    private static final ThreadMXBean CLOCK = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int REPEATS = 7;
    private static final long WARM_NANOS = 2_000_000_000L;

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
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("the peer gave no answer to: " + request);
        return Double.parseDouble(answer.split(" ")[0]);
    }

    private void measure(int distance, double chance) throws IOException, QecFailure {
        Path file = folder.resolve("d%d-p%s.stim".formatted(distance, chance));
        ask("memory %s %d %s".formatted(file, distance, chance));
        Circuit circuit = Circuit.parse(Files.readString(file));
        String title = "| %d | %s |".formatted(distance, chance);
        int count = distance > 20 ? 4096 : 65_536;
        var sampler = CircuitSampler.ofDetections(circuit);
        Work sample = () -> sampler.run(1, count, 1, _ -> {});
        row(shots, title, sample, "detect %s %d".formatted(file, count), count);
        var flat = AnalysisOptions.DECOMPOSED;
        Work analyse = () -> ErrorAnalysis.of(circuit, flat);
        row(models, title, analyse, "model %s flat".formatted(file), 1000);
        Work fold = () -> ErrorAnalysis.of(circuit, flat.folded());
        row(folded, title, fold, "model %s folded".formatted(file), 1000);
        DetectorErrorModel model = ErrorAnalysis.of(circuit, flat);
        var modelSampler = new ModelSampler(model);
        int few = count / 16;
        Work draw = () -> modelSampler.run(1, few, (_, _) -> {});
        row(modelShots, title, draw, "shots %s %d".formatted(file, few), few);
        System.err.println("d=" + distance + " p=" + chance + " done");
    }

    private void row(StringBuilder to, String title, Work work, String request, int units)
            throws IOException, QecFailure {
        long until = CLOCK.getCurrentThreadCpuTime() + WARM_NANOS;
        while (CLOCK.getCurrentThreadCpuTime() < until) work.run();
        double[] ours = new double[REPEATS];
        double[] theirs = new double[REPEATS];
        for (int i = 0; i < REPEATS; i++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            work.run();
            ours[i] = (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / units;
            theirs[i] = ask(request) / 1e3 / units;
        }
        Arrays.sort(ours);
        Arrays.sort(theirs);
        double us = ours[REPEATS / 2];
        double them = theirs[REPEATS / 2];
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
        Microseconds a shot, in process, one row a shot on both sides. Must be 0.60 of Stim's,
        aim 0.40.

        %s
        ## Models
        Milliseconds for the decomposed model of a circuit, loops written out. Must be 1.5, aim 0.8.

        %s
        Loops folded:

        %s
        ## Shots of a model
        Microseconds a shot: detectors, observables and errors. Must be 0.10, aim 0.04.

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
                        models,
                        folded,
                        modelShots);
    }
}
