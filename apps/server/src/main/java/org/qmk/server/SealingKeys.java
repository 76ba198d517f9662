package org.qmk.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.qmk.runtime.token.KeyRing;
import org.qmk.runtime.token.SealingKey;

/// The file of the key that seals handles and tokens: 4 bytes of its number, 32 of its secret. Its
/// owner alone can read it.
final class SealingKeys {

    static final String FILE = "seal.key";
    private static final int BYTES = 4 + SealingKey.SECRET_BYTES;

    private SealingKeys() {}

    /// The key in the folder, or a new one, which is then stored there.
    static KeyRing in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            SealingKey made = SealingKey.fresh(1, new SecureRandom());
            ByteBuffer bytes = ByteBuffer.allocate(BYTES).putInt(made.id()).put(made.secret());
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Path part = Files.createTempFile(folder, FILE, ".part", ownerOnly);
            Files.write(part, bytes.array());
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length != BYTES) {
            throw new IOException(
                    "%s has %d bytes, expected %d; restore it from a backup"
                            .formatted(file, bytes.length, BYTES));
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int id = fields.getInt();
        byte[] secret = new byte[SealingKey.SECRET_BYTES];
        fields.get(secret);
        return KeyRing.of(new SealingKey(id, secret));
    }
}
