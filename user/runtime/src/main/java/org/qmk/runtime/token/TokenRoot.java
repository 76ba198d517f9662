package org.qmk.runtime.token;

import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;

/// The first block of a token, the only one that is signed with a key of the edge.
record TokenRoot(int keyId, Word128 nonce, Delegation delegation) {
    static final int BYTES_MAX = 64;
    private static final int FIELDS = 7;

    byte[] encode() {
        return new CborWriter()
                .array(FIELDS)
                .unsigned(keyId)
                .bytes(nonce.bytes())
                .unsigned(delegation.tenant().number())
                .unsigned(delegation.session().number())
                .unsigned(delegation.handle().slot())
                .unsigned(delegation.handle().generation())
                .unsigned(CapabilityCode.mask(delegation.rights()))
                .toBytes();
    }

    static TokenRoot decode(byte[] block) throws CborReader.Malformed {
        CborReader in = new CborReader(block);
        in.array(FIELDS, FIELDS);
        int keyId = in.unsignedInt(0, Integer.MAX_VALUE);
        Word128 nonce = Word128.of(in.bytes(Word128.BYTES, Word128.BYTES));
        TenantId tenant = new TenantId(in.unsignedInt(1, Integer.MAX_VALUE));
        SessionId session = new SessionId(in.unsignedInt(1, Integer.MAX_VALUE));
        int slot = in.unsignedInt(0, Integer.MAX_VALUE);
        int generation = in.unsignedInt(0, Integer.MAX_VALUE);
        int rights = CaveatBlock.rights(in);
        in.end();
        return new TokenRoot(
                keyId,
                nonce,
                new Delegation(
                        tenant,
                        session,
                        new CapabilityHandle(slot, generation),
                        CapabilityCode.set(rights)));
    }
}
