package org.qmk.runtime.audit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;

/// Commits to parts so that nobody can guess a part from its commitment.
///
/// The blind of a part is HMAC-SHA256(key of the tenant, epoch), and the key of the tenant is
/// HMAC-SHA256(secret of the log, tenant). One thread at a time.
final class PartBlinds {

    /// Bytes of a secret and of a blind.
    static final int BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    private final byte[] secret;
    private final MessageDigest sha256 = TreeHash.sha256();

    /// Looked up, never iterated.
    private final Map<Integer, Mac> byTenant = new HashMap<>();

    PartBlinds(byte[] secret) {
        this.secret = secret.clone();
    }

    /// The leaves of an epoch's inner tree: a commitment for each part.
    List<byte[]> commitments(EpochRecord record) {
        List<byte[]> leaves = new ArrayList<>(record.parts().size());
        for (EpochRecord.Part part : record.parts()) {
            byte[] blind = blind(part.tenant(), record.epoch());
            leaves.add(commitment(blind, part.tenant(), part.bytes(), sha256));
        }
        return leaves;
    }

    byte[] blind(TenantId tenant, long epoch) {
        Mac mac = byTenant.computeIfAbsent(tenant.number(), this::tenantMac);
        return mac.doFinal(ByteWriter.keeping().u64(epoch).bytes());
    }

    /// The leaf hash of RFC 6962 over the blind, the tenant and the part.
    static byte[] commitment(byte[] blind, TenantId tenant, byte[] part, MessageDigest sha256) {
        sha256.update(TreeHash.LEAF);
        sha256.update(blind);
        sha256.update(ByteWriter.keeping().u64(tenant.number()).bytes());
        return sha256.digest(part);
    }

    private Mac tenantMac(int tenant) {
        byte[] number = ByteWriter.keeping().u64(tenant).bytes();
        return mac(mac(secret).doFinal(number));
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has " + HMAC, missing);
        }
    }
}
