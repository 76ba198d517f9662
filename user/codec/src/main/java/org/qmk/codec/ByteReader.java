package org.qmk.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what `ByteWriter` wrote. Bytes that it could not have written end in `Malformed`.
public final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int position;

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /// The bytes are not what they should be. Outside data: a caller turns it into a value.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final String expected;

        public Malformed(int offset, String expected) {
            super("byte " + offset + ": expected " + expected, null, false, false);
            this.offset = offset;
            this.expected = expected;
        }

        public int offset() {
            return offset;
        }

        public String expected() {
            return expected;
        }
    }

    /// Bytes before the next one, from the start of the whole input.
    public int position() {
        return position;
    }

    public int remaining() {
        return end - position;
    }

    public int u8() throws Malformed {
        need(1, "a byte");
        return bytes[position++] & 0xFF;
    }

    /// @param max largest value that makes sense here
    public long uint(long max) throws Malformed {
        if (position < end) {
            int first = bytes[position];
            if (first >= 0 && first <= max) { // nearly every integer is one byte
                position++;
                return first;
            }
        }
        return longUint(max);
    }

    private long longUint(long max) throws Malformed {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next <= 0x7F) {
                boolean shortest = next != 0 || shift == 0;
                if (value > max || !shortest) break;
                return value;
            }
        }
        throw new Malformed(start, "an integer from 0 to " + max);
    }

    /// A count of things that take at least `bytesEach` bytes: no more than what can follow.
    public int count(int bytesEach) throws Malformed {
        return (int) uint(remaining() / Math.max(1, bytesEach));
    }

    public int index(int below) throws Malformed {
        return (int) uint(below - 1L);
    }

    public long u64() throws Malformed {
        need(8, "eight bytes");
        long value = 0;
        for (int i = 0; i < 8; i++) value = value << 8 | bytes[position++] & 0xFF;
        return value;
    }

    public double real() throws Malformed {
        return Double.longBitsToDouble(u64());
    }

    /// Text after the number of its bytes.
    public String text() throws Malformed {
        return text(count(1));
    }

    /// Text of the given number of bytes.
    String text(int length) throws Malformed {
        need(length, length + " bytes");
        int start = position;
        position += length;
        if (Utf8.firstInvalid(bytes, start, position) < position) {
            throw new Malformed(start, "text in UTF-8");
        }
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    public byte[] counted() throws Malformed {
        return raw(count(1));
    }

    public byte[] raw(int count) throws Malformed {
        need(count, count + " bytes");
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    /// A reader of the bytes after their number, which this one steps over.
    ByteReader part() throws Malformed {
        int count = count(1);
        need(count, count + " bytes");
        position += count;
        return new ByteReader(bytes, position - count, position);
    }

    /// The number of integers that `uint` wrote into what is left.
    int integers() {
        int count = 0;
        for (int i = position; i < end; i++) {
            if (bytes[i] >= 0) count++;
        }
        return count;
    }

    /// A reader of nothing.
    static ByteReader empty() {
        return new ByteReader(new byte[0]);
    }

    /// @throws Malformed if bytes are left over
    public void end() throws Malformed {
        if (remaining() > 0) throw new Malformed(position, "the end");
    }

    private void need(int count, String expected) throws Malformed {
        if (remaining() < count) throw new Malformed(position, expected);
    }
}
