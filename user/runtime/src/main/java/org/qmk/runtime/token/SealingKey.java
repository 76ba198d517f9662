package org.qmk.runtime.token;

import java.security.SecureRandom;
import javax.crypto.Mac;

/// A secret of the edge and the number by which seals and tokens name it.
///
/// Whoever makes a key keeps it: nothing here writes it anywhere. Any number of threads may use it.
public final class SealingKey {
    public static final int SECRET_BYTES = 32;

    private final int id;
    private final byte[] secret;

    /// Holds the key; only its clones are ever fed.
    private final Mac keyed;

    /// @param id 0 or more, never used before for another secret
    /// @param secret 32 random bytes
    public SealingKey(int id, byte[] secret) {
        if (id < 0) throw new IllegalArgumentException("key is " + id + ", expected 0 or more");
        if (secret.length != SECRET_BYTES) {
            throw new IllegalArgumentException(
                    "secret has %d bytes, expected %d".formatted(secret.length, SECRET_BYTES));
        }
        this.id = id;
        this.secret = secret.clone();
        this.keyed = Hmac.keyed(secret);
    }

    public static SealingKey fresh(int id, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new SealingKey(id, secret);
    }

    public int id() {
        return id;
    }

    /// A copy of the secret, for the caller to keep where it is safe.
    public byte[] secret() {
        return secret.clone();
    }

    /// An instance of one's own that holds the key.
    Mac mac() {
        return Hmac.clone(keyed);
    }

    /// The number alone.
    @Override
    public String toString() {
        return "key " + id;
    }
}
