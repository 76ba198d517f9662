package org.qmk.kernel.channel;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Prints processor nanoseconds an operation of the partition, the median of eleven runs of four
/// million: half joins with their check, a quarter releases, a quarter queries; cells have a
/// hundred qubits at most. Argument: live qubits. Not a test.
final class PartitionSpeed {

    private static final int OPERATIONS = 4_000_000;
    private static final int RUNS = 11;

    private PartitionSpeed() {}

    public static void main(String[] arguments) {
        int qubits = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        var random = new SplittableRandom(7);
        int[] first = new int[OPERATIONS];
        int[] second = new int[OPERATIONS];
        byte[] choice = new byte[OPERATIONS];
        for (int i = 0; i < OPERATIONS; i++) {
            int a = random.nextInt(qubits);
            first[i] = a;
            second[i] = a - a % 100 + random.nextInt(Math.min(100, qubits - (a - a % 100)));
            choice[i] = (byte) random.nextInt(4);
        }
        var partition = new Partition(16);
        for (int q = 0; q < qubits; q++) partition.open(1 + q / 100);
        double[] nanos = new double[RUNS];
        int same = 0;
        for (int run = -3; run < RUNS; run++) {
            long start = processorNanos();
            for (int i = 0; i < OPERATIONS; i++) {
                int a = first[i];
                int b = second[i];
                if (choice[i] < 2) {
                    if (!partition.foreign(a, b)) partition.join(a, b);
                } else if (choice[i] == 2) {
                    partition.release(a);
                } else if (partition.sameCell(a, b)) {
                    same++;
                }
            }
            if (run >= 0) nanos[run] = (double) (processorNanos() - start) / OPERATIONS;
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%d qubits: median %.1f, slowest %.1f ns an operation (%d alike)%n",
                qubits, nanos[RUNS / 2], nanos[RUNS - 1], same);
    }

    /// Processor time of this process: other work on the machine counts less.
    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }
}
