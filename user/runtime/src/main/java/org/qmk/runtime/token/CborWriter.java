package org.qmk.runtime.token;

import java.io.ByteArrayOutputStream;

/// Writes the subset of CBOR (RFC 8949, section 4.2.1) that tokens are made of: unsigned integers,
/// byte strings and arrays, each with the shortest head.
final class CborWriter {
    static final int UNSIGNED = 0;
    static final int STRING = 2;
    static final int ARRAY = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param value 0 or more
    CborWriter unsigned(long value) {
        head(UNSIGNED, value);
        return this;
    }

    CborWriter bytes(byte[] bytes) {
        head(STRING, bytes.length);
        out.writeBytes(bytes);
        return this;
    }

    /// Begins an array of so many items, which follow.
    CborWriter array(int size) {
        head(ARRAY, size);
        return this;
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private void head(int major, long value) {
        if (value < 0) throw new IllegalArgumentException(value + " is negative");
        if (value < 24) {
            out.write(major << 5 | (int) value);
            return;
        }
        // 24, 25, 26, 27 say that 1, 2, 4, 8 bytes follow.
        int power = value < 1L << 8 ? 0 : value < 1L << 16 ? 1 : value < 1L << 32 ? 2 : 3;
        out.write(major << 5 | 24 + power);
        for (int shift = (8 << power) - 8; shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
