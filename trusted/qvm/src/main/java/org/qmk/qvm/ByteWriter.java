package org.qmk.qvm;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Writes canonical bytes: unsigned LEB128 integers, big-endian words, length-prefixed bytes.
///
/// Either keeps all bytes, or feeds them to SHA-256 in chunks and keeps none.
public final class ByteWriter {

    private static final int CHUNK = 1 << 16;

    private final MessageDigest digest;
    private byte[] buffer;
    private int length;

    private ByteWriter(MessageDigest digest, int capacity) {
        this.digest = digest;
        this.buffer = new byte[capacity];
    }

    /// A writer that keeps its bytes for `bytes`.
    public static ByteWriter keeping() {
        return new ByteWriter(null, 256);
    }

    /// A writer that only digests, for `sha256`.
    public static ByteWriter digesting() {
        return new ByteWriter(newSha256(), CHUNK);
    }

    public ByteWriter u8(int value) {
        room(1);
        buffer[length++] = (byte) value;
        return this;
    }

    /// An integer of 0 or more, 7 bits a byte, lowest first.
    public ByteWriter uint(long value) {
        Invariant.hold(value >= 0, "an unsigned integer is not negative");
        room(10);
        long rest = value;
        while (rest > 0x7F) {
            buffer[length++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        buffer[length++] = (byte) rest;
        return this;
    }

    /// Eight bytes, highest first.
    public ByteWriter u64(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) buffer[length++] = (byte) (value >>> shift);
        return this;
    }

    public ByteWriter real(double value) {
        return u64(Double.doubleToLongBits(value));
    }

    public ByteWriter text(String text) {
        return counted(text.getBytes(StandardCharsets.UTF_8));
    }

    /// The number of bytes, then the bytes.
    public ByteWriter counted(byte[] bytes) {
        return uint(bytes.length).raw(bytes);
    }

    public ByteWriter raw(byte[] bytes) {
        for (int start = 0; start < bytes.length; start += CHUNK) {
            int count = Math.min(CHUNK, bytes.length - start);
            room(count);
            System.arraycopy(bytes, start, buffer, length, count);
            length += count;
        }
        return this;
    }

    /// The bytes so far, of a keeping writer.
    public byte[] bytes() {
        Invariant.hold(digest == null, "a digesting writer keeps no bytes");
        return Arrays.copyOf(buffer, length);
    }

    /// The SHA-256 of the bytes so far; a digesting writer begins anew.
    public byte[] sha256() {
        MessageDigest hash = digest == null ? newSha256() : digest;
        hash.update(buffer, 0, length);
        if (digest != null) length = 0;
        return hash.digest();
    }

    private void room(int count) {
        if (length + count <= buffer.length) return;
        if (digest != null) {
            digest.update(buffer, 0, length);
            length = 0;
        } else {
            long grown = Math.max(2L * buffer.length, (long) length + count);
            Invariant.hold(length + (long) count <= Integer.MAX_VALUE - 8, "2 GiB hold the bytes");
            buffer = Arrays.copyOf(buffer, (int) Math.min(grown, Integer.MAX_VALUE - 8));
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
