package org.qmk.runtime.audit;

/// Writes numbers as `ByteWriter.uint` does, into arrays whose length is known before.
final class Leb128 {

    private Leb128() {}

    /// The bytes of a number of 0 or more.
    static int length(int number) {
        int length = 1;
        for (int rest = number >>> 7; rest > 0; rest >>>= 7) length++;
        return length;
    }

    /// Writes a number of 0 or more, and returns the place after it.
    static int put(byte[] to, int at, int number) {
        int next = at;
        int rest = number;
        for (; rest > 0x7F; rest >>>= 7) to[next++] = (byte) (rest | 0x80);
        to[next++] = (byte) rest;
        return next;
    }
}
