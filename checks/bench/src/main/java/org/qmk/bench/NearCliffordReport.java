package org.qmk.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.sim.Choice;
import org.qmk.sim.ShotOutcomes;
import org.qmk.sim.Shots;
import org.qmk.sim.Simulators;

/// Prints the processor time that the near-Clifford simulator takes for random programs of Clifford
/// and T gates: after a warm-up, the median of three programs.
public final class NearCliffordReport {

    private static final int SHOTS = 1000;
    private static final int GATES_PER_QUBIT = 3;

    private final PrintStream out;
    private final ThreadMXBean clock = ManagementFactory.getThreadMXBean();

    private NearCliffordReport(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] args) {
        new NearCliffordReport(System.out).print();
    }

    private void print() {
        warmUp();
        out.println("| qubits | T gates | shots | seconds of a core: median of 3 (range) |");
        out.println("|---|---|---|---|");
        row(60, 10);
        row(60, 20);
        row(60, 30);
        row(60, 40);
        row(1000, 40);
        row(60, 45);
    }

    private static void warmUp() {
        for (int seed = 0; seed < 3; seed++) {
            Graph graph = program(seed, 60, 20);
            if (Simulators.named("nearclifford", graph) instanceof Choice.Chosen chosen) {
                check(chosen.simulator().run(graph, new Shots(seed, 0, SHOTS)));
            }
        }
    }

    private void row(int qubits, int rotations) {
        double[] seconds = new double[3];
        for (int seed = 0; seed < seconds.length; seed++) {
            Graph graph = program(seed, qubits, rotations);
            long start = clock.getCurrentThreadCpuTime();
            switch (Simulators.named("nearclifford", graph)) {
                case Choice.Chosen(var simulator, var _, var _) ->
                        check(simulator.run(graph, new Shots(seed, 0, SHOTS)));
                case Choice.Refused(var _, var message) -> {
                    out.println(message);
                    return;
                }
            }
            seconds[seed] = (clock.getCurrentThreadCpuTime() - start) * 1e-9;
        }
        Arrays.sort(seconds);
        out.printf(
                Locale.ROOT,
                "| %d | %d | %d | %.2f (%.2f to %.2f) |%n",
                qubits,
                rotations,
                SHOTS,
                seconds[1],
                seconds[0],
                seconds[2]);
    }

    /// Every qubit of a random program is a fair coin, or nearly.
    private static void check(ShotOutcomes outcomes) {
        for (int event = 0; event < outcomes.events(); event++) {
            int ones = outcomes.ones(event);
            if (Math.abs(ones - SHOTS / 2) > SHOTS / 5) {
                throw new IllegalStateException(ones + " ones of qubit " + event);
            }
        }
    }

    /// A layer of random Clifford gates before each T, and one more, then every qubit measured.
    private static Graph program(long seed, int qubits, int rotations) {
        var random = new SplittableRandom(seed);
        var builder = new GraphBuilder();
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        for (int rotation = 0; rotation <= rotations; rotation++) {
            for (int i = 0; i < GATES_PER_QUBIT * qubits; i++) {
                int a = random.nextInt(qubits);
                int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
                switch (random.nextInt(4)) {
                    case 0 -> builder.node(Opcode.APPLY_H).qubit(a);
                    case 1 -> builder.node(Opcode.APPLY_S).qubit(a);
                    case 2 -> builder.node(Opcode.APPLY_CNOT).qubits(a, b);
                    default -> builder.node(Opcode.APPLY_CZ).qubits(a, b);
                }
            }
            if (rotation == rotations) break;
            builder.node(Opcode.APPLY_T).qubit(random.nextInt(qubits));
        }
        for (int i = 0; i < qubits; i++) {
            builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        return builder.build();
    }
}
