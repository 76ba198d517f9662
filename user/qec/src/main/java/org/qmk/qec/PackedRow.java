package org.qmk.qec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Rows of bits, eight to a byte, the least bit first.
public final class PackedRow {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PackedRow() {}

    /// Writes the numbers of the bits that are set into `events`.
    ///
    /// @param from the first byte of the row
    /// @return how many there are
    public static int events(byte[] rows, int from, int bits, int[] events) {
        int count = 0;
        int bit = 0;
        for (; bit + 64 <= bits; bit += 64) {
            long word = (long) LONGS.get(rows, from + (bit >> 3));
            for (; word != 0; word &= word - 1) {
                events[count++] = bit + Long.numberOfTrailingZeros(word);
            }
        }
        if (bit == bits) return count;
        long word = 0;
        int at = from + (bit >> 3);
        int bytes = (bits - bit + 7) / 8;
        if (at + 8 <= rows.length) {
            word = (long) LONGS.get(rows, at);
        } else {
            for (int i = 0; i < bytes; i++) word |= (rows[at + i] & 0xffL) << 8 * i;
        }
        word &= -1L >>> 64 - (bits - bit);
        for (; word != 0; word &= word - 1) {
            events[count++] = bit + Long.numberOfTrailingZeros(word);
        }
        return count;
    }
}
