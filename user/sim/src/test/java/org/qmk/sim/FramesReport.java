package org.qmk.sim;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Samples the detectors of rotated surface codes with frames and with Stim, in turn, and writes
/// `docs/reference/simulators-frames.md`. The mean numbers of detection events are compared.
///
/// Arguments: the repository, a Python interpreter that has Stim, and the commit, as
/// `checks/bench/run frames` gives them.
final class FramesReport {

    /// The machine may be shared: times are the CPU's on both sides.
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final int REPEATS = 9;
    private static final long NANOS = 300_000_000L;

    private static final double AIM = 0.4;

    private static final String EXPLANATION =
            """
             The goal is held against Stim's frames: `FlipSimulator` with 1,024 shots, which is its
            frame simulator and hands out nothing. Stim's sampler is `compile_detector_sampler` with
            bits packed: it also transposes its output to one row a shot, which ours does not.

            Ours works on 1,024 shots a batch, a row of 128 bytes for the X part of a qubit's frame
            and one for its Z part. From p = 0.001 to 0.005 the errors are five times as many, the
            gates the same: at 0.001 errors and gates take about half of the time each.
            """;

    private record Row(
            int distance,
            double chance,
            int detectors,
            double ours,
            double flip,
            double detect,
            double[] events) {}

    private FramesReport() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Path python = Path.of(arguments[1]);
        List<Row> rows = new ArrayList<>();
        String version;
        try (var stim = new StimPeer(python, root.resolve("checks/bench/stim_peer.py"))) {
            version = stim.ask("version")[0];
            // Once for nothing: the JVM's compilers need their time, however busy the machine is.
            measure(5, 0.001, stim);
            for (double chance : new double[] {0.001, 0.005}) {
                for (int distance : new int[] {5, 11, 25}) {
                    rows.add(measure(distance, chance, stim));
                    System.err.println(line(rows.getLast()));
                }
            }
        }
        Files.writeString(
                root.resolve("docs/reference/simulators-frames.md"),
                page(rows, MeasuredOn.line("frames", arguments[2], version)));
    }

    private static Row measure(int distance, double chance, StimPeer stim) throws IOException {
        Path file = Files.createTempFile("frames", ".stim");
        try {
            int detectors =
                    Integer.parseInt(
                            stim.ask("surface %s %d %s".formatted(file, distance, chance))[0]);
            var program = StimCircuit.program(Files.readAllLines(file));
            var batch = new FrameBatch(program);
            double[] events = new double[2];
            long batches = warmUp(batch, detectors, events);
            int shots = (int) (1024 * Math.max(1, batches / 10));
            List<Double> ours = new ArrayList<>();
            List<Double> flip = new ArrayList<>();
            List<Double> detect = new ArrayList<>();
            for (int repeat = 0; repeat < REPEATS; repeat++) {
                long start = CLOCK.getCurrentThreadCpuTime();
                for (long b = 0; b < batches; b++) batch.run(repeat, b);
                double nanos = CLOCK.getCurrentThreadCpuTime() - start;
                ours.add(nanos / batches / FrameBatch.SHOTS / detectors);
                String[] flips = stim.ask("flip %s 1024".formatted(file));
                flip.add(Double.parseDouble(flips[0]) / 1024 / detectors);
                String[] detected = stim.ask("detect %s %d".formatted(file, shots));
                detect.add(Double.parseDouble(detected[0]) / shots / detectors);
                events[1] += Double.parseDouble(detected[1]) / shots / REPEATS;
            }
            return new Row(
                    distance,
                    chance,
                    detectors,
                    median(ours),
                    median(flip),
                    median(detect),
                    events);
        } finally {
            Files.delete(file);
        }
    }

    /// Runs until the compilers of the JVM are done, counts events, and returns how many batches
    /// make a measurement.
    private static long warmUp(FrameBatch batch, int detectors, double[] events) {
        long until = CLOCK.getCurrentThreadCpuTime() + 3_000_000_000L;
        long batches = 0;
        long ones = 0;
        for (; CLOCK.getCurrentThreadCpuTime() < until; batches++) {
            batch.run(1, batches);
            for (int i = 0; i < detectors; i++) {
                for (int w = 0; w < FrameBatch.SHOTS / 64; w++) {
                    ones += Long.bitCount(batch.word(i, w));
                }
            }
        }
        events[0] = (double) ones / batches / FrameBatch.SHOTS;
        long start = CLOCK.getCurrentThreadCpuTime();
        for (int number = 0; number < 16; number++) batch.run(2, number);
        return Math.max(1, 16 * NANOS / (CLOCK.getCurrentThreadCpuTime() - start));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String line(Row row) {
        return "| %d | %s | %,d | %.3f | %.3f | %.3f | %.2f | %.2f | %.2f | %.3f | %.3f |"
                .formatted(
                        row.distance,
                        row.chance,
                        row.detectors,
                        row.ours,
                        row.flip,
                        row.detect,
                        row.ours / row.flip,
                        row.ours / row.detect,
                        1e3 / (row.ours * row.detectors),
                        row.events[0],
                        row.events[1]);
    }

    private static String page(List<Row> rows, String measuredOn) {
        var text = new StringBuilder("# Frames beside Stim\n\n");
        text.append(measuredOn);
        text.append(
                "Detection events of rotated surface codes, memory along Z, d rounds, all noise");
        text.append(
                " at p; nanoseconds a detector and shot. Must be 0.60 of Stim's, aim 0.40.\n\n");
        text.append("| d | p | detectors | ours | Stim's frames | Stim's sampler |");
        text.append(" ours / frames | ours / sampler | million shots/s, ours |");
        text.append(" events a shot, ours | Stim |\n");
        text.append("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Row row : rows) text.append(line(row)).append('\n');
        long over = rows.stream().filter(row -> row.ours > AIM * row.flip).count();
        text.append('\n').append(over == 0 ? "Every aim is met." : over + " miss their aim.");
        return text.append(EXPLANATION).toString();
    }
}
