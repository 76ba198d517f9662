package org.qmk.mlir;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.qmk.qvm.Argument;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Opcode;

/// Damaged modules are read or refused, and never do anything else. `-Dqmk.mutations=100000` for
/// the whole count.
class MlirMutationTest {

    private static final int MUTATIONS = Integer.getInteger("qmk.mutations", 5_000);

    private static final long NANOS_MAX = 2_000_000_000L;

    private static final String[] PARTS = {
        "\"",
        "{",
        "}",
        "(",
        ")",
        "<",
        ">",
        "[",
        "]",
        "%q1",
        "%q1#7",
        ":1000000",
        "array<i64: 3>",
        "0x",
        "-1",
        "1e999 : f64",
        "\\",
        "\\FF",
        "true",
        "->",
        "^bb1:",
        "loc(unknown)",
        "[0, true]",
        "\"qvm.free_lq\"",
        "!qvm.qubit",
        "handles = array<i64: 900000000>",
        "!qvm.capability<",
    };

    private static byte[] sample() {
        var builder = new GraphBuilder();
        int a = builder.declareQubit("a");
        int b = builder.declareQubit("b");
        int c = builder.declareChannel("c");
        int e = builder.declareEvent("e");
        builder.defaultToZero(e);
        builder.node(Opcode.ALLOC_LQ).qubits(a, b).argument(new Argument.Profile("logical"));
        builder.node(Opcode.RX).qubit(a).argument(new Argument.Rotation(0.5, 1e-10)).label("turn");
        builder.node(Opcode.OPEN_CHAN)
                .qubits(a, b)
                .channel(c)
                .argument(new Argument.Channel(0.9, "bell"));
        builder.node(Opcode.CLOSE_CHAN).channel(c);
        builder.node(Opcode.MEASURE_Z).qubit(a).output(e);
        var both = new Guard.All(List.of(new Guard.Is(e, true), new Guard.Is(e, true)));
        builder.node(Opcode.APPLY_X).qubit(b).guard(both);
        builder.after(5, 1);
        builder.node(Opcode.FREE_LQ).qubits(a, b);
        builder.requireWhatIsUsed();
        return MlirWriter.write(builder.build()).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_damaged_module_is_read_or_refused_in_time() {
        byte[] sample = sample();
        int refused = 0;
        for (long seed = 0; seed < MUTATIONS; seed++) {
            byte[] damaged = damaged(sample, new SplittableRandom(seed));
            long start = System.nanoTime();
            if (read(damaged, seed) instanceof MlirReading.Failed) refused++;
            if (System.nanoTime() - start > NANOS_MAX) again(damaged, seed);
        }
        int count = refused;
        assertTrue(count > MUTATIONS / 2, () -> "only " + count + " were refused");
    }

    /// The clock says that it took long, but the machine may have been busy: the time of the
    /// processor decides.
    private static void again(byte[] damaged, long seed) {
        Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        read(damaged, seed);
        Duration after = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        assertTrue(after.minus(before).toNanos() < NANOS_MAX, () -> "seed " + seed + " takes long");
    }

    private static MlirReading read(byte[] damaged, long seed) {
        try {
            return MlirReader.read(damaged, "m.mlir");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError escaped) {
            throw new AssertionError("seed " + seed, escaped);
        }
    }

    private static byte[] damaged(byte[] sample, SplittableRandom random) {
        byte[] bytes = sample;
        int changes = random.nextInt(1, 4);
        for (int i = 0; i < changes; i++) {
            int from = random.nextInt(bytes.length + 1);
            int to = Math.min(bytes.length, from + random.nextInt(12));
            byte[] part =
                    switch (random.nextInt(4)) {
                        case 0 -> new byte[0];
                        case 1 -> new byte[] {(byte) random.nextInt(256)};
                        case 2 ->
                                PARTS[random.nextInt(PARTS.length)].getBytes(
                                        StandardCharsets.UTF_8);
                        default -> {
                            int start = random.nextInt(bytes.length + 1);
                            int end = Math.min(bytes.length, start + random.nextInt(200));
                            yield Arrays.copyOfRange(bytes, start, end);
                        }
                    };
            bytes = replaced(bytes, from, random.nextBoolean() ? from : to, part);
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] part) {
        byte[] out = new byte[from + part.length + bytes.length - to];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(part, 0, out, from, part.length);
        System.arraycopy(bytes, to, out, from + part.length, bytes.length - to);
        return out;
    }
}
