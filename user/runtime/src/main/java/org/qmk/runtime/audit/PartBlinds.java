package org.qmk.runtime.audit;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;

/// Commits to parts so that nobody can guess a part from its commitment.
///
/// The blind of a part is its epoch and its tenant, one block, under AES-256 with the secret of the
/// log: a block cipher is a pseudorandom function of blocks that are all different. The blinds of
/// an epoch are one call, which an HMAC for each would outweigh. One thread at a time.
final class PartBlinds {

    /// Bytes of a blind: a block of AES.
    static final int BYTES = 16;

    /// Bytes of a secret: a key of AES-256.
    static final int SECRET_BYTES = 32;

    private static final String CIPHER = "AES";

    private final Cipher cipher;
    private final MessageDigest sha256 = TreeHash.sha256();

    private PartBlinds(Cipher cipher) {
        this.cipher = cipher;
    }

    /// @throws AuditRefusal if the secret is none
    static PartBlinds of(byte[] secret) throws AuditRefusal {
        if (secret.length != SECRET_BYTES) {
            throw new AuditRefusal(
                    "%s has %d bytes, expected %d"
                            .formatted(AuditLog.SECRET, secret.length, SECRET_BYTES));
        }
        try {
            // No block is ever used twice, so that nothing but the cipher itself is wanted.
            Cipher cipher = Cipher.getInstance(CIPHER + "/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, CIPHER));
            return new PartBlinds(cipher);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has AES-256", missing);
        }
    }

    /// The leaves of an epoch's inner tree: a commitment for each part.
    List<byte[]> commitments(EpochRecord record) {
        List<EpochRecord.Part> parts = record.parts();
        var blocks = ByteBuffer.allocate(parts.size() * BYTES);
        for (EpochRecord.Part part : parts) {
            blocks.putLong(record.epoch()).putLong(part.tenant().number());
        }
        byte[] blinds = encrypt(blocks);
        List<byte[]> leaves = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            EpochRecord.Part part = parts.get(i);
            leaves.add(commitment(blinds, i * BYTES, part.tenant(), part.bytes(), sha256));
        }
        return leaves;
    }

    byte[] blind(TenantId tenant, long epoch) {
        return encrypt(ByteBuffer.allocate(BYTES).putLong(epoch).putLong(tenant.number()));
    }

    private byte[] encrypt(ByteBuffer blocks) {
        try {
            return cipher.doFinal(blocks.array());
        } catch (GeneralSecurityException notWhole) {
            throw new IllegalStateException("the blocks are whole", notWhole);
        }
    }

    /// @param blind has `BYTES` bytes
    static byte[] commitment(byte[] blind, TenantId tenant, byte[] part, MessageDigest sha256) {
        return commitment(blind, 0, tenant, part, sha256);
    }

    /// The leaf hash of RFC 6962 over the blind, the tenant and the part: in one piece, which is
    /// hashed faster than four.
    private static byte[] commitment(
            byte[] blinds, int from, TenantId tenant, byte[] part, MessageDigest sha256) {
        int number = tenant.number();
        byte[] opened = new byte[1 + BYTES + Leb128.length(number) + part.length];
        opened[0] = TreeHash.LEAF;
        System.arraycopy(blinds, from, opened, 1, BYTES);
        int at = Leb128.put(opened, 1 + BYTES, number);
        System.arraycopy(part, 0, opened, at, part.length);
        return sha256.digest(opened);
    }
}
