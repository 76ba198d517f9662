package org.qmk.runtime.audit;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Up to 256 pieces of bytes one after another, each after its length, highest byte first.
final class Bundle {

    /// Bytes of the length before an entry: an entry has at most 65,535 bytes.
    static final int ENTRY = 2;

    /// Bytes of the length before the parts of an epoch.
    static final int PARTS = 4;

    private final int lengthBytes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Bundle(int lengthBytes) {
        this.lengthBytes = lengthBytes;
    }

    void add(byte[] piece) {
        for (int shift = 8 * (lengthBytes - 1); shift >= 0; shift -= 8) {
            bytes.write(piece.length >>> shift);
        }
        bytes.writeBytes(piece);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    void clear() {
        bytes.reset();
    }

    /// The pieces, if the bytes are that many of them and nothing else.
    static Optional<List<byte[]>> read(byte[] bytes, int lengthBytes, int count) {
        List<byte[]> pieces = new ArrayList<>(count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            if (bytes.length - at < lengthBytes) return Optional.empty();
            int length = 0;
            for (int end = at + lengthBytes; at < end; at++)
                length = length << 8 | bytes[at] & 0xFF;
            if (length < 0 || bytes.length - at < length) return Optional.empty();
            pieces.add(Arrays.copyOfRange(bytes, at, at + length));
            at += length;
        }
        return at == bytes.length ? Optional.of(pieces) : Optional.empty();
    }
}
