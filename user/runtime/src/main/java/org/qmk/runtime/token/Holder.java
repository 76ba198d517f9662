package org.qmk.runtime.token;

import java.util.HexFormat;

/// A key pair whose owner proved to the edge that he has it, by the hash of its public part.
///
/// @param thumbprint SHA-256 in 64 lower-case hexadecimal digits
public record Holder(String thumbprint) {
    static final int BYTES = 32;

    public Holder {
        boolean hex = thumbprint.length() == 2 * BYTES;
        for (int i = 0; hex && i < thumbprint.length(); i++) {
            char c = thumbprint.charAt(i);
            hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
        }
        if (!hex) {
            throw new IllegalArgumentException(
                    "thumbprint is " + thumbprint + ", expected 64 hexadecimal digits");
        }
    }

    static Holder of(byte[] thumbprint) {
        return new Holder(HexFormat.of().formatHex(thumbprint));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(thumbprint);
    }
}
