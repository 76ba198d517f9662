package org.qmk.runtime.token;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 of the JDK. A clone of a keyed instance is several times cheaper than a new one.
final class Hmac {
    static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private Hmac() {}

    /// An instance that holds the key. It serves one thread at a time; clones are independent.
    static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException every) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, every);
        }
    }

    static Mac clone(Mac keyed) {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException jdk) {
            throw new IllegalStateException("the JDK's " + ALGORITHM + " can be cloned", jdk);
        }
    }

    /// The code of a message under another key than the instance had.
    static byte[] code(Mac mac, byte[] key, byte[] message) {
        try {
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (InvalidKeyException any) {
            throw new IllegalStateException("any bytes are a key of " + ALGORITHM, any);
        }
        return mac.doFinal(message);
    }
}
