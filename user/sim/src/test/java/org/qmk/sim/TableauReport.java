package org.qmk.sim;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// Measures one noiseless path through Clifford circuits on the tableau and on Stim, in turn, and
/// writes `docs/reference/simulators-tableau.md`. Every bit of the two paths is compared.
///
/// Arguments: the repository, a Python interpreter that has Stim, and the commit, as
/// `checks/bench/run tableau` gives them.
final class TableauReport {

    /// The machine may be shared: times are the CPU's on both sides.
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final int REPEATS = 9;

    private static final long WARM_UP_NANOS = 2_000_000_000L;

    /// Stim is not run again once it took so long for one case.
    private static final long NANOS_MAX = 10_000_000_000L;

    /// @param layers of a random H, S or SX on every qubit and CNOTs on random pairs of all
    /// @param every after so many layers `measured` qubits are measured
    /// @param must the most that our time may be of Stim's; NaN if no goal is set
    /// @param aim what it should be
    private record Case(
            String name,
            int qubits,
            int layers,
            int every,
            int measured,
            double must,
            double aim) {}

    private static final double NO_GOAL = Double.NaN;

    private static final List<Case> CASES =
            List.of(
                    new Case("unitary layers, measure all", 100, 20, 20, 100, 1.5, 1.0),
                    new Case("unitary layers, measure all", 300, 20, 20, 300, 1.5, 1.0),
                    new Case("unitary layers, measure all", 1_000, 20, 20, 1_000, 1.5, 1.0),
                    new Case("unitary layers, measure all", 10_000, 20, 20, 10_000, 0.7, 0.3),
                    new Case("one final measurement", 1_000, 83, 83, 1, NO_GOAL, NO_GOAL),
                    new Case("measure all on the way", 1_000, 84, 14, 1_000, NO_GOAL, NO_GOAL),
                    new Case("measure some on the way", 5_000, 40, 2, 500, NO_GOAL, NO_GOAL));

    private static final String EXPLANATION =
            """
             Both follow one path on which every random outcome is 0 (Stim's
            `reference_sample`), and every outcome of the two is compared. A layer is H, S or the
            square root of X on each qubit and CNOTs on random pairs of all. Reading the circuit is
            timed for neither.

            Stim makes a random measurement certain at once, by operations on all rows of the
            tableau, which it transposes for that. Here the measured products wait until one comes
            that anticommutes with them; a sweep then makes up to 512 certain, with tables of the
            sums of 4 rows. At the end of a program nothing is swept at all: what is left is to
            reduce each product by those before it, half the work of one elimination.
            """;

    private record Row(Case shape, long targets, long ours, long theirs) {}

    private TableauReport() {}

    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Path python = Path.of(arguments[1]);
        List<Row> rows = new ArrayList<>();
        String version;
        try (var stim = new StimPeer(python, root.resolve("checks/bench/stim_peer.py"))) {
            version = stim.ask("version")[0];
            for (Case shape : CASES) {
                rows.add(measure(shape, stim));
                System.err.println(line(rows.getLast()));
            }
        }
        Files.writeString(
                root.resolve("docs/reference/simulators-tableau.md"),
                page(rows, MeasuredOn.line("tableau", arguments[2], version)));
    }

    private static Row measure(Case shape, StimPeer stim) throws IOException {
        var builder = new GraphBuilder();
        var text = new StringBuilder();
        long targets = write(shape, builder, text);
        Path file = Files.createTempFile("tableau", ".stim");
        try {
            Files.writeString(file, text);
            var steps = new StepList(builder.build());
            String[] answer = stim.ask("reference " + file);
            compare(steps, answer[1]);
            return timed(shape, targets, steps, stim, file, Long.parseLong(answer[0]));
        } finally {
            Files.delete(file);
        }
    }

    /// @param first what Stim took already
    private static Row timed(
            Case shape, long targets, StepList steps, StimPeer stim, Path file, long first)
            throws IOException {
        // Warm up: the compilers of the JVM see the program until they are done.
        long until = CLOCK.getCurrentThreadCpuTime() + WARM_UP_NANOS;
        while (CLOCK.getCurrentThreadCpuTime() < until) ReferencePath.of(steps);
        List<Long> ours = new ArrayList<>();
        List<Long> theirs = new ArrayList<>(List.of(first));
        while (ours.size() < REPEATS) {
            long start = CLOCK.getCurrentThreadCpuTime();
            ReferencePath.of(steps);
            ours.add(CLOCK.getCurrentThreadCpuTime() - start);
            if (theirs.size() * first > NANOS_MAX) continue;
            theirs.add(Long.parseLong(stim.ask("reference " + file)[0]));
        }
        return new Row(shape, targets, median(ours), median(theirs));
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// Writes a circuit in both forms and returns its number of targets: qubits that gates and
    /// measurements name.
    private static long write(Case shape, GraphBuilder builder, StringBuilder text) {
        var random = new SplittableRandom(shape.qubits);
        int n = shape.qubits;
        int[] all = new int[n];
        for (int i = 0; i < n; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        long targets = 0;
        int events = 0;
        for (int layer = 1; layer <= shape.layers; layer++) {
            for (int i = 0; i < n; i++) {
                int kind = random.nextInt(3);
                Opcode[] gates = {Opcode.APPLY_H, Opcode.APPLY_S, Opcode.APPLY_SX};
                builder.node(gates[kind]).qubit(i);
                text.append(List.of("H ", "S ", "SQRT_X ").get(kind)).append(i).append('\n');
            }
            int[] order = shuffled(n, random);
            text.append("CX");
            for (int i = 0; i + 1 < n; i += 2) {
                builder.node(Opcode.APPLY_CNOT).qubits(order[i], order[i + 1]);
                text.append(' ').append(order[i]).append(' ').append(order[i + 1]);
            }
            text.append('\n');
            targets += 2L * n;
            if (layer % shape.every != 0) continue;
            order = shuffled(n, random);
            text.append('M');
            for (int i = 0; i < shape.measured; i++) {
                int event = builder.declareEvent("m" + events++);
                builder.node(Opcode.MEASURE_Z).qubit(order[i]).output(event);
                text.append(' ').append(order[i]);
            }
            text.append('\n');
            targets += shape.measured;
        }
        return targets;
    }

    private static int[] shuffled(int n, SplittableRandom random) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// Both take 0 where an outcome is random, so that every outcome must agree.
    private static void compare(StepList steps, String hex) {
        var reference = ReferencePath.of(steps);
        byte[] bits = java.util.HexFormat.of().parseHex(hex);
        int measured = 0;
        for (int step = 0; step < steps.size(); step++) {
            if (steps.act(step) != Act.MEASURE) continue;
            boolean theirs = (bits[measured >>> 3] >>> (measured & 7) & 1) != 0;
            if (theirs != (reference.mask(step) != 0)) {
                throw new IllegalStateException("measurement " + measured + " differs from Stim's");
            }
            measured++;
        }
    }

    private static String line(Row row) {
        Case shape = row.shape;
        long measured = (long) shape.layers / shape.every * shape.measured;
        return "| %s | %,d | %,d | %,d | %s | %s | %.2f | %s |"
                .formatted(
                        shape.name,
                        shape.qubits,
                        row.targets,
                        measured,
                        millis(row.ours),
                        millis(row.theirs),
                        (double) row.ours / row.theirs,
                        Double.isNaN(shape.aim) ? "" : shape.must + " / " + shape.aim);
    }

    private static String millis(long nanos) {
        double millis = nanos / 1e6;
        return millis < 10 ? "%.2f".formatted(millis) : "%,.0f".formatted(millis);
    }

    private static String page(List<Row> rows, String measuredOn) {
        var text = new StringBuilder("# The tableau beside Stim\n\n");
        text.append(measuredOn);
        text.append(
                "| circuit | qubits | targets | measured | ours, ms | Stim, ms | ours / Stim |");
        text.append(" must / aim |\n|---|---:|---:|---:|---:|---:|---:|---:|\n");
        for (Row row : rows) text.append(line(row)).append('\n');
        long over = rows.stream().filter(TableauReport::isOverAim).count();
        text.append('\n').append(over == 0 ? "Every aim is met." : over + " miss their aim.");
        return text.append(EXPLANATION).toString();
    }

    private static boolean isOverAim(Row row) {
        if (Double.isNaN(row.shape.aim)) return false;
        return row.ours > row.shape.aim * row.theirs;
    }
}
