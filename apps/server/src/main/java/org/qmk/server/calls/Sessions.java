package org.qmk.server.calls;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Family;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.Engine;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.CloseSessionReply;
import org.qmk.wire.v1.CloseSessionRequest;
import org.qmk.wire.v1.NegotiateCapsReply;
import org.qmk.wire.v1.NegotiateCapsRequest;

/// Sessions: a tenant names its own by their numbers, from 1. The first is opened with the tenant
/// and serves the calls that name none.
final class Sessions {

    /// The version of qSyscall.
    static final String VERSION = "1";

    /// Names of version 0.1 that gate nothing: whoever may call has them.
    private static final Set<String> ALWAYS = Set.of("CAP_COMPUTE", "CAP_MEASURE");

    private static final List<String> FEATURES =
            List.of("idempotency", "watch", "tokens", "channels", "audit-proof");

    private final Engine engine;
    private final Accounts accounts;

    Sessions(Engine engine, Accounts accounts) {
        this.engine = engine;
        this.accounts = accounts;
    }

    NegotiateCapsReply negotiate(Caller caller, NegotiateCapsRequest request) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        if (request.getVersionsCount() > 0 && !request.getVersionsList().contains(VERSION)) {
            throw ServerRule.VERSION.refused(String.join(", ", request.getVersionsList()), VERSION);
        }
        List<String> families = new ArrayList<>();
        for (Family family : Family.values()) families.add(family.text());
        for (String family : request.getFamiliesList()) {
            if (families.contains(family)) continue;
            throw ServerRule.FAMILY.refused(family, String.join(", ", families));
        }
        Directory.Entry entry = entry(tenant);
        EnumSet<Capability> allowed = settings(entry.name()).capabilities();
        EnumSet<Capability> wanted = EnumSet.noneOf(Capability.class);
        TreeSet<String> granted = new TreeSet<>();
        TreeSet<String> denied = new TreeSet<>();
        for (String name : request.getRequestedList()) {
            Optional<Capability> known = Capability.of(name);
            if (ALWAYS.contains(name)) granted.add(name);
            else if (known.filter(allowed::contains).isPresent()) wanted.add(known.get());
            else denied.add(name);
        }
        if (request.getRequestedCount() == 0) wanted = allowed;
        SessionId session = open(tenant, wanted);
        for (Capability capability : wanted) granted.add(capability.text());
        List<Optional<SessionId>> all = entry(tenant).sessions();
        var quotas = entry.terms().quotas();
        var reply = NegotiateCapsReply.newBuilder();
        if (quotas.blocks() < Integer.MAX_VALUE) reply.setQuotaBlocks(quotas.blocks());
        return reply.setSessionId(Integer.toString(all.indexOf(Optional.of(session)) + 1))
                .setTenant(entry.name())
                .addAllGranted(granted)
                .addAllDenied(denied)
                .setVersion(VERSION)
                .addAllFamilies(families)
                .addAllFeatures(FEATURES)
                .setQuotaJobs(quotas.jobs())
                .build();
    }

    CloseSessionReply close(Caller caller, CloseSessionRequest request) throws CallRefused {
        SessionId session = of(caller, request.getSessionId());
        if (entry(caller.requireTenant()).session(1).equals(Optional.of(session))) {
            throw ServerRule.FIRST_SESSION.refused();
        }
        Answers.of(() -> engine.ask(new Input.CloseSession(session)));
        return CloseSessionReply.getDefaultInstance();
    }

    /// Opens a session that holds the capabilities.
    SessionId open(TenantId tenant, Set<Capability> capabilities) throws CallRefused {
        Notice opened = Answers.of(() -> engine.ask(new Input.OpenSession(tenant))).getFirst();
        SessionId session = ((Notice.SessionOpened) opened).session();
        for (Capability capability : capabilities) {
            Answers.of(() -> engine.ask(new Input.Grant(session, capability)));
        }
        return session;
    }

    /// The session of the caller that is named; the first where none is.
    SessionId of(Caller caller, String name) throws CallRefused {
        Directory.Entry entry = entry(caller.requireTenant());
        return entry.session(name.isEmpty() ? 1 : number(name))
                .orElseThrow(
                        () ->
                                Answers.refused(
                                        Refusal.SESSION_UNKNOWN,
                                        "there is no open session of that name; open one with"
                                                + " q_negotiate_caps"));
    }

    /// 0, which no session has, for what is no number.
    private static long number(String name) {
        if (name.length() > 10 || !name.chars().allMatch(c -> c >= '0' && c <= '9')) return 0;
        return Long.parseLong(name);
    }

    Directory.Entry entry(TenantId tenant) {
        return engine.directory().find(tenant).orElseThrow();
    }

    Accounts.Settings settings(String tenant) {
        return accounts.settings(tenant)
                .orElse(new Accounts.Settings(EnumSet.noneOf(Capability.class), 0));
    }
}
