package org.qmk.runtime.token;

import java.util.Arrays;

/// Reads what `CborWriter` writes and nothing else: for each value there is one sequence of bytes.
final class CborReader {

    /// The bytes are not what was expected from that place on.
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final int offset;

        Malformed(int offset) {
            super(
                    "byte " + offset,
                    null,
                    false,
                    false); // no trace: whoever sends these may send many
            this.offset = offset;
        }

        int offset() {
            return offset;
        }
    }

    private final byte[] bytes;
    private int offset;

    CborReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int offset() {
        return offset;
    }

    /// An integer between the bounds, both included.
    long unsigned(long min, long max) throws Malformed {
        int start = offset;
        long value = head(CborWriter.UNSIGNED);
        if (value < min || value > max) throw new Malformed(start);
        return value;
    }

    int unsignedInt(int min, int max) throws Malformed {
        return (int) unsigned(min, max);
    }

    /// A byte string whose length lies between the bounds, both included.
    byte[] bytes(int lengthMin, int lengthMax) throws Malformed {
        int start = offset;
        long length = head(CborWriter.STRING);
        if (length < lengthMin || length > lengthMax || length > bytes.length - offset) {
            throw new Malformed(start);
        }
        int from = offset;
        offset += (int) length;
        return Arrays.copyOfRange(bytes, from, offset);
    }

    /// Begins an array and says how many items follow.
    int array(int sizeMin, int sizeMax) throws Malformed {
        int start = offset;
        long size = head(CborWriter.ARRAY);
        if (size < sizeMin || size > sizeMax) throw new Malformed(start);
        return (int) size;
    }

    /// Nothing may follow.
    void end() throws Malformed {
        if (offset != bytes.length) throw new Malformed(offset);
    }

    private long head(int major) throws Malformed {
        int start = offset;
        if (start == bytes.length) throw new Malformed(start);
        int first = bytes[offset++] & 0xFF;
        int low = first & 31;
        if (first >> 5 != major || low > 27) throw new Malformed(start);
        if (low < 24) return low;
        int length = 1 << (low - 24);
        if (length > bytes.length - offset) throw new Malformed(start);
        long value = 0;
        for (int i = 0; i < length; i++) value = value << 8 | bytes[offset++] & 0xFF;
        // The shortest head is the only one; and no value has the highest of 64 bits.
        long least = length == 1 ? 24 : 1L << (4 * length);
        if (value < least) throw new Malformed(start);
        return value;
    }
}
