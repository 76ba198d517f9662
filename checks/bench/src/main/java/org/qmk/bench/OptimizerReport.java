package org.qmk.bench;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import org.qmk.optimizer.Optimizer;
import org.qmk.optimizer.OptimizerSettings;
import org.qmk.optimizer.ProgramFigures;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;

/// Prints how fast `-O 2` is on one thread: processor time, gates a second and bytes allocated, for
/// programs of two sizes, so that it shows whether both grow as the program does. Goal: a million
/// gates in less than 10 seconds.
public final class OptimizerReport {

    private static final int GATES = 1_000_000;
    private static final OptimizerSettings SETTINGS =
            new OptimizerSettings(2, OptimizerSettings.Target.CLIFFORD_T);

    private final PrintStream out;
    private final ThreadMXBean clock = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private OptimizerReport(PrintStream out) {
        this.out = out;
    }

    /// A kind of program.
    private enum Kind {
        RANDOM("random Clifford and T"),
        PARITIES("CNOT and T, one H in 1,000"),
        TOFFOLI("Toffoli gates made and undone");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        Graph graph(int qubits, int gates) {
            var random = new SplittableRandom(qubits);
            var builder = new GraphBuilder();
            int[] all = new int[qubits];
            for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
            builder.node(Opcode.ALLOC_LQ).qubits(all);
            int at = 0;
            while (builder.size() < gates) {
                switch (this) {
                    case RANDOM -> addRandom(builder, random, qubits);
                    case PARITIES -> addParity(builder, random, qubits);
                    case TOFFOLI -> addLadder(builder, at++ % (qubits - 2), random);
                }
            }
            for (int i = 0; i < qubits; i++) {
                builder.node(Opcode.MEASURE_Z).qubit(i).output(builder.declareEvent("m" + i));
            }
            builder.node(Opcode.FREE_LQ).qubits(all);
            return builder.requireWhatIsUsed().build();
        }

        private static void addRandom(GraphBuilder builder, SplittableRandom random, int qubits) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            switch (random.nextInt(5)) {
                case 0 -> builder.node(Opcode.APPLY_H).qubit(a);
                case 1 -> builder.node(Opcode.APPLY_S).qubit(a);
                case 2 -> builder.node(Opcode.APPLY_T).qubit(a);
                default -> builder.node(Opcode.APPLY_CNOT).qubits(a, b);
            }
        }

        private static void addParity(GraphBuilder builder, SplittableRandom random, int qubits) {
            int a = random.nextInt(qubits);
            int b = (a + 1 + random.nextInt(qubits - 1)) % qubits;
            int kind = random.nextInt(1000);
            if (kind == 0) builder.node(Opcode.APPLY_H).qubit(a);
            else if (kind < 400) builder.node(Opcode.APPLY_T).qubit(a);
            else builder.node(Opcode.APPLY_CNOT).qubits(a, b);
        }

        /// A Toffoli gate, gates on what it made, and the same Toffoli gate again.
        private static void addLadder(GraphBuilder builder, int first, SplittableRandom random) {
            for (int step = 0; step < 2; step++) {
                builder.node(Opcode.APPLY_TOFFOLI).qubits(first, first + 1, first + 2);
                if (step == 1) break;
                builder.node(Opcode.APPLY_CNOT).qubits(first + 2, first + 1);
                if (random.nextBoolean()) builder.node(Opcode.APPLY_T).qubit(first + 2);
                builder.node(Opcode.APPLY_CNOT).qubits(first + 2, first + 1);
            }
            builder.node(Opcode.APPLY_CNOT).qubits(first, first + 1);
        }
    }

    public static void main(String[] args) {
        new OptimizerReport(System.out).print();
    }

    private void print() {
        for (Kind kind : Kind.values()) Optimizer.optimize(kind.graph(50, 100_000), SETTINGS);
        out.println(
                "| program | qubits | gates | seconds | gates a second | bytes a gate | gates then"
                        + " | T count | T count then |");
        out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Kind kind : Kind.values()) {
            for (int qubits : new int[] {20, 1000, 50_000}) {
                row(kind, qubits, GATES / 4);
                row(kind, qubits, GATES);
            }
        }
    }

    private void row(Kind kind, int qubits, int gates) {
        Graph graph = kind.graph(qubits, gates);
        long bytes = clock.getCurrentThreadAllocatedBytes();
        long start = clock.getCurrentThreadCpuTime();
        Graph optimized = Optimizer.optimize(graph, SETTINGS);
        double seconds = (clock.getCurrentThreadCpuTime() - start) * 1e-9;
        bytes = clock.getCurrentThreadAllocatedBytes() - bytes;
        var before = ProgramFigures.of(graph);
        var after = ProgramFigures.of(optimized);
        out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.0f | %d | %d | %d | %d |%n",
                kind.text,
                qubits,
                before.gates(),
                seconds,
                before.gates() / seconds,
                bytes / before.gates(),
                after.gates(),
                before.tCount(),
                after.tCount());
    }
}
