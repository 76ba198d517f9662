package org.qmk.runtime.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hashes of RFC 6962, section 2.1. One thread at a time.
final class TreeHash {

    static final int BYTES = 32;

    static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha256 = sha256();

    /// What a node is hashed over; one piece is faster than three.
    private final byte[] pair = new byte[1 + 2 * BYTES];

    TreeHash() {
        pair[0] = NODE;
    }

    /// The hash of the tree without leaves.
    byte[] empty() {
        return sha256.digest();
    }

    byte[] leaf(byte[] entry) {
        sha256.update(LEAF);
        return sha256.digest(entry);
    }

    /// @param left of `BYTES` bytes, as the right one
    byte[] node(byte[] left, byte[] right) {
        System.arraycopy(left, 0, pair, 1, BYTES);
        System.arraycopy(right, 0, pair, 1 + BYTES, BYTES);
        return sha256.digest(pair);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
