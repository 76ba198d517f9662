package org.qmk.runtime;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The bytes of one frame of a journal: a head, the payload, a hash. See docs/spec/journal.md.
///
/// The head carries a check word of its own, so that a frame whose end is missing can be told from
/// one whose length was changed.
final class Frame {

    static final int HASH_BYTES = 32;

    /// Kind, length of the payload, check word.
    static final int HEAD_BYTES = 1 + 4 + 8;

    private static final int CHECKED_BYTES = 1 + 4;

    /// What a frame holds.
    enum Kind {
        HEADER,
        INPUT,
        DIGEST,
        END,
        NOTE
    }

    private Frame() {}

    /// @param chain the hash of the frame before
    static byte[] head(byte[] chain, Kind kind, int payloadBytes) {
        byte[] head = new byte[HEAD_BYTES];
        ByteBuffer.wrap(head).put((byte) kind.ordinal()).putInt(payloadBytes);
        putCheck(chain, head);
        return head;
    }

    /// Whether the check word of the head is the one that its kind and length ask for.
    static boolean isIntact(byte[] chain, byte[] head) {
        byte[] expected = head.clone();
        putCheck(chain, expected);
        return Arrays.equals(expected, head);
    }

    /// The length of the payload that an intact head states.
    static int payloadBytes(byte[] head) {
        return ByteBuffer.wrap(head).getInt(1);
    }

    /// The hash that ends a frame.
    ///
    /// @param chain the hash of the frame before
    static byte[] hash(byte[] chain, byte[] head, byte[] payload) {
        MessageDigest sha256 = sha256();
        sha256.update(chain);
        sha256.update(head);
        return sha256.digest(payload);
    }

    private static void putCheck(byte[] chain, byte[] head) {
        MessageDigest sha256 = sha256();
        sha256.update(chain);
        sha256.update(head, 0, CHECKED_BYTES);
        System.arraycopy(sha256.digest(), 0, head, CHECKED_BYTES, HEAD_BYTES - CHECKED_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
