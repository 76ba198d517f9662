package org.qmk.runtime.token;

import java.util.EnumSet;
import java.util.Set;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// What a token allows: the intersection of all its caveats.
///
/// @param tenants whose sessions may use it
/// @param sessions which sessions may
/// @param holders which keys' owners may
/// @param rights what it gives; in the order of the table
/// @param lastEpoch the last epoch in which it holds; `UNLIMITED` without an end
/// @param usesMax the most uses; `UNLIMITED` without a count
/// @param qubitsMax the most logical qubits at once; `UNLIMITED` without a limit
public record Bound(
        Allowed<TenantId> tenants,
        Allowed<SessionId> sessions,
        Allowed<Holder> holders,
        EnumSet<Capability> rights,
        long lastEpoch,
        long usesMax,
        long qubitsMax) {

    public static final long UNLIMITED = Long.MAX_VALUE;

    public Bound {
        rights = EnumSet.copyOf(rights);
    }

    /// What a token allows that nobody restricted.
    static Bound of(Set<Capability> rights) {
        return new Bound(
                new Allowed.Any<>(),
                new Allowed.Any<>(),
                new Allowed.Any<>(),
                EnumSet.copyOf(rights),
                UNLIMITED,
                UNLIMITED,
                UNLIMITED);
    }

    /// A copy.
    @Override
    public EnumSet<Capability> rights() {
        return EnumSet.copyOf(rights);
    }

    public Bound and(Caveat caveat) {
        return switch (caveat) {
            case Caveat.Tenants(Set<TenantId> those) ->
                    with(tenants.and(those), sessions, holders, rights);
            case Caveat.TenantAudience(TenantId tenant) ->
                    with(tenants.and(Set.of(tenant)), sessions, holders, rights);
            case Caveat.SessionAudience(TenantId tenant, SessionId session) ->
                    with(
                            tenants.and(Set.of(tenant)),
                            sessions.and(Set.of(session)),
                            holders,
                            rights);
            case Caveat.HeldBy(Holder holder) ->
                    with(tenants, sessions, holders.and(Set.of(holder)), rights);
            case Caveat.Ops(Set<Capability> those) -> {
                EnumSet<Capability> both = EnumSet.copyOf(rights);
                both.retainAll(those);
                yield with(tenants, sessions, holders, both);
            }
            case Caveat.Epoch(long last) -> with(Math.min(lastEpoch, last), usesMax, qubitsMax);
            case Caveat.Quota(long uses) -> with(lastEpoch, Math.min(usesMax, uses), qubitsMax);
            case Caveat.Qubits(int most) -> with(lastEpoch, usesMax, Math.min(qubitsMax, most));
        };
    }

    /// Whether he is one of those who may use it.
    public boolean admits(Presenter presenter) {
        return tenants.allows(presenter.tenant())
                && sessions.allows(presenter.session())
                && (holders instanceof Allowed.Any<Holder>
                        || presenter.holders().stream().anyMatch(holders::allows));
    }

    /// Whether the other allows everything that this allows.
    public boolean isWithin(Bound other) {
        return tenants.isWithin(other.tenants)
                && sessions.isWithin(other.sessions)
                && holders.isWithin(other.holders)
                && other.rights.containsAll(rights)
                && lastEpoch <= other.lastEpoch
                && usesMax <= other.usesMax
                && qubitsMax <= other.qubitsMax;
    }

    private Bound with(
            Allowed<TenantId> tenants,
            Allowed<SessionId> sessions,
            Allowed<Holder> holders,
            EnumSet<Capability> rights) {
        return new Bound(tenants, sessions, holders, rights, lastEpoch, usesMax, qubitsMax);
    }

    private Bound with(long lastEpoch, long usesMax, long qubitsMax) {
        return new Bound(tenants, sessions, holders, rights, lastEpoch, usesMax, qubitsMax);
    }
}
