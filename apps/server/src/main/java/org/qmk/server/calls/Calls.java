package org.qmk.server.calls;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.qmk.runtime.token.KeyRing;
import org.qmk.server.engine.Engine;
import org.qmk.wire.CallRefused;
import org.qmk.wire.RpcCall;
import org.qmk.wire.v1.AllocRequest;
import org.qmk.wire.v1.CapsRequest;
import org.qmk.wire.v1.ChannelRequest;
import org.qmk.wire.v1.CloseSessionRequest;
import org.qmk.wire.v1.CreateKeyRequest;
import org.qmk.wire.v1.CreateTenantRequest;
import org.qmk.wire.v1.DeriveRequest;
import org.qmk.wire.v1.DrainRequest;
import org.qmk.wire.v1.GrantRequest;
import org.qmk.wire.v1.JobRequest;
import org.qmk.wire.v1.JobsRequest;
import org.qmk.wire.v1.MigrateRequest;
import org.qmk.wire.v1.NegotiateCapsRequest;
import org.qmk.wire.v1.OpenChanRequest;
import org.qmk.wire.v1.RedeemRequest;
import org.qmk.wire.v1.ReleaseRequest;
import org.qmk.wire.v1.ReplayRequest;
import org.qmk.wire.v1.RevokeKeyRequest;
import org.qmk.wire.v1.RevokeRequest;
import org.qmk.wire.v1.SetTenantRequest;
import org.qmk.wire.v1.SubmitRequest;
import org.qmk.wire.v1.TelemetryRequest;
import org.qmk.wire.v1.TenantsRequest;
import org.qmk.wire.v1.UseChanRequest;
import org.qmk.wire.v1.WaitRequest;

/// Carries out the calls of qSyscall. Any thread may call; a call waits until its answer is
/// durable.
public final class Calls {

    /// How a server answers calls.
    ///
    /// @param waitMax the longest that a call waits for a job's end
    /// @param requestsPerSecond of a tenant for which nothing else is said
    /// @param simulatorSecondsMax what the shots of one job may take
    public record Setting(Duration waitMax, int requestsPerSecond, int simulatorSecondsMax) {}

    private interface Handler<Q extends Message> {
        Message handle(Caller caller, Q request) throws CallRefused;
    }

    private final Map<String, Handler<Message>> handlers = new HashMap<>();
    private final Jobs jobs;
    private final Administration administration;

    public Calls(Engine engine, Accounts accounts, PastJobs past, KeyRing ring, Setting setting) {
        var sessions = new Sessions(engine, accounts);
        jobs = new Jobs(engine, sessions, past, setting);
        var capabilities = new CapabilityCalls(engine, sessions, accounts, ring);
        var channels = new Channels(engine, sessions);
        var machine = new Machine(engine);
        administration =
                new Administration(engine, sessions, accounts, setting.requestsPerSecond());
        on("q_negotiate_caps", NegotiateCapsRequest.class, sessions::negotiate);
        on("q_close_session", CloseSessionRequest.class, sessions::close);
        on("q_alloc", AllocRequest.class, capabilities::alloc);
        on("q_release", ReleaseRequest.class, capabilities::release);
        on("q_derive", DeriveRequest.class, capabilities::derive);
        on("q_grant", GrantRequest.class, capabilities::grant);
        on("q_redeem", RedeemRequest.class, capabilities::redeem);
        on("q_revoke", RevokeRequest.class, capabilities::revoke);
        on("q_caps", CapsRequest.class, capabilities::list);
        on("q_submit", SubmitRequest.class, jobs::submit);
        on("q_status", JobRequest.class, jobs::status);
        on("q_wait", WaitRequest.class, jobs::waitFor);
        on("q_cancel", JobRequest.class, jobs::cancel);
        on("q_jobs", JobsRequest.class, jobs::list);
        on("q_checkpoint", JobRequest.class, jobs::checkpoint);
        on("q_restore", JobRequest.class, jobs::restore);
        on("q_migrate", MigrateRequest.class, jobs::migrate);
        on("q_get_mapping", JobRequest.class, jobs::mapping);
        on("q_open_chan", OpenChanRequest.class, channels::open);
        on("q_use_chan", UseChanRequest.class, channels::use);
        on("q_close_chan", ChannelRequest.class, channels::close);
        on("q_chan_status", ChannelRequest.class, channels::status);
        on("q_get_telemetry", TelemetryRequest.class, (caller, _) -> machine.telemetry(caller));
        on("q_replay", ReplayRequest.class, machine::replay);
        on("q_tenant_create", CreateTenantRequest.class, (_, q) -> administration.create(q));
        on("q_tenant_set", SetTenantRequest.class, (_, q) -> administration.set(q));
        on("q_tenants", TenantsRequest.class, (_, q) -> administration.list(q));
        on("q_key_create", CreateKeyRequest.class, (_, q) -> administration.createKey(q));
        on("q_key_revoke", RevokeKeyRequest.class, (_, q) -> administration.revokeKey(q));
        on("q_drain", DrainRequest.class, (_, q) -> administration.drain(q));
    }

    private <Q extends Message> void on(String method, Class<Q> request, Handler<Q> handler) {
        handlers.put(method, (caller, message) -> handler.handle(caller, request.cast(message)));
    }

    /// Whether the call is one that `call` carries out; the others stream.
    public boolean serves(RpcCall call) {
        return handlers.containsKey(call.method());
    }

    /// @param request of the call's type
    public Message call(RpcCall call, Caller caller, Message request) throws CallRefused {
        caller.require(call.role());
        return handlers.get(call.method()).handle(caller, request);
    }

    /// Adds a tenant that no key opens: for the server's own first start.
    public void addTenant(String name) throws CallRefused {
        administration.add(CreateTenantRequest.newBuilder().setName(name).build());
    }

    /// The call `q_watch`.
    public JobWatch watch(Caller caller, JobRequest request) throws CallRefused {
        return jobs.watch(caller, request);
    }
}
