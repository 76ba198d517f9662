package org.qmk.wire;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A stretch of bytes that holds JSON text. The bytes are shared, not copied: whoever makes a
/// slice must not change them any more.
public final class JsonSlice {
    private final byte[] bytes;
    private final int from;
    private final int length;

    /// @throws IndexOutOfBoundsException if the stretch is not within the bytes
    public JsonSlice(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    public static JsonSlice of(byte[] bytes) {
        return new JsonSlice(bytes, 0, bytes.length);
    }

    public static JsonSlice of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    /// A stretch of this stretch.
    JsonSlice within(int start, int count) {
        Objects.checkFromIndexSize(start, count, length);
        return new JsonSlice(bytes, from + start, count);
    }

    /// The text; what is not UTF-8 becomes U+FFFD.
    public String text() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text();
    }
}
