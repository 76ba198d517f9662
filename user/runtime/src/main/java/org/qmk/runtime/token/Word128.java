package org.qmk.runtime.token;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;

/// 128 bits that tell one thing from another.
///
/// @param high the first eight bytes, highest first
/// @param low the last eight
public record Word128(long high, long low) {
    static final int BYTES = 16;

    public static Word128 fresh(SecureRandom random) {
        return new Word128(random.nextLong(), random.nextLong());
    }

    static Word128 of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Word128(buffer.getLong(), buffer.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /// 32 hexadecimal digits.
    public String text() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
