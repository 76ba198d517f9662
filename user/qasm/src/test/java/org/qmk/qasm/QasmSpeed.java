package org.qmk.qasm;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Prints how fast flat lists of gates are read. Unit of work: one source of a million gates.
final class QasmSpeed {

    private QasmSpeed() {}

    public static void main(String[] arguments) {
        measure("h, cx, t, measure on 1,000 qubits", flat(false));
        measure("rz, rx, cp with angles", flat(true));
    }

    private static byte[] flat(boolean angles) {
        var random = new SplittableRandom(1);
        var text =
                new StringBuilder(
                        "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[1000] q;\nbit[1000] c;\n");
        for (int i = 0; i < 1_000_000; i++) {
            int a = random.nextInt(1000);
            int b = (a + 1 + random.nextInt(998)) % 1000;
            switch (random.nextInt(3)) {
                case 0 ->
                        text.append(angles ? "rz(" + random.nextDouble() + ")" : "h")
                                .append(" q[")
                                .append(a)
                                .append("];\n");
                case 1 ->
                        text.append(angles ? "cp(pi/8)" : "cx")
                                .append(" q[")
                                .append(a)
                                .append("], q[")
                                .append(b)
                                .append("];\n");
                default ->
                        text.append(angles ? "rx(3*pi/8)" : "t")
                                .append(" q[")
                                .append(a)
                                .append("];\n");
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void measure(String what, byte[] source) {
        double best = Double.MAX_VALUE;
        int nodes = 0;
        for (int i = 0; i < 8; i++) {
            long start = System.nanoTime();
            nodes = ((QasmReading.Ok) QasmReader.read(source, "speed.qasm")).graph().size();
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        System.out.printf(
                "%s: %.1f MB, %.2f M gates/s, %.1f MB/s, %d nodes%n",
                what, source.length / 1e6, 1 / best, source.length / best / 1e6, nodes);
    }
}
