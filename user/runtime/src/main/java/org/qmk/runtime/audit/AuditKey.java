package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The key that signs the heads of an audit log: Ed25519, with the name of the log.
///
/// The private file has two lines: `PRIVATE+KEY+NAME+HASH+KEY`, the signer key of Go's sumdb/note,
/// and the verifier key that belongs to it.
public final class AuditKey {

    /// The file of the private key.
    public static final String FILE = "audit.key";

    /// The file of the verifier key, for everybody.
    public static final String PUBLIC_FILE = "audit.pub";

    private static final String SIGNER = "PRIVATE+KEY+";

    /// DER of the PKCS 8 form of Ed25519 before the 32 bytes of the seed (RFC 8410).
    private static final byte[] PKCS8_HEAD =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final PrivateKey key;
    private final VerifierKey verifier;

    private AuditKey(PrivateKey key, VerifierKey verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /// A new key.
    ///
    /// @param name names the log, best as a URL without its scheme: `example.org/machine-1`
    /// @throws IllegalArgumentException if the name is empty or has a space or a plus sign
    public static AuditKey generate(String name) {
        if (!VerifierKey.isName(name)) {
            throw new IllegalArgumentException(
                    "the name of a log is '" + name + "', expected no spaces and no plus signs");
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new AuditKey(
                    pair.getPrivate(), VerifierKey.of(name, pair.getPublic()).orElseThrow());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has Ed25519", missing);
        }
    }

    /// The key in the folder, or a new one of that name, which is then stored there.
    ///
    /// @throws AuditRefusal if the folder has a key that cannot be read or has another name
    public static AuditKey in(Path folder, String name) throws IOException {
        if (!Files.exists(folder.resolve(FILE))) {
            AuditKey made = generate(name);
            made.store(folder);
            return made;
        }
        AuditKey key = load(folder);
        if (!key.verifier.name().equals(name)) {
            throw new AuditRefusal(
                    "the key of %s is named %s, expected %s"
                            .formatted(folder.resolve(FILE), key.verifier.name(), name));
        }
        return key;
    }

    /// Writes both files. The private one can be read by its owner alone.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if the folder has a private key already
    public void store(Path folder) throws IOException {
        Files.createDirectories(folder);
        byte[] seed = key.getEncoded();
        byte[] typed = Arrays.copyOfRange(seed, PKCS8_HEAD.length - 1, seed.length);
        typed[0] = VerifierKey.ED25519;
        String text =
                SIGNER + verifier.id() + "+" + StrictBase64.encode(typed) + "\n" + publicText();
        writePrivate(folder.resolve(FILE), text.getBytes(StandardCharsets.UTF_8));
        Files.writeString(folder.resolve(PUBLIC_FILE), publicText());
    }

    /// Reads what `store` wrote.
    ///
    /// @throws AuditRefusal if the file is no key
    public static AuditKey load(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        List<String> lines = Files.readAllLines(file);
        if (lines.size() == 2) {
            Optional<VerifierKey> verifier = VerifierKey.of(lines.get(1));
            String head = SIGNER + verifier.map(VerifierKey::id).orElse("") + "+";
            if (verifier.isPresent() && lines.get(0).startsWith(head)) {
                Optional<AuditKey> key = of(lines.get(0).substring(head.length()), verifier.get());
                if (key.isPresent()) return key.get();
            }
        }
        throw new AuditRefusal(
                file + " holds no audit key: expected a signer key and its verifier key");
    }

    private static Optional<AuditKey> of(String text, VerifierKey verifier) {
        Optional<byte[]> bytes = StrictBase64.decode(text);
        if (bytes.isEmpty() || bytes.get().length != 1 + VerifierKey.KEY_BYTES) {
            return Optional.empty();
        }
        byte[] typed = bytes.get();
        byte[] encoded = Arrays.copyOf(PKCS8_HEAD, PKCS8_HEAD.length + VerifierKey.KEY_BYTES);
        System.arraycopy(typed, 1, encoded, PKCS8_HEAD.length, VerifierKey.KEY_BYTES);
        try {
            PrivateKey secret =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            var key = new AuditKey(secret, verifier);
            byte[] probe = {VerifierKey.ED25519};
            boolean pair = typed[0] == probe[0] && verifier.verifies(probe, key.sign(probe));
            return pair ? Optional.of(key) : Optional.empty();
        } catch (GeneralSecurityException noKey) {
            return Optional.empty();
        }
    }

    public VerifierKey verifier() {
        return verifier;
    }

    byte[] sign(byte[] text) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(key);
            ed25519.update(text);
            return ed25519.sign();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a key of the JDK signs", broken);
        }
    }

    private String publicText() {
        return verifier.text() + "\n";
    }

    /// Writes a new file that its owner alone can read, and makes it durable.
    static void writePrivate(Path file, byte[] bytes) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly("rw-------"))) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) channel.write(rest);
            channel.force(true);
        }
    }

    /// Permissions for a new file or folder, where the file system has such.
    static FileAttribute<?>[] ownerOnly(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
