package org.qmk.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads what `ByteWriter` wrote. Bytes that it could not have written end in `Malformed`.
public final class ByteReader {

    private final byte[] bytes;
    private int position;

    public ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes are not what they should be. Outside data: a caller turns it into a value.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final int offset;
        private final String expected;

        public Malformed(int offset, String expected) {
            super("byte " + offset + ": expected " + expected);
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

    public int position() {
        return position;
    }

    public int remaining() {
        return bytes.length - position;
    }

    public int u8() throws Malformed {
        need(1, "a byte");
        return bytes[position++] & 0xFF;
    }

    /// @param max largest value that makes sense here
    public long uint(long max) throws Malformed {
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

    public String text() throws Malformed {
        int start = position;
        byte[] utf8 = counted();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException invalid) {
            throw new Malformed(start, "text in UTF-8");
        }
    }

    public byte[] counted() throws Malformed {
        return raw(count(1));
    }

    public byte[] raw(int count) throws Malformed {
        need(count, count + " bytes");
        position += count;
        return Arrays.copyOfRange(bytes, position - count, position);
    }

    /// @throws Malformed if bytes are left over
    public void end() throws Malformed {
        if (remaining() > 0) throw new Malformed(position, "the end");
    }

    private void need(int count, String expected) throws Malformed {
        if (remaining() < count) throw new Malformed(position, expected);
    }
}
