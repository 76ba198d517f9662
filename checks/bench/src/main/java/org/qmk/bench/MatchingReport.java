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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.qmk.qec.Decoder;
import org.qmk.qec.PackedRow;
import org.qmk.qec.QecFailure;
import org.qmk.qec.RowDecoder;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.match.CorrelatedMatchingDecoder;
import org.qmk.qec.match.MatchingDecoder;
import org.qmk.qec.match.MatchingGraph;
import org.qmk.qec.match.RoundTemplate;
import org.qmk.qec.match.WindowStreamDecoder;

/// Matches detection events of rotated surface codes beside PyMatching, in turn, and decodes
/// streams in windows; writes `docs/reference/matching.md`.
///
/// A unit of work is a shot, and of streams a round. Goals: at p = 0.001 half of PyMatching's
/// time, at 0.005 0.8 of it, in two passes half; no byte allocated; 8 streams a core.
/// Arguments: the repository, a Python interpreter that has PyMatching and Stim, and the commit.
public final class MatchingReport {

    /// The machine may be shared: times of batches are the CPU's on both sides.
    private static final ThreadMXBean CLOCK = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int REPEATS = 5;
    private static final int LATENCY_SHOTS = 4_000;

    private static final String PAGE =
            """
            # Matching beside PyMatching

            Made by `checks/bench/run matching` at commit %s on %s: %d processors, JDK %s,
            PyMatching %s, Stim %s. One thread on both sides, in turn, medians of %d. Rotated
            surface codes, memory along Z, d rounds, all noise at p; 10,000 shots as rows of bits,
            %,d from d = 11 on.
            %s

            ## Microseconds a shot

            CPU time. Aim: 0.50 of PyMatching's at p = 0.001, 0.80 at 0.005.

            %s%s
            ## Two passes with correlations

            Aim: 0.50 of PyMatching's with `enable_correlations`.

            %s%s
            ## Latency

            Microseconds of one shot alone, from its row to its prediction; for each of %,d
            shots the least of five, which leaves the neighbours' noise out. PyMatching is
            called from Python, whose call is in its times. Aim: p99.9 at most PyMatching's.

            | d | p | p50 | p99 | p99.9 | PyMatching p50 | p99.9 | ours / theirs, p99.9 |
            |---:|---:|---:|---:|---:|---:|---:|---:|
            %s
            ## Streams

            Memories of 400 rounds at d = 11 and of 60 at d = 5, decoded round by round in
            windows whose graph comes from a memory of 8 rounds. A stream gets a round a
            microsecond; the times of a window, in microseconds, are the least of five. The
            last columns compare the errors with those of PyMatching on whole shots.
            Goal: 8 streams a core at d = 11, p = 0.001, with windows of 110 rounds and more.
            The rounds of the buffer are matched twice: that is what short windows lose.

            | d | p | commit | buffer | ns a round | streams a core | window p50 | p99 | p99.9 | \
            shots | logical errors | of whole shots | bytes a round |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            %s\
            """;

    private static final String HEAD =
            """
            | d | p | ours | PyMatching | ours / theirs | logical errors | PyMatching's | \
            predictions that differ | bytes a shot |
            |---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """;

    private final BufferedReader answers;
    private final PrintStream requests;
    private final Path folder;
    private final StringBuilder batches = new StringBuilder();
    private final StringBuilder passes = new StringBuilder();
    private final StringBuilder latencies = new StringBuilder();
    private final StringBuilder streams = new StringBuilder();
    private final List<String> missed = new ArrayList<>();

    private MatchingReport(Process peer, Path folder) {
        answers = peer.inputReader();
        requests = new PrintStream(peer.getOutputStream(), true);
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, QecFailure {
        Path root = Path.of(arguments[0]);
        Path script = root.resolve("checks/bench/matching_peer.py");
        Path folder = Files.createTempDirectory("matching");
        Process peer =
                new ProcessBuilder(arguments[1], script.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try {
            var report = new MatchingReport(peer, folder);
            Path page = root.resolve("docs/reference/matching.md");
            Files.writeString(page, report.page(arguments[2]));
        } finally {
            peer.destroy();
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private String[] ask(String request) throws IOException {
        requests.println(request);
        String answer = answers.readLine();
        if (answer == null) throw new IOException("the peer gave no answer to: " + request);
        return answer.split(" ");
    }

    private String page(String commit) throws IOException, QecFailure {
        String[] versions = ask("version");
        for (double chance : new double[] {0.001, 0.005}) {
            for (int distance = 5; distance <= 15; distance += 2) surface(distance, chance);
        }
        stream(11, 0.001, 11, 11);
        stream(11, 0.001, 44, 11);
        stream(11, 0.001, 110, 11);
        stream(11, 0.001, 220, 11);
        stream(5, 0.005, 5, 5);
        stream(5, 0.005, 10, 10);
        return text(commit, versions);
    }

    private void surface(int distance, double chance) throws IOException, QecFailure {
        String name = folder.resolve("d%d-p%s".formatted(distance, chance)).toString();
        int shots = distance < 11 ? 10_000 : LATENCY_SHOTS;
        ask("surface %s %d %d %s %d".formatted(name, distance, distance, chance, shots));
        ask("load " + name);
        var graph = MatchingGraph.of(model(name));
        byte[] rows = Files.readAllBytes(Path.of(name + ".dets"));
        byte[] flipped = Files.readAllBytes(Path.of(name + ".obs"));
        double aim = chance == 0.001 ? 0.5 : 0.8;
        String title = "| %d | %s |".formatted(distance, chance);
        var plain = new MatchingDecoder(graph);
        batches.append(title).append(batch(name, "decode", plain, rows, flipped, aim));
        var both = new CorrelatedMatchingDecoder(graph);
        passes.append(title).append(batch(name, "correlated", both, rows, flipped, 0.5));
        latencies.append(title).append(latency(name, plain, rows));
        System.err.println("d=" + distance + " p=" + chance + " done");
    }

    private static DetectorErrorModel model(String name) throws IOException, QecFailure {
        return DetectorErrorModel.parse(Files.readString(Path.of(name + ".dem")));
    }

    private String batch(
            String name, String how, Decoder decoder, byte[] rows, byte[] flipped, double aim)
            throws IOException {
        var batch = new RowDecoder(decoder);
        int shots = flipped.length;
        byte[] predictions = new byte[shots];
        long until = CLOCK.getCurrentThreadCpuTime() + 1_500_000_000L;
        while (CLOCK.getCurrentThreadCpuTime() < until) batch.decode(rows, shots, predictions);
        double[] ours = new double[REPEATS];
        double[] theirs = new double[REPEATS];
        long bytes = Long.MAX_VALUE;
        for (int i = 0; i < REPEATS; i++) {
            long allocated = CLOCK.getCurrentThreadAllocatedBytes();
            long start = CLOCK.getCurrentThreadCpuTime();
            batch.decode(rows, shots, predictions);
            long nanos = CLOCK.getCurrentThreadCpuTime() - start;
            bytes = Math.min(bytes, CLOCK.getCurrentThreadAllocatedBytes() - allocated);
            ours[i] = nanos / 1e3 / shots;
            String[] answer = ask("%s %s %s.out".formatted(how, name, name));
            theirs[i] = Double.parseDouble(answer[0]) / 1e3 / shots;
        }
        byte[] other = Files.readAllBytes(Path.of(name + ".out"));
        double us = median(ours);
        double them = median(theirs);
        if (us > aim * them) missed.add("%s %s".formatted(how, Path.of(name).getFileName()));
        return " %.3f | %.3f | %.2f | %d | %d | %d | %.2f |%n"
                .formatted(
                        us,
                        them,
                        us / them,
                        differences(predictions, flipped),
                        differences(other, flipped),
                        differences(predictions, other),
                        // What the two calls of the bean allocate themselves is below a byte a
                        // shot.
                        (double) bytes / shots);
    }

    private static int differences(byte[] a, byte[] b) {
        int count = 0;
        for (int i = 0; i < a.length; i++) if (a[i] != b[i]) count++;
        return count;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private String latency(String name, MatchingDecoder decoder, byte[] rows) throws IOException {
        int bits = decoder.detectors();
        int width = (bits + 7) / 8;
        int[] events = new int[bits];
        long[] flips = new long[1];
        long[] best = new long[LATENCY_SHOTS];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int repeat = 0; repeat < 5; repeat++) {
            for (int shot = 0; shot < LATENCY_SHOTS; shot++) {
                long start = System.nanoTime();
                int count = PackedRow.events(rows, shot * width, bits, events);
                decoder.decode(events, 0, count, flips, 0);
                best[shot] = Math.min(best[shot], System.nanoTime() - start);
            }
        }
        Arrays.sort(best);
        String[] peer = ask("latency %s %d".formatted(name, LATENCY_SHOTS));
        double tail = best[part(best.length, 0.999)] / 1e3;
        double peerTail = Double.parseDouble(peer[2]) / 1e3;
        if (tail > peerTail) missed.add("latency " + Path.of(name).getFileName());
        return " %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n"
                .formatted(
                        best[part(best.length, 0.5)] / 1e3,
                        best[part(best.length, 0.99)] / 1e3,
                        tail,
                        Double.parseDouble(peer[0]) / 1e3,
                        peerTail,
                        tail / peerTail);
    }

    private static int part(int length, double share) {
        return Math.min(length - 1, (int) (share * length));
    }

    /// Rounds of a stream, bit by bit as lists of events.
    private record Rounds(int[] events, int[] starts, int perShot, byte[] flipped) {}

    private void stream(int distance, double chance, int commit, int buffer)
            throws IOException, QecFailure {
        int length = distance == 5 ? 60 : 400;
        int shots = distance == 5 ? 10_000 : 250;
        String small = folder.resolve("template-%d-%s".formatted(distance, chance)).toString();
        String name = folder.resolve("stream-%d-%s".formatted(distance, chance)).toString();
        if (!Files.exists(Path.of(name + ".dem"))) {
            ask("surface %s %d 8 %s 1".formatted(small, distance, chance));
            ask("surface %s %d %d %s %d".formatted(name, distance, length, chance, shots));
            ask("load " + name);
            ask("decode %s %s.out".formatted(name, name));
        }
        var template = RoundTemplate.of(model(small));
        Rounds rounds = rounds(name, template, length, shots);
        var decoder = new WindowStreamDecoder(template, commit, buffer);
        byte[] predictions = new byte[shots];
        long until = CLOCK.getCurrentThreadCpuTime() + 2_000_000_000L;
        while (CLOCK.getCurrentThreadCpuTime() < until) run(decoder, rounds, predictions, null);
        double[] nanos = new double[REPEATS];
        long bytes = Long.MAX_VALUE;
        long[] best = new long[shots * rounds.perShot];
        Arrays.fill(best, Long.MAX_VALUE);
        for (int i = 0; i < REPEATS; i++) {
            long allocated = CLOCK.getCurrentThreadAllocatedBytes();
            long start = CLOCK.getCurrentThreadCpuTime();
            run(decoder, rounds, predictions, null);
            nanos[i] = CLOCK.getCurrentThreadCpuTime() - start;
            bytes = Math.min(bytes, CLOCK.getCurrentThreadAllocatedBytes() - allocated);
        }
        for (int i = 0; i < 5; i++) run(decoder, rounds, predictions, best);
        double round = median(nanos) / shots / rounds.perShot;
        byte[] whole = Files.readAllBytes(Path.of(name + ".out"));
        long[] windows = Arrays.stream(best).filter(time -> time >= 0).sorted().toArray();
        if (commit >= 110 && round > 125) missed.add("stream commit " + commit);
        streams.append(
                "| %d | %s | %d | %d | %.0f | %.1f | %.2f | %.2f | %.2f | %d | %d | %d | %.2f |%n"
                        .formatted(
                                distance,
                                chance,
                                commit,
                                buffer,
                                round,
                                1000 / round,
                                windows[part(windows.length, 0.5)] / 1e3,
                                windows[part(windows.length, 0.99)] / 1e3,
                                windows[part(windows.length, 0.999)] / 1e3,
                                shots,
                                differences(predictions, rounds.flipped),
                                differences(whole, rounds.flipped),
                                (double) bytes / shots / rounds.perShot));
    }

    private static Rounds rounds(String name, RoundTemplate template, int length, int shots)
            throws IOException {
        byte[] rows = Files.readAllBytes(Path.of(name + ".dets"));
        byte[] flipped = Files.readAllBytes(Path.of(name + ".obs"));
        int bits = 0;
        for (int round = 0; round <= length; round++) bits += template.width(round, length);
        int[] shot = new int[bits];
        int[] events = new int[1024];
        int[] starts = new int[shots * (length + 1) + 1];
        int size = 0;
        for (int s = 0; s < shots; s++) {
            int count = PackedRow.events(rows, s * ((bits + 7) / 8), bits, shot);
            if (size + count > events.length) events = Arrays.copyOf(events, 2 * (size + count));
            int at = 0;
            int begin = 0;
            for (int round = 0; round <= length; round++) {
                starts[s * (length + 1) + round] = size;
                int end = begin + template.width(round, length);
                while (at < count && shot[at] < end) events[size++] = shot[at++] - begin;
                begin = end;
            }
        }
        starts[shots * (length + 1)] = size;
        return new Rounds(events, starts, length + 1, flipped);
    }

    /// Decodes all shots, each a stream.
    ///
    /// @param best if not null, gets the least time of each round after which a window was
    ///     decided, and -1 for the others
    private static void run(
            WindowStreamDecoder decoder, Rounds rounds, byte[] predictions, long[] best) {
        long[] flips = new long[1];
        int perShot = rounds.perShot;
        for (int shot = 0; shot < predictions.length; shot++) {
            for (int i = 0; i < perShot; i++) {
                int at = shot * perShot + i;
                long decided = decoder.decided();
                long start = best == null ? 0 : System.nanoTime();
                int from = rounds.starts[at];
                int to = rounds.starts[at + 1];
                if (i < perShot - 1) decoder.round(rounds.events, from, to);
                else decoder.end(rounds.events, from, to);
                if (best == null) continue;
                long nanos = System.nanoTime() - start;
                best[at] = decoder.decided() == decided ? -1 : Math.min(best[at], nanos);
            }
            decoder.flips(flips, 0);
            predictions[shot] = (byte) flips[0];
            decoder.reset();
        }
    }

    private String text(String commit, String[] versions) {
        String goals = missed.isEmpty() ? "Every aim is met." : "Aims missed: " + missed + ".";
        return PAGE.formatted(
                commit,
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                versions[0],
                versions[1],
                REPEATS,
                LATENCY_SHOTS,
                goals,
                HEAD,
                batches,
                HEAD,
                passes,
                LATENCY_SHOTS,
                latencies,
                streams);
    }
}
