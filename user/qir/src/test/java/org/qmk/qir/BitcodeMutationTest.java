package org.qmk.qir;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// No bitcode makes the reader throw, or think for long. `-Dqmk.mutations=100000` for the whole
/// count.
class BitcodeMutationTest {

    private static final int MUTATIONS = Integer.getInteger("qmk.mutations", 3_000);
    private static final long NANOS_MAX = 2_000_000_000L;

    @Test
    void damaged_bitcode_is_read_or_refused_in_time() throws IOException {
        List<byte[]> samples = new ArrayList<>();
        for (String name : BitcodeReaderTest.FILES) samples.add(BitcodeReaderTest.file(name));
        int refused = 0;
        int read = 0;
        for (long seed = 0; seed < MUTATIONS; seed++) {
            var random = new SplittableRandom(seed);
            byte[] damaged = damaged(samples.get((int) seed % samples.size()), random);
            QirSettings settings =
                    random.nextBoolean()
                            ? QirSettings.DEFAULT.withLoopBound(3)
                            : QirSettings.DEFAULT;
            long start = System.nanoTime();
            QirReading reading = read(damaged, settings, seed);
            if (System.nanoTime() - start > NANOS_MAX) again(damaged, settings, seed);
            if (reading instanceof QirReading.Ok) read++;
            else refused++;
        }
        String counts = refused + " refused, " + read + " read";
        assertTrue(refused > MUTATIONS / 10 && read > MUTATIONS / 100, counts);
    }

    private static QirReading read(byte[] damaged, QirSettings settings, long seed) {
        try {
            return QirReader.readBitcode(damaged, "damaged.bc", settings);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError escaped) {
            String bytes = HexFormat.of().formatHex(damaged);
            throw new AssertionError("seed " + seed + ": " + bytes, escaped);
        }
    }

    /// The clock says that it took long, but the machine may have been busy: the time of the
    /// processor decides.
    private static void again(byte[] damaged, QirSettings settings, long seed) {
        Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        read(damaged, settings, seed);
        Duration after = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        assertTrue(after.minus(before).toNanos() < NANOS_MAX, () -> "seed " + seed + " takes long");
    }

    /// A few bits turned, bytes changed, words removed, doubled or moved. The second half of a
    /// file is names, so most of it happens in the first.
    private static byte[] damaged(byte[] sample, SplittableRandom random) {
        byte[] bytes = sample.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && bytes.length > 64; i++) {
            int at = 8 + random.nextInt(bytes.length - 16);
            int word = at / 4 * 4;
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 3 -> bytes[at] = (byte) random.nextInt(256);
                case 4 -> {
                    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 4);
                    System.arraycopy(bytes, word + 4, shorter, word, bytes.length - word - 4);
                    bytes = shorter;
                }
                default -> {
                    int from = 4 * random.nextInt(bytes.length / 4 - 4);
                    int length = Math.min(4 * random.nextInt(1, 8), bytes.length - word);
                    byte[] part =
                            Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
                    System.arraycopy(part, 0, bytes, word, Math.min(part.length, length));
                }
            }
        }
        return bytes;
    }
}
