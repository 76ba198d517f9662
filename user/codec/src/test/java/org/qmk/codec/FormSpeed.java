package org.qmk.codec;

import java.util.Locale;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// Prints how fast each form is read and written: run `main`. Graphs of a million nodes on 1,000
/// qubits with 100,000 measurements: one of plain gates, one in which every tenth node is a
/// rotation by an angle of its own and every tenth has a guard of its own.
final class FormSpeed {

    private static final int NODES = 1_000_000;
    private static final int ROUNDS = 7;

    private FormSpeed() {}

    public static void main(String[] arguments) {
        print("plain", graph(NODES, false));
        print("mixed", graph(NODES, true));
    }

    private static void print(String name, Graph graph) {
        for (QvmForm form : QvmForm.values()) {
            byte[] bytes = GraphWriter.write(graph, form);
            double read = Double.MAX_VALUE;
            double write = Double.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                long start = cpuNanos();
                if (!(GraphReader.read(bytes, form) instanceof Reading.Ok(var back, var _))) {
                    throw new IllegalStateException("not read back");
                }
                long middle = cpuNanos();
                if (GraphWriter.write(back, form).length != bytes.length) {
                    throw new IllegalStateException("not written alike");
                }
                read = Math.min(read, (middle - start) / 1e9);
                write = Math.min(write, (cpuNanos() - middle) / 1e9);
            }
            double megabytes = bytes.length / 1e6;
            System.out.println(
                    String.format(
                            Locale.ROOT,
                            "%s %-8s %6.1f MB  read %6.0f MB/s %5.2f Mnodes/s  write %6.0f MB/s",
                            name,
                            form,
                            megabytes,
                            megabytes / read,
                            NODES / read / 1e6,
                            megabytes / write));
        }
    }

    /// Processor time of the whole process, collector and compiler included: fair on a busy
    /// machine.
    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    static Graph graph(int nodes, boolean mixed) {
        var builder = new GraphBuilder();
        int qubits = 1000;
        for (int i = 0; i < qubits; i++) builder.declareQubit("q" + i);
        int events = nodes / 10 + 1;
        for (int i = 0; i < events; i++) builder.declareEvent("m" + i);
        builder.node(Opcode.ALLOC_LQ).argument(new Argument.Profile("logical:Surface(d=7)"));
        for (int i = 0; i < qubits; i++) builder.qubit(i);
        int made = 0;
        for (int node = 2; node < nodes; node++) {
            int q = (int) (node * 7919L % qubits);
            int choice = mixed || node % 10 == 0 ? node % 10 : 3 + node % 7;
            switch (choice) {
                case 0 -> builder.node(Opcode.MEASURE_Z).qubit(q).output(made++);
                case 1 ->
                        builder.node(Opcode.RZ)
                                .qubit(q)
                                .argument(new Argument.Rotation(node * 1e-3, 1e-10));
                case 2 ->
                        builder.node(Opcode.APPLY_X)
                                .qubit(q)
                                .guard(made == 0 ? Guard.ALWAYS : new Guard.Is(made - 1, true));
                case 3, 4, 5 -> builder.node(Opcode.APPLY_CNOT).qubits(q, (q + 1) % qubits);
                case 6 -> builder.node(Opcode.APPLY_T).qubit(q);
                default -> builder.node(Opcode.APPLY_H).qubit(q);
            }
        }
        builder.node(Opcode.FREE_LQ);
        for (int i = 0; i < qubits; i++) builder.qubit(i);
        return builder.requireWhatIsUsed().build();
    }
}
