package org.qmk.server.calls;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.Capability;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.Engine;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.CreateKeyRequest;
import org.qmk.wire.v1.CreateTenantRequest;
import org.qmk.wire.v1.DrainReply;
import org.qmk.wire.v1.DrainRequest;
import org.qmk.wire.v1.KeyReply;
import org.qmk.wire.v1.RevokeKeyReply;
import org.qmk.wire.v1.RevokeKeyRequest;
import org.qmk.wire.v1.SetTenantRequest;
import org.qmk.wire.v1.TenantReply;
import org.qmk.wire.v1.TenantsReply;
import org.qmk.wire.v1.TenantsRequest;

/// What administrators do: tenants and their keys, and draining.
final class Administration {

    private static final int JOBS_DEFAULT = 1_000;

    private final Engine engine;
    private final Sessions sessions;
    private final Accounts accounts;
    private final int requestsPerSecond;

    /// @param requestsPerSecond of a tenant for which nothing else is said
    Administration(Engine engine, Sessions sessions, Accounts accounts, int requestsPerSecond) {
        this.engine = engine;
        this.sessions = sessions;
        this.accounts = accounts;
        this.requestsPerSecond = requestsPerSecond;
    }

    TenantReply create(CreateTenantRequest request) throws CallRefused {
        add(request);
        Accounts.NewKey key = accounts.createKey(Optional.of(request.getName()));
        return reply(entry(request.getName())).toBuilder().setApiKey(key.text()).build();
    }

    /// A tenant without a key.
    void add(CreateTenantRequest request) throws CallRefused {
        var quotas =
                new Quotas(
                        request.hasQuotaBlocks()
                                ? Unsigned.whole(request.getQuotaBlocks())
                                : Integer.MAX_VALUE,
                        request.hasQuotaJobs()
                                ? Unsigned.whole(request.getQuotaJobs())
                                : JOBS_DEFAULT);
        int weight = request.getWeight() == 0 ? 1 : request.getWeight();
        Terms terms = terms(weight, quotas, false);
        EnumSet<Capability> capabilities = capabilities(request.getCapabilitiesList());
        int rate =
                request.hasRequestsPerSecond()
                        ? rate(request.getRequestsPerSecond())
                        : requestsPerSecond;
        // Settings first: a tenant without them could do nothing, settings without tenant harm
        // nobody.
        if (engine.directory().find(request.getName()).isEmpty()) {
            accounts.put(request.getName(), new Accounts.Settings(capabilities, rate));
        }
        var input = new Input.AddTenant(request.getName(), terms);
        Notice added = Answers.of(() -> engine.ask(input)).getFirst();
        TenantId tenant = ((Notice.TenantAdded) added).tenant();
        sessions.open(tenant, capabilities);
    }

    TenantReply set(SetTenantRequest request) throws CallRefused {
        Directory.Entry entry = entry(request.getName());
        Terms old = entry.terms();
        var quotas =
                new Quotas(
                        request.hasQuotaBlocks()
                                ? Unsigned.whole(request.getQuotaBlocks())
                                : old.quotas().blocks(),
                        request.hasQuotaJobs()
                                ? Unsigned.whole(request.getQuotaJobs())
                                : old.quotas().jobs());
        Terms terms =
                terms(
                        request.hasWeight() ? request.getWeight() : old.weight(),
                        quotas,
                        request.hasSuspended() ? request.getSuspended() : old.suspended());
        if (request.hasRequestsPerSecond()) {
            var capabilities = sessions.settings(entry.name()).capabilities();
            int rate = rate(request.getRequestsPerSecond());
            accounts.put(entry.name(), new Accounts.Settings(capabilities, rate));
        }
        Answers.of(() -> engine.ask(new Input.SetTenant(entry.id(), terms)));
        return reply(entry(request.getName()));
    }

    TenantsReply list(TenantsRequest request) {
        var reply = TenantsReply.newBuilder();
        for (Directory.Entry entry : engine.directory().all()) reply.addTenants(reply(entry));
        return reply.build();
    }

    KeyReply createKey(CreateKeyRequest request) throws CallRefused {
        if (request.getAdmin() != request.getTenant().isEmpty()) {
            throw ServerRule.KEY_OWNER.refused();
        }
        Optional<String> tenant = Optional.empty();
        if (!request.getAdmin()) tenant = Optional.of(entry(request.getTenant()).name());
        Accounts.NewKey made = accounts.createKey(tenant);
        return reply(made.key()).setApiKey(made.text()).build();
    }

    RevokeKeyReply revokeKey(RevokeKeyRequest request) throws CallRefused {
        if (accounts.revokeKey(request.getKeyId())) return RevokeKeyReply.getDefaultInstance();
        throw ServerRule.KEY_UNKNOWN.refused();
    }

    DrainReply drain(DrainRequest request) {
        engine.drain(request.getOn());
        var view = engine.view();
        return DrainReply.newBuilder().setJobsLeft(view.running() + view.queued()).build();
    }

    private Directory.Entry entry(String name) throws CallRefused {
        return engine.directory()
                .find(name)
                .orElseThrow(
                        () ->
                                Answers.refused(
                                        Refusal.TENANT_UNKNOWN,
                                        "there is no such tenant; list them with q_tenants"));
    }

    private static Terms terms(int weight, Quotas quotas, boolean suspended) throws CallRefused {
        if (weight < 1 || weight > Terms.WEIGHT_MAX) {
            throw ServerRule.WEIGHT.refused(Integer.toUnsignedString(weight), Terms.WEIGHT_MAX);
        }
        return new Terms(weight, quotas, suspended);
    }

    private static int rate(int asked) throws CallRefused {
        if (asked != 0) return Unsigned.whole(asked);
        throw ServerRule.RATE_OF_NOTHING.refused();
    }

    private static EnumSet<Capability> capabilities(List<String> names) throws CallRefused {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (String name : names) {
            Optional<Capability> known = Capability.of(name);
            if (known.isEmpty() || known.get() == Capability.ADMIN) {
                throw ServerRule.TENANT_CAPABILITY.refused(name);
            }
            capabilities.add(known.get());
        }
        if (names.isEmpty()) capabilities = EnumSet.complementOf(EnumSet.of(Capability.ADMIN));
        return capabilities;
    }

    private TenantReply reply(Directory.Entry entry) {
        var terms = entry.terms();
        Accounts.Settings settings = sessions.settings(entry.name());
        var reply =
                TenantReply.newBuilder()
                        .setName(entry.name())
                        .setWeight(terms.weight())
                        .setQuotaJobs(terms.quotas().jobs())
                        .setSuspended(terms.suspended())
                        .setRequestsPerSecond(settings.requestsPerSecond())
                        .setJobs(engine.ledger().inFlight(entry.id()).size());
        if (terms.quotas().blocks() < Integer.MAX_VALUE) {
            reply.setQuotaBlocks(terms.quotas().blocks());
        }
        for (Capability capability : settings.capabilities()) {
            reply.addCapabilities(capability.text());
        }
        for (Accounts.Key key : accounts.keys(Optional.of(entry.name()))) {
            reply.addKeys(reply(key));
        }
        return reply.build();
    }

    private static KeyReply.Builder reply(Accounts.Key key) {
        return KeyReply.newBuilder()
                .setKeyId(key.id())
                .setTenant(key.tenant().orElse(""))
                .setAdmin(key.tenant().isEmpty())
                .setRevoked(key.revoked());
    }
}
