package org.qmk.runtime.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// Seals the kernel's handles for the one session that may use them, and opens them again.
///
/// Any number of threads may use one.
public final class HandleSeal {

    /// Bytes of a sealed handle: key, slot, generation, 128 bits of HMAC-SHA256.
    public static final int BYTES = 28;

    private static final int TAG_BYTES = 16;

    /// Parts these codes from those of tokens, which are made with the same keys.
    private static final byte[] LABEL = "qmk handle 1".getBytes(StandardCharsets.US_ASCII);

    private final KeyRing ring;

    public HandleSeal(KeyRing ring) {
        this.ring = ring;
    }

    public byte[] seal(
            TenantId tenant, SessionId session, Capability kind, CapabilityHandle handle) {
        SealingKey key = ring.current();
        ByteBuffer sealed = ByteBuffer.allocate(BYTES);
        sealed.putInt(key.id()).putInt(handle.slot()).putInt(handle.generation());
        byte[] code = code(key.mac(), tenant, session, kind, handle.slot(), handle.generation());
        return sealed.put(code, 0, TAG_BYTES).array();
    }

    /// The sealed handle as text: `qmkh1.` and 38 letters, digits, `-` and `_`.
    public String sealText(
            TenantId tenant, SessionId session, Capability kind, CapabilityHandle handle) {
        return WireText.HANDLE.write(seal(tenant, session, kind, handle));
    }

    /// The handle, if it was sealed for this tenant, session and kind with a key of the ring.
    /// Whatever else it is, the answer is nothing. Whether the handle still names a capability is
    /// for the kernel to say.
    public Optional<CapabilityHandle> open(
            TenantId tenant, SessionId session, Capability kind, byte[] sealed) {
        if (sealed.length != BYTES) return Optional.empty();
        ByteBuffer fields = ByteBuffer.wrap(sealed);
        Optional<SealingKey> key = ring.find(fields.getInt());
        if (key.isEmpty()) return Optional.empty();
        int slot = fields.getInt();
        int generation = fields.getInt();
        byte[] code = code(key.get().mac(), tenant, session, kind, slot, generation);
        byte[] expected = Arrays.copyOf(code, TAG_BYTES);
        byte[] found = Arrays.copyOfRange(sealed, BYTES - TAG_BYTES, BYTES);
        return MessageDigest.isEqual(expected, found)
                ? Optional.of(new CapabilityHandle(slot, generation))
                : Optional.empty();
    }

    /// As `open` of bytes, for the text that `sealText` makes.
    public Optional<CapabilityHandle> open(
            TenantId tenant, SessionId session, Capability kind, String text) {
        if (text.length() > WireText.HANDLE.lengthMax(BYTES)) return Optional.empty();
        return WireText.HANDLE.read(text).flatMap(bytes -> open(tenant, session, kind, bytes));
    }

    private static byte[] code(
            Mac mac,
            TenantId tenant,
            SessionId session,
            Capability kind,
            int slot,
            int generation) {
        ByteBuffer message = ByteBuffer.allocate(LABEL.length + 4 * Integer.BYTES + 1);
        message.put(LABEL).putInt(tenant.number()).putInt(session.number());
        message.put((byte) CapabilityCode.of(kind)).putInt(slot).putInt(generation);
        return mac.doFinal(message.array());
    }
}
