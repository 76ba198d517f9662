package org.qmk.runtime.client;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Cuts bytes into lines, in time linear in the bytes. A line is bounded.
final class LineBuffer {

    private final int bytesMax;
    private byte[] bytes = new byte[1 << 10];
    private int start;
    private int scanned;
    private int end;

    /// @param bytesMax the longest line
    LineBuffer(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// Takes all bytes of the chunk.
    void add(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (end + more > bytes.length) {
            int held = end - start;
            int room = Math.max(held + more, 2 * held);
            bytes = Arrays.copyOfRange(bytes, start, start + Math.max(room, bytes.length));
            scanned -= start;
            end = held;
            start = 0;
        }
        chunk.get(bytes, end, more);
        end += more;
    }

    /// The next whole line, without what ends it.
    ///
    /// @throws TransportFailure if the line is too long, whole or not
    Optional<byte[]> next() throws TransportFailure {
        while (scanned < end && bytes[scanned] != '\n') scanned++;
        if (scanned - start > bytesMax) throw TransportFailure.tooLong(bytesMax);
        if (scanned == end) return Optional.empty();
        byte[] line = Arrays.copyOfRange(bytes, start, scanned);
        scanned++;
        start = scanned;
        return Optional.of(line);
    }

    /// Whether there is something after the last line that was taken.
    boolean hasRest() {
        return start < end;
    }
}
