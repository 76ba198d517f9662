package org.qmk.sim;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.qmk.sim.loops.AmplitudeLoops;
import org.qmk.sim.loops.LoopChoice;
import org.qmk.sim.loops.Precision;

/// Measures the state vector of 24 qubits and writes `docs/reference/simulators-statevector.md`:
/// one H on each qubit against scaling the same memory in place, and whole circuits beside qsim,
/// in turn. Amplitudes are compared with qsim's.
///
/// Arguments: the repository, and a Python interpreter that has qsim, if there is one.
/// `checks/bench/run statevector` makes both.
final class StatevectorReport {

    private static final int QUBITS = GridCircuit.QUBITS;
    private static final int REPEATS = 5;
    private static final int LAYERS = 27;
    private static final long SEED = 11;
    private static final double ROOT_HALF = Math.sqrt(0.5);

    /// @param fused what qsim was told, 0 where there is none
    private record Row(
            String circuit,
            int gates,
            Precision precision,
            int threads,
            double ours,
            double theirs,
            int fused) {}

    private final List<Row> rows = new ArrayList<>();
    private final StringBuilder gates = new StringBuilder();

    private StatevectorReport() {}

    public static void main(String[] arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        Path root = Path.of(arguments[0]);
        // Others at work make all figures worse, and shares and ratios uncertain.
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        var report = new StatevectorReport();
        for (Precision precision : Precision.values()) report.oneGate(precision);
        String peer = "qsim is not there: `pip install qsimcirq` failed";
        if (arguments.length > 1) {
            Path script = root.resolve("checks/bench/qsim_peer.py");
            try (var qsim = new QsimPeer(Path.of(arguments[1]), script)) {
                peer = "qsim " + qsim.version();
                report.circuits(qsim);
            }
        } else {
            report.circuits(null);
        }
        Files.writeString(
                root.resolve("docs/reference/simulators-statevector.md"), report.page(peer, load));
    }

    /// One H on each qubit, in GB/s read and written.
    private void oneGate(Precision precision) {
        double bytes = 2.0 * StatevectorSimulator.bytes(QUBITS, precision);
        double[] m = {ROOT_HALF, 0, ROOT_HALF, 0, ROOT_HALF, 0, -ROOT_HALF, 0};
        AmplitudeLoops loops = LoopChoice.amplitudes(precision);
        try (var crew = new Crew(1);
                var arena = Arena.ofConfined()) {
            long size = (long) precision.bytes() << QUBITS;
            MemorySegment re = arena.allocate(size, 64);
            MemorySegment im = arena.allocate(size, 64);
            var planes = new AmplitudePlanes(QUBITS, Sweep.of(precision, 1), crew);
            planes.setFirstToOne();
            List<List<Double>> share = new ArrayList<>();
            List<List<Double>> rate = new ArrayList<>();
            for (int qubit = 0; qubit < QUBITS; qubit++) {
                share.add(new ArrayList<>());
                rate.add(new ArrayList<>());
            }
            for (int repeat = -2; repeat < REPEATS; repeat++) {
                for (int qubit = 0; qubit < QUBITS; qubit++) {
                    var h = List.<PassOp>of(new PassOp.Matrix(1 << qubit, m));
                    double scale = nanos(() -> loops.phase(re, im, 0, 1L << QUBITS, 0, 0.999, 0));
                    double ours = nanos(() -> planes.apply(h, QUBITS));
                    if (repeat < 0) continue;
                    share.get(qubit).add(scale / ours);
                    rate.get(qubit).add(bytes / ours);
                }
            }
            planes.close();
            for (int qubit = 0; qubit < QUBITS; qubit++) {
                gates.append(
                        "| %s | %d | %.1f | %.2f |\n"
                                .formatted(
                                        name(precision),
                                        qubit,
                                        median(rate.get(qubit)),
                                        median(share.get(qubit))));
            }
        }
    }

    private void circuits(QsimPeer qsim) throws IOException {
        circuit("random", GridCircuit.random(LAYERS, SEED), qsim);
        circuit("Fourier", GridCircuit.fourier(), qsim);
    }

    private void circuit(String name, GridCircuit circuit, QsimPeer qsim) throws IOException {
        Path file = Files.createTempFile("statevector", ".txt");
        try {
            Files.writeString(file, circuit.text());
            var steps = new StepList(circuit.graph());
            int most = Math.min(2, Runtime.getRuntime().availableProcessors());
            for (int threads = 1; threads <= most; threads++) {
                for (Precision precision : Precision.values()) {
                    rows.add(measure(name, circuit.gates(), steps, precision, threads, file, qsim));
                    System.err.print(line(rows.getLast()));
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private Row measure(
            String name,
            int count,
            StepList steps,
            Precision precision,
            int threads,
            Path file,
            QsimPeer qsim)
            throws IOException {
        Sweep sweep = Sweep.of(precision, threads);
        int fused = 0;
        if (qsim != null) {
            compare(steps, sweep, qsim.run(file, 3, threads).weights());
            fused = bestFusion(file, threads, qsim);
        }
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int repeat = -2; repeat < REPEATS; repeat++) {
            double nanos = nanos(() -> run(steps, sweep, new int[0]));
            if (repeat >= 0) ours.add(nanos);
            if (repeat >= 0 && qsim != null) {
                theirs.add((double) qsim.run(file, fused, threads).nanos());
            }
        }
        double peer = qsim == null ? Double.NaN : median(theirs);
        return new Row(name, count, precision, threads, median(ours) / count, peer / count, fused);
    }

    private static int bestFusion(Path file, int threads, QsimPeer qsim) throws IOException {
        int best = 0;
        long least = Long.MAX_VALUE;
        for (int fused = 2; fused <= 5; fused++) {
            long nanos = qsim.run(file, fused, threads).nanos();
            if (nanos < least) {
                least = nanos;
                best = fused;
            }
        }
        return best;
    }

    /// All gates of a program on a new state; what some basis states weigh in the end.
    private static double[] run(StepList steps, Sweep sweep, int[] states) {
        try (var crew = new Crew(sweep.threads())) {
            var state = LargeVector.of(steps, sweep, crew);
            for (int step = 0; step < steps.size(); step++) {
                state.setWidth(steps.width(step));
                state.apply(step);
            }
            state.cumulative(QUBITS);
            double[] weights = new double[states.length];
            for (int i = 0; i < states.length; i++) weights[i] = state.weight(states[i]);
            state.release();
            return weights;
        }
    }

    /// Single precision is good for some 1e-6 of the largest amplitudes' weight here, 2^-24.
    private static void compare(StepList steps, Sweep sweep, double[] theirs) {
        double[] ours = run(steps, sweep, QsimPeer.STATES);
        for (int i = 0; i < ours.length; i++) {
            if (Math.abs(ours[i] - theirs[i]) > 1e-3 * Math.scalb(1.0, -QUBITS)) {
                throw new IllegalStateException(
                        "state %d weighs %g, and %g on qsim"
                                .formatted(QsimPeer.STATES[i], ours[i], theirs[i]));
            }
        }
    }

    private static double nanos(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return System.nanoTime() - begun;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static String name(Precision precision) {
        return switch (precision) {
            case DOUBLE -> "double";
            case SINGLE -> "single";
        };
    }

    private static String line(Row row) {
        String goal =
                switch (row.precision) {
                    case DOUBLE -> "2.5 / 1.8";
                    case SINGLE -> "1.5 / 1.0";
                };
        return "| %s | %d | %s | %d | %.2f | %.2f | %d | %.2f | %s |\n"
                .formatted(
                        row.circuit,
                        row.gates,
                        name(row.precision),
                        row.threads,
                        row.ours / 1e6,
                        row.theirs / 1e6,
                        row.fused,
                        row.ours / row.theirs,
                        row.circuit.equals("random") ? goal : "-");
    }

    private String page(String peer, double load) {
        var text = new StringBuilder();
        text.append("# The state vector beside qsim\n\n");
        text.append("Written by `checks/bench/run statevector`. 24 qubits; vector loops ");
        text.append(LoopChoice.isVector() ? "on" : "off").append(", ").append(peer);
        text.append(" in single precision, of its fusion to 2, 3, 4 or 5 qubits the best.\n");
        text.append("Medians of ").append(REPEATS).append(" taken in turn; both sides make the");
        text.append(" state anew in each; load average %.1f at the start.".formatted(load));
        text.append(
                " QuEST is not measured: the package index has no build of version 4 of it.\n\n");
        text.append("## Circuits\n\n");
        text.append("*Random*: H on all, then ").append(LAYERS).append(" layers of CZ on a grid");
        text.append(" of 4 by 6 with T and roots of X and Y between, seed ").append(SEED);
        text.append(" (`GridCircuit`). *Fourier*: the quantum Fourier transform with its");
        text.append(" exchanges.\n\n| circuit | gates | precision | threads | ours, ms a gate");
        text.append(" | qsim, ms a gate | qsim fuses | ratio | goal: must / aim |\n");
        text.append("|---|---:|---|---:|---:|---:|---:|---:|---:|\n");
        for (Row row : rows) text.append(line(row));
        text.append(EXPLANATION);
        text.append("\n## One H\n\nRead and written, by one thread, and its share of what scaling");
        text.append(" as much memory in place reaches, taken in turn. Goal: 0.8 at least,");
        text.append(" aim 0.95.\n\n| precision | qubit | GB/s | share |\n|---|---:|---:|---:|\n");
        return text.append(gates).toString();
    }

    private static final String EXPLANATION =
            """

            Where the time goes: gates on one qubit are multiplied up, phases wait for the matrix \
            that follows on their qubit, and all that can be done on 14 of the qubits is done \
            tile by tile in the second-level cache, most of it in pieces that fit the first. The \
            random circuit takes five or six such sweeps over the memory, about 20 ms each in \
            double precision, a fifth of the whole. The rest is arithmetic: a matrix of complex \
            numbers costs eight fused multiply-adds an amplitude, 2.3 ms in all at two a cycle \
            in registers of 512 bits, and is measured at 2.6; a CZ costs a quarter of a sweep in \
            the cache.
            """;
}
