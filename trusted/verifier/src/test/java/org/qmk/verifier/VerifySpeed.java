package org.qmk.verifier;

import java.util.SplittableRandom;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// Prints nodes a second and bytes a node of the verifier: first run, then the median of eleven.
/// Arguments: nodes, qubits. Not a test; `checks/bench` holds the benchmark.
final class VerifySpeed {

    private VerifySpeed() {}

    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int qubits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
        Graph graph = graph(nodes, qubits);
        long graphBytes = live();
        double[] seconds = new double[11];
        for (int run = -1; run < seconds.length; run++) {
            long start = processorNanos();
            Verdict verdict = Verifier.verify(graph);
            double spent = (processorNanos() - start) * 1e-9;
            if (!(verdict instanceof Verified)) throw new AssertionError(verdict);
            if (run >= 0) seconds[run] = spent;
            else System.out.printf("first run: %.1f M nodes/s%n", nodes / spent / 1e6);
        }
        java.util.Arrays.sort(seconds);
        System.out.printf(
                "steady: median %.1f, slowest %.1f M nodes/s%n",
                nodes / seconds[5] / 1e6, nodes / seconds[10] / 1e6);
        Verdict verdict = Verifier.verify(graph);
        System.out.printf(
                "bytes a node: graph %.1f, graph and verdict %.1f%n",
                (double) graphBytes / nodes, (double) live() / nodes);
        if (verdict.hashCode() == graph.hashCode()) System.out.println();
    }

    /// A tenth measurements with their own events, a tenth guarded gates, some rotations.
    static Graph graph(int nodes, int qubits) {
        var random = new SplittableRandom(7);
        var builder = new GraphBuilder();
        for (int i = 0; i < qubits; i++) builder.declareQubit("q" + i);
        int events = nodes / 10;
        for (int i = 0; i < events; i++) builder.declareEvent("m" + i);
        builder.outputsGiven();
        for (int q = 0; q < qubits; q++) {
            builder.node(Opcode.ALLOC_LQ).qubit(q).argument(new Argument.Profile(""));
        }
        int made = 0;
        while (builder.size() < nodes - qubits) {
            int q = random.nextInt(qubits);
            int choice = random.nextInt(100);
            if (choice < 10 && made < events) {
                builder.node(Opcode.MEASURE_Z).qubit(q).output(made++);
            } else if (choice < 20 && made > 0) {
                int event = Math.max(0, made - 1 - random.nextInt(100));
                builder.node(Opcode.APPLY_X).qubit(q).guard(new Guard.Is(event, true));
            } else if (choice < 25) {
                builder.node(Opcode.RZ).qubit(q);
                builder.argument(new Argument.Rotation(random.nextInt(64) * 0.1, 1e-10));
            } else if (choice < 60) {
                builder.node(Opcode.APPLY_CNOT)
                        .qubits(q, (q + 1 + random.nextInt(qubits - 1)) % qubits);
            } else {
                builder.node(choice < 80 ? Opcode.APPLY_H : Opcode.APPLY_T).qubit(q);
            }
        }
        for (int q = 0; q < qubits; q++) builder.node(Opcode.FREE_LQ).qubit(q);
        for (int event = made; event < events; event++) builder.defaultToZero(event);
        return builder.requireWhatIsUsed().build();
    }

    /// Processor time of this process, collector and compiler included: other work on the machine
    /// counts less.
    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static long live() {
        for (int i = 0; i < 5; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
