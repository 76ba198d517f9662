package org.qmk.runtime.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The public half of an audit key: whoever has it can verify a log without its operator.
///
/// Its text is `NAME+HASH+KEY`, the verifier key of C2SP signed notes and of Go's sumdb/note.
public final class VerifierKey {

    /// The type byte of Ed25519 in signed notes.
    static final byte ED25519 = 1;

    static final int KEY_BYTES = 32;
    static final int HASH_BYTES = 4;

    /// DER of the SubjectPublicKeyInfo of Ed25519 before the 32 bytes of the key (RFC 8410).
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] point;
    private final byte[] hash;
    private final PublicKey key;

    private VerifierKey(String name, byte[] point, byte[] hash, PublicKey key) {
        this.name = name;
        this.point = point;
        this.hash = hash;
        this.key = key;
    }

    /// Reads the text; empty if it is no verifier key for Ed25519.
    public static Optional<VerifierKey> of(String text) {
        String[] fields = text.strip().split("\\+", 3); // base 64 has plus signs of its own
        if (fields.length != 3 || !isName(fields[0])) return Optional.empty();
        Optional<byte[]> bytes = StrictBase64.decode(fields[2]);
        if (bytes.isEmpty()) return Optional.empty();
        byte[] typed = bytes.get();
        if (typed.length != 1 + KEY_BYTES || typed[0] != ED25519) return Optional.empty();
        byte[] point = Arrays.copyOfRange(typed, 1, typed.length);
        boolean same = HexFormat.of().formatHex(hash(fields[0], point)).equals(fields[1]);
        return same ? of(fields[0], point) : Optional.empty();
    }

    /// @param point the 32 bytes of RFC 8032
    static Optional<VerifierKey> of(String name, byte[] point) {
        byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + KEY_BYTES);
        System.arraycopy(point, 0, encoded, X509_HEAD.length, KEY_BYTES);
        try {
            PublicKey key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded));
            return Optional.of(new VerifierKey(name, point, hash(name, point), key));
        } catch (GeneralSecurityException noPoint) {
            return Optional.empty();
        }
    }

    static Optional<VerifierKey> of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return of(name, Arrays.copyOfRange(encoded, X509_HEAD.length, encoded.length));
    }

    /// Names are not empty and have neither spaces nor plus signs nor control characters.
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.codePoints()
                        .noneMatch(
                                c ->
                                        c == '+'
                                                || Character.isSpaceChar(c)
                                                || Character.isWhitespace(c)
                                                || Character.isISOControl(c)
                                                || c >= 0xD800 && c <= 0xDFFF);
    }

    /// The name of the key, which is the origin of the heads that it signs.
    public String name() {
        return name;
    }

    /// `NAME+HASH+KEY`.
    public String text() {
        byte[] typed = new byte[1 + KEY_BYTES];
        typed[0] = ED25519;
        System.arraycopy(point, 0, typed, 1, KEY_BYTES);
        return id() + "+" + StrictBase64.encode(typed);
    }

    /// `NAME+HASH`, enough for a person to tell keys apart.
    public String id() {
        return name + "+" + HexFormat.of().formatHex(hash);
    }

    /// The first bytes of a signature of this key in a note.
    byte[] hash() {
        return hash;
    }

    boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    private static byte[] hash(String name, byte[] point) {
        MessageDigest sha256 = TreeHash.sha256();
        sha256.update(name.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) '\n');
        sha256.update(ED25519);
        return Arrays.copyOf(sha256.digest(point), HASH_BYTES);
    }
}
