package org.qmk.qir;

/// Reads numbers out of a stream of bits: the lowest bit of each byte comes first.
final class BitCursor {

    private final byte[] bytes;
    private final long endBits;

    /// How many bits have been read.
    private long at;

    /// @param from first byte of the stream
    /// @param to past its last byte
    BitCursor(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        at = 8L * from;
        endBits = 8L * to;
    }

    boolean isAtEnd() {
        return at >= endBits;
    }

    /// The byte at hand, at a multiple of 8 bits.
    int byteOffset() {
        return (int) (at / 8);
    }

    long left() {
        return endBits - at;
    }

    /// @param width 0 to 64
    long fixed(int width) {
        if (width > endBits - at) throw new BitcodeDamage("it ends in the middle of a number");
        long value = 0;
        int got = 0;
        while (got < width) {
            int inByte = (int) (at & 7);
            int take = Math.min(8 - inByte, width - got);
            int part = (bytes[(int) (at >>> 3)] & 0xFF) >>> inByte & (1 << take) - 1;
            value |= (long) part << got;
            got += take;
            at += take;
        }
        return value;
    }

    /// A number in chunks of `width` bits, the highest of which says whether another follows.
    ///
    /// @param width 2 to 32
    long variable(int width) {
        long more = 1L << width - 1;
        long value = 0;
        int shift = 0;
        while (true) {
            long chunk = fixed(width);
            if (shift < 64) value |= (chunk & more - 1) << shift;
            if ((chunk & more) == 0) return value;
            shift += width - 1;
            if (shift > 70) throw new BitcodeDamage("a number has more than 64 bits");
        }
    }

    /// Goes on at a multiple of 32 bits.
    void align() {
        at = (at + 31) / 32 * 32;
        if (at > endBits) throw new BitcodeDamage("it ends in the middle of a word");
    }

    void skip(long bits) {
        if (bits < 0 || bits > endBits - at) throw new BitcodeDamage("a block is longer than it");
        at += bits;
    }
}
