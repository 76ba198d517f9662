package org.qmk.server.calls;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.Held;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;
import org.qmk.runtime.token.Bound;
import org.qmk.runtime.token.Caveat;
import org.qmk.runtime.token.Delegation;
import org.qmk.runtime.token.DelegationToken;
import org.qmk.runtime.token.HandleSeal;
import org.qmk.runtime.token.KeyRing;
import org.qmk.runtime.token.Presenter;
import org.qmk.runtime.token.TokenMint;
import org.qmk.runtime.token.TokenRefused;
import org.qmk.runtime.token.TokenVerdict;
import org.qmk.runtime.token.Word128;
import org.qmk.server.engine.Engine;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.AllocRequest;
import org.qmk.wire.v1.BoundsFields;
import org.qmk.wire.v1.CapabilityReply;
import org.qmk.wire.v1.CapsReply;
import org.qmk.wire.v1.CapsRequest;
import org.qmk.wire.v1.DeriveRequest;
import org.qmk.wire.v1.GrantReply;
import org.qmk.wire.v1.GrantRequest;
import org.qmk.wire.v1.RedeemRequest;
import org.qmk.wire.v1.ReleaseReply;
import org.qmk.wire.v1.ReleaseRequest;
import org.qmk.wire.v1.RevokeReply;
import org.qmk.wire.v1.RevokeRequest;

/// CapabilityCalls: sealed on their way out, opened on their way in, decided on by the kernel.
final class CapabilityCalls {

    /// A session's capability, as the kernel knows it.
    private record Found(SessionId session, Held held) {}

    private final Engine engine;
    private final Sessions sessions;
    private final Accounts accounts;
    private final HandleSeal seal;
    private final TokenMint mint;
    private final SecureRandom random = new SecureRandom();

    CapabilityCalls(Engine engine, Sessions sessions, Accounts accounts, KeyRing ring) {
        this.engine = engine;
        this.sessions = sessions;
        this.accounts = accounts;
        this.seal = new HandleSeal(ring);
        this.mint = new TokenMint(ring);
    }

    CapsReply list(Caller caller, CapsRequest request) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        SessionId session = sessions.of(caller, request.getSessionId());
        var reply = CapsReply.newBuilder();
        for (Held held : held(session)) reply.addCapabilities(reply(tenant, session, held));
        return reply.build();
    }

    CapabilityReply alloc(Caller caller, AllocRequest request) throws CallRefused {
        SessionId session = sessions.of(caller, request.getSessionId());
        long qubits = request.getQubits();
        if (qubits <= 0) {
            throw ServerRule.QUBITS.refused(Long.toUnsignedString(qubits));
        }
        Held wide = null;
        for (Held held : held(session)) {
            if (held.kind() != Capability.ALLOC || !held.bounds().delegable()) continue;
            if (wide == null || held.bounds().amountMax() > wide.bounds().amountMax()) wide = held;
        }
        if (wide == null) {
            throw Answers.refused(
                    Refusal.CAPABILITY_MISSING,
                    "the session does not hold a CAP_ALLOC that others may be derived from");
        }
        var of = wide.bounds();
        var bounds = new Bounds(qubits, of.lastEpoch(), of.uses(), false);
        return derive(caller.requireTenant(), session, wide, session, bounds);
    }

    ReleaseReply release(Caller caller, ReleaseRequest request) throws CallRefused {
        Found found = open(caller, request.getSessionId(), request.getHandle());
        revoke(found);
        return ReleaseReply.getDefaultInstance();
    }

    RevokeReply revoke(Caller caller, RevokeRequest request) throws CallRefused {
        revoke(open(caller, request.getSessionId(), request.getHandle()));
        return RevokeReply.getDefaultInstance();
    }

    private void revoke(Found found) throws CallRefused {
        var input = new Input.Revoke(found.session(), found.held().handle());
        Answers.of(() -> engine.ask(input));
    }

    CapabilityReply derive(Caller caller, DeriveRequest request) throws CallRefused {
        Found found = open(caller, request.getSessionId(), request.getHandle());
        Bounds bounds = bounds(request.getBounds(), found.held().bounds());
        SessionId session = found.session();
        return derive(caller.requireTenant(), session, found.held(), session, bounds);
    }

    GrantReply grant(Caller caller, GrantRequest request) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        Found found = open(caller, request.getSessionId(), request.getHandle());
        Bounds bounds = bounds(request.getBounds(), found.held().bounds());
        if (!request.getToSessionId().isEmpty()) {
            SessionId to = sessions.of(caller, request.getToSessionId());
            CapabilityReply given = derive(tenant, found.session(), found.held(), to, bounds);
            return GrantReply.newBuilder().setCapability(given).build();
        }
        return GrantReply.newBuilder().setToken(token(tenant, found, bounds, request)).build();
    }

    private String token(TenantId tenant, Found found, Bounds bounds, GrantRequest request)
            throws CallRefused {
        Set<TenantId> admitted = new TreeSet<>(java.util.Comparator.comparing(TenantId::number));
        for (String name : request.getTenantsList()) {
            admitted.add(
                    engine.directory()
                            .find(name)
                            .orElseThrow(() -> notFound("the tenant " + name))
                            .id());
        }
        if (admitted.isEmpty()) {
            throw ServerRule.TOKEN_TENANTS.refused(Caveat.TENANTS_MAX);
        }
        Capability kind = found.held().kind();
        var delegation =
                new Delegation(tenant, found.session(), found.held().handle(), EnumSet.of(kind));
        List<Caveat> caveats = new ArrayList<>();
        caveats.add(new Caveat.Tenants(admitted));
        if (bounds.lastEpoch() != Long.MAX_VALUE) {
            caveats.add(new Caveat.Epoch(bounds.lastEpoch()));
        }
        if (bounds.uses() != Long.MAX_VALUE && bounds.uses() > 0) {
            caveats.add(new Caveat.Quota(bounds.uses()));
        }
        if (bounds.amountMax() <= Integer.MAX_VALUE) {
            caveats.add(new Caveat.Qubits((int) bounds.amountMax()));
        }
        DelegationToken token = mint.mint(delegation, Word128.fresh(random));
        for (Caveat caveat : caveats) token = token.restrict(caveat).orElseThrow();
        return token.text();
    }

    CapabilityReply redeem(Caller caller, RedeemRequest request) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        SessionId session = sessions.of(caller, request.getSessionId());
        var presenter = new Presenter(tenant, session, Set.of());
        return switch (mint.open(request.getToken(), presenter)) {
            case TokenRefused refused ->
                    throw new CallRefused(
                            CallError.INSUFFICIENT_CAPS,
                            refused.refusal().code(),
                            refused.message());
            case TokenVerdict.Opened opened -> redeem(tenant, session, opened, request);
        };
    }

    private CapabilityReply redeem(
            TenantId tenant, SessionId session, TokenVerdict.Opened opened, RedeemRequest request)
            throws CallRefused {
        Bound bound = opened.bound();
        Optional<Capability> wanted =
                request.getCapability().isEmpty()
                        ? bound.rights().stream().findFirst()
                        : Capability.of(request.getCapability()).filter(bound.rights()::contains);
        if (wanted.isEmpty()) throw notFound("the right " + request.getCapability());
        Delegation delegation = opened.delegation();
        if (!accounts.spend(opened.allowances())) {
            throw ServerRule.TOKEN_SPENT.refused();
        }
        long amount = wanted.get() == Capability.ALLOC ? bound.qubitsMax() : Long.MAX_VALUE;
        var bounds = new Bounds(amount, bound.lastEpoch(), 1, false);
        if (bound.usesMax() == Bound.UNLIMITED) {
            bounds = new Bounds(amount, bound.lastEpoch(), Long.MAX_VALUE, false);
        }
        Bounds asked = narrowed(delegation, bounds);
        var input = new Input.Derive(delegation.session(), delegation.handle(), session, asked);
        List<Notice> notices = Answers.of(() -> engine.ask(input));
        return reply(tenant, session, new Held(handle(notices), wanted.get(), asked));
    }

    /// Not wider than what the capability has left: a token that says less does not say more.
    private Bounds narrowed(Delegation delegation, Bounds wanted) throws CallRefused {
        for (Held held : held(delegation.session())) {
            if (!held.handle().equals(delegation.handle())) continue;
            Bounds of = held.bounds();
            return new Bounds(
                    Math.min(wanted.amountMax(), of.amountMax()),
                    Math.min(wanted.lastEpoch(), of.lastEpoch()),
                    Math.min(wanted.uses(), of.uses()),
                    false);
        }
        return wanted;
    }

    private CapabilityReply derive(
            TenantId tenant, SessionId session, Held from, SessionId to, Bounds bounds)
            throws CallRefused {
        var input = new Input.Derive(session, from.handle(), to, bounds);
        List<Notice> notices = Answers.of(() -> engine.ask(input));
        return reply(tenant, to, new Held(handle(notices), from.kind(), bounds));
    }

    private static CapabilityHandle handle(List<Notice> notices) {
        if (notices.getFirst() instanceof Notice.Granted(var _, var handle)) return handle;
        throw new IllegalStateException("a derivation was answered " + notices);
    }

    private List<Held> held(SessionId session) throws CallRefused {
        return Answers.of(() -> engine.look(kernel -> kernel.held(session)));
    }

    /// One answer for what is forged, another's, or gone.
    private Found open(Caller caller, String sessionName, String text) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        SessionId session = sessions.of(caller, sessionName);
        for (Held held : held(session)) {
            var opened = seal.open(tenant, session, held.kind(), text);
            if (opened.equals(Optional.of(held.handle()))) return new Found(session, held);
        }
        throw Answers.refused(
                Refusal.CAPABILITY_UNKNOWN, "the handle names no capability of this session");
    }

    /// What is absent is as in the parent, except that nothing more can be derived.
    private static Bounds bounds(BoundsFields fields, Bounds parent) {
        return new Bounds(
                fields.hasAmount() ? Unsigned.whole(fields.getAmount()) : parent.amountMax(),
                fields.hasLastEpoch() ? Unsigned.whole(fields.getLastEpoch()) : parent.lastEpoch(),
                fields.hasUses() ? Unsigned.whole(fields.getUses()) : parent.uses(),
                fields.getDelegable());
    }

    private CapabilityReply reply(TenantId tenant, SessionId session, Held held) {
        Bounds bounds = held.bounds();
        var fields = BoundsFields.newBuilder().setDelegable(bounds.delegable());
        if (bounds.amountMax() != Long.MAX_VALUE) fields.setAmount(bounds.amountMax());
        if (bounds.lastEpoch() != Long.MAX_VALUE) fields.setLastEpoch(bounds.lastEpoch());
        if (bounds.uses() != Long.MAX_VALUE) fields.setUses(bounds.uses());
        return CapabilityReply.newBuilder()
                .setHandle(seal.sealText(tenant, session, held.kind(), held.handle()))
                .setCapability(held.kind().text())
                .setBounds(fields)
                .build();
    }

    private static CallRefused notFound(String what) {
        return ServerRule.TOKEN_PART.refused(what);
    }
}
