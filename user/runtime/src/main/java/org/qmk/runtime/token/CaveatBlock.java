package org.qmk.runtime.token;

import java.util.Set;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// A caveat as the bytes of a block: an array of its type and its value.
final class CaveatBlock {
    static final int BYTES_MAX = 512;

    private static final int TENANTS = 1;
    private static final int OPS = 2;
    private static final int EPOCH = 3;
    private static final int QUOTA = 4;
    private static final int QUBITS = 5;
    private static final int AUDIENCE = 6;
    private static final int HOLDER = 7;

    /// The block is in order as far as its type, which is none that we know.
    static final class UnknownType extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownType() {
            super("unknown type", null, false, false);
        }
    }

    private CaveatBlock() {}

    static byte[] encode(Caveat caveat) {
        CborWriter out = new CborWriter().array(2);
        switch (caveat) {
            case Caveat.Tenants(Set<TenantId> tenants) -> {
                out.unsigned(TENANTS).array(tenants.size());
                tenants.stream().mapToInt(TenantId::number).sorted().forEach(out::unsigned);
            }
            case Caveat.Ops(Set<Capability> rights) ->
                    out.unsigned(OPS).unsigned(CapabilityCode.mask(rights));
            case Caveat.Epoch(long last) -> out.unsigned(EPOCH).unsigned(last);
            case Caveat.Quota(long uses) -> out.unsigned(QUOTA).unsigned(uses);
            case Caveat.Qubits(int most) -> out.unsigned(QUBITS).unsigned(most);
            case Caveat.TenantAudience(TenantId tenant) ->
                    out.unsigned(AUDIENCE).array(1).unsigned(tenant.number());
            case Caveat.SessionAudience(TenantId tenant, SessionId session) ->
                    out.unsigned(AUDIENCE)
                            .array(2)
                            .unsigned(tenant.number())
                            .unsigned(session.number());
            case Caveat.HeldBy(Holder holder) -> out.unsigned(HOLDER).bytes(holder.bytes());
        }
        return out.toBytes();
    }

    static Caveat decode(byte[] block) throws CborReader.Malformed, UnknownType {
        CborReader in = new CborReader(block);
        in.array(2, 2);
        int type = in.unsignedInt(0, Integer.MAX_VALUE);
        Caveat caveat =
                switch (type) {
                    case TENANTS -> tenants(in);
                    case OPS -> new Caveat.Ops(CapabilityCode.set(rights(in)));
                    case EPOCH -> new Caveat.Epoch(in.unsigned(0, Long.MAX_VALUE));
                    case QUOTA -> new Caveat.Quota(in.unsigned(1, Long.MAX_VALUE));
                    case QUBITS -> new Caveat.Qubits(in.unsignedInt(0, Integer.MAX_VALUE));
                    case AUDIENCE -> audience(in);
                    case HOLDER ->
                            new Caveat.HeldBy(Holder.of(in.bytes(Holder.BYTES, Holder.BYTES)));
                    default -> throw new UnknownType();
                };
        in.end();
        return caveat;
    }

    /// Bits of one right at least and of none that we do not know.
    static int rights(CborReader in) throws CborReader.Malformed {
        int start = in.offset();
        int mask = in.unsignedInt(1, CapabilityCode.MASK);
        if ((mask & ~CapabilityCode.MASK) != 0) throw new CborReader.Malformed(start);
        return mask;
    }

    private static Caveat tenants(CborReader in) throws CborReader.Malformed {
        int size = in.array(1, Caveat.TENANTS_MAX);
        TenantId[] tenants = new TenantId[size];
        int before = 0;
        for (int i = 0; i < size; i++) {
            int start = in.offset();
            int number = in.unsignedInt(1, Integer.MAX_VALUE);
            if (number <= before) throw new CborReader.Malformed(start);
            before = number;
            tenants[i] = new TenantId(number);
        }
        return new Caveat.Tenants(Set.of(tenants));
    }

    private static Caveat audience(CborReader in) throws CborReader.Malformed {
        int size = in.array(1, 2);
        TenantId tenant = new TenantId(in.unsignedInt(1, Integer.MAX_VALUE));
        if (size == 1) return new Caveat.TenantAudience(tenant);
        return new Caveat.SessionAudience(
                tenant, new SessionId(in.unsignedInt(1, Integer.MAX_VALUE)));
    }
}
