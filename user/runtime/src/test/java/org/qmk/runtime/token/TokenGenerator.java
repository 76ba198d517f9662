package org.qmk.runtime.token;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// Keys, delegations, caveats and presenters from a seed. Few tenants and sessions, so that they
/// meet often.
final class TokenGenerator {
    private static final int NUMBERS = 4;
    private final SplittableRandom random;

    TokenGenerator(long seed) {
        random = new SplittableRandom(seed);
    }

    static SealingKey key(int id, int first) {
        byte[] secret = new byte[SealingKey.SECRET_BYTES];
        for (int i = 0; i < secret.length; i++) secret[i] = (byte) (first + i);
        return new SealingKey(id, secret);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    SealingKey key(int id) {
        byte[] secret = new byte[SealingKey.SECRET_BYTES];
        random.nextBytes(secret);
        return new SealingKey(id, secret);
    }

    Word128 nonce() {
        return new Word128(random.nextLong(), random.nextLong());
    }

    TenantId tenant() {
        return new TenantId(1 + random.nextInt(NUMBERS));
    }

    SessionId session() {
        return new SessionId(1 + random.nextInt(NUMBERS));
    }

    CapabilityHandle handle() {
        return new CapabilityHandle(anySize(), anySize());
    }

    Capability kind() {
        return Capability.values()[random.nextInt(Capability.values().length)];
    }

    EnumSet<Capability> rights() {
        EnumSet<Capability> rights = EnumSet.of(kind());
        for (Capability capability : Capability.values()) {
            if (random.nextBoolean()) rights.add(capability);
        }
        return rights;
    }

    Holder holder() {
        return new Holder("%064x".formatted(random.nextInt(NUMBERS)));
    }

    /// With one key or none.
    Presenter presenter() {
        return new Presenter(
                tenant(), session(), random.nextBoolean() ? Set.of() : Set.of(holder()));
    }

    Delegation delegation() {
        return new Delegation(tenant(), session(), handle(), rights());
    }

    Caveat caveat() {
        return switch (random.nextInt(8)) {
            case 0 -> {
                Set<TenantId> tenants = new HashSet<>(Set.of(tenant()));
                while (random.nextInt(4) > 0) tenants.add(tenant());
                if (random.nextBoolean()) tenants.add(new TenantId(1 + anySize() / 2));
                yield new Caveat.Tenants(tenants);
            }
            case 1 -> new Caveat.Ops(rights());
            case 2 -> new Caveat.Epoch(random.nextLong() >>> 1 + random.nextInt(63));
            case 3 -> new Caveat.Quota(1 + (random.nextLong() >>> 2 + random.nextInt(62)));
            case 4 -> new Caveat.Qubits(anySize());
            case 5 -> new Caveat.TenantAudience(tenant());
            case 6 -> new Caveat.SessionAudience(tenant(), session());
            default -> new Caveat.HeldBy(holder());
        };
    }

    List<Caveat> caveats(int most) {
        List<Caveat> caveats = new ArrayList<>();
        for (int i = random.nextInt(most + 1); i > 0; i--) caveats.add(caveat());
        return caveats;
    }

    static DelegationToken restrict(DelegationToken token, List<Caveat> caveats) {
        for (Caveat caveat : caveats) token = token.restrict(caveat).orElseThrow();
        return token;
    }

    /// A number whose CBOR takes any of the lengths.
    private int anySize() {
        return random.nextInt() >>> 1 + random.nextInt(31);
    }
}
