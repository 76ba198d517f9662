package org.qmk.qir;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Prints how fast long programs are read, from bytes to graph, by processor time. Unit of work:
/// one source of about 50 MB, in the two ways in which compilers write gates.
final class QirSpeed {

    private static final int GATES = 500_000;
    private static final int QUBITS = 1000;

    private QirSpeed() {}

    public static void main(String[] arguments) {
        measure("typed pointers (QIR 1.0)", flat("%Qubit*", "%Result*"));
        measure("opaque pointers (QIR 2.1)", flat("ptr", "ptr"));
    }

    private static byte[] flat(String qubit, String result) {
        var random = new SplittableRandom(1);
        var text = new StringBuilder();
        if (!qubit.equals("ptr")) {
            text.append("%Result = type opaque\n%Qubit = type opaque\n");
        }
        text.append("define i64 @main() #0 {\nentry:\n");
        for (int i = 0; i < GATES; i++) {
            int a = random.nextInt(QUBITS);
            int b = (a + 1 + random.nextInt(QUBITS - 1)) % QUBITS;
            switch (random.nextInt(4)) {
                case 0 -> call(text, "h__body", pointer(qubit, a));
                case 1 -> call(text, "cx__body", pointer(qubit, a) + ", " + pointer(qubit, b));
                case 2 -> {
                    String angle = "double " + random.nextDouble();
                    call(text, "rz__body", angle + ", " + pointer(qubit, a));
                }
                default -> call(text, "mz__body", pointer(qubit, a) + ", " + pointer(result, a));
            }
        }
        text.append("  ret i64 0\n}\n");
        for (String declared :
                new String[] {"h__body(Q)", "cx__body(Q, Q)", "rz__body(double, Q)"}) {
            text.append("declare void @__quantum__qis__")
                    .append(declared.replace("Q", qubit))
                    .append('\n');
        }
        text.append("declare void @__quantum__qis__mz__body(%s, %s) #1\n".formatted(qubit, result));
        text.append("attributes #0 = { \"entry_point\" }\nattributes #1 = { \"irreversible\" }\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void call(StringBuilder text, String name, String arguments) {
        text.append("  call void @__quantum__qis__")
                .append(name)
                .append('(')
                .append(arguments)
                .append(")\n");
    }

    private static String pointer(String type, int index) {
        return "%s inttoptr (i64 %d to %s)".formatted(type, index, type);
    }

    private static void measure(String what, byte[] source) {
        double best = Double.MAX_VALUE;
        int nodes = 0;
        for (int i = 0; i < 6; i++) {
            long start = cpuNanos();
            QirReading reading = QirReader.read(source, "speed.ll", QirSettings.DEFAULT);
            nodes = ((QirReading.Ok) reading).graph().size();
            best = Math.min(best, (cpuNanos() - start) / 1e9);
        }
        System.out.printf(
                "%s: %.1f MB, %.2f M instructions/s, %.1f MB/s, %d nodes%n",
                what, source.length / 1e6, GATES / best / 1e6, source.length / best / 1e6, nodes);
    }

    /// Processor time of the whole JVM, its compiler and collector included: a busy machine does
    /// not lengthen it.
    private static long cpuNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
