package org.qmk.runtime.client;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/// A client of one server, for one caller. Any thread may use it; each call blocks until it is
/// answered, and is one of docs/reference/qsyscall.md.
///
/// Every call throws `ServerRefusal` where the server says no, and `TransportFailure` where no
/// answer came.
public final class QmkClient implements AutoCloseable {

    private static final int KEY_BYTES = 16;
    private static final String NO_SESSION = "";

    /// No single request waits longer for a job: proxies and servers end silent connections.
    private static final Duration WAIT_MAX = Duration.ofSeconds(25);

    private final ClientSetting setting;
    private final Transport transport;
    private final String session;
    private final AtomicLong ids;

    private QmkClient(ClientSetting setting, Transport transport, String session, AtomicLong ids) {
        this.setting = setting;
        this.transport = transport;
        this.session = session;
        this.ids = ids;
    }

    /// A client. Nothing is sent before the first call.
    public static QmkClient of(ClientSetting setting) {
        Transport transport =
                switch (setting.address()) {
                    case ServerAddress.Http http ->
                            new HttpTransport(http, setting.key(), setting.answerBytesMax());
                    case ServerAddress.Unix(var socket) ->
                            new UnixTransport(socket, setting.answerBytesMax());
                };
        return new QmkClient(setting, transport, NO_SESSION, new AtomicLong());
    }

    /// The same client, whose calls use the capabilities of that session. The two share their
    /// connections, and are closed together.
    public QmkClient withSession(String id) {
        return new QmkClient(setting, transport, id, ids);
    }

    // --- sessions and capabilities

    /// Opens a session.
    ///
    /// @param capabilities by name; all that the tenant may have where none is named
    public RemoteSession negotiate(List<String> capabilities)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_negotiate_caps",
                json -> {
                    write(json, "requested", capabilities);
                    write(json, "versions", List.of("1"));
                },
                RemoteSession::read);
    }

    /// Ends the session of this client.
    public void closeSession() throws ServerRefusal, TransportFailure {
        call("q_close_session", this::inSession, QmkClient::nothing);
    }

    /// What the session holds.
    public List<RemoteCapability> capabilities() throws ServerRefusal, TransportFailure {
        return call("q_caps", this::inSession, list("capabilities", RemoteCapability::read));
    }

    /// Makes a weaker capability for the session itself.
    public RemoteCapability derive(String handle, CapabilityBounds bounds)
            throws ServerRefusal, TransportFailure {
        return call("q_derive", json -> writeBounded(json, handle, bounds), RemoteCapability::read);
    }

    /// Makes a weaker capability for another session of the tenant.
    public RemoteCapability grant(String handle, CapabilityBounds bounds, String toSession)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_grant",
                json -> {
                    writeBounded(json, handle, bounds);
                    json.writeStringProperty("to_session_id", toSession);
                },
                member(
                        "capability",
                        RemoteCapability::read,
                        new RemoteCapability("", "", CapabilityBounds.NONE)));
    }

    /// Makes a token with which other tenants may take up a weaker capability. The token is a
    /// secret of theirs.
    public String grantToken(String handle, CapabilityBounds bounds, List<String> tenants)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_grant",
                json -> {
                    writeBounded(json, handle, bounds);
                    write(json, "tenants", tenants);
                },
                member("token", JsonFields::text, ""));
    }

    /// Takes up a token.
    ///
    /// @param capability which right of the token; empty for its only one
    public RemoteCapability redeem(String token, String capability)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_redeem",
                json -> {
                    inSession(json);
                    json.writeStringProperty("token", token);
                    if (!capability.isEmpty()) json.writeStringProperty("capability", capability);
                },
                RemoteCapability::read);
    }

    /// Takes a capability back, and all that was derived from it.
    public void revoke(String handle) throws ServerRefusal, TransportFailure {
        call(
                "q_revoke",
                json -> {
                    inSession(json);
                    json.writeStringProperty("handle", handle);
                },
                QmkClient::nothing);
    }

    private void writeBounded(JsonGenerator json, String handle, CapabilityBounds bounds) {
        inSession(json);
        json.writeStringProperty("handle", handle);
        bounds.write(json);
    }

    // --- jobs

    /// Submits a program. Is sent again, under the same key, where an answer is lost or the server
    /// says that trying again can help; the job runs once all the same.
    ///
    /// @return the job as accepted; with a wait, at its end or after that time
    public RemoteJob submit(Program program, SubmitOptions options)
            throws ServerRefusal, TransportFailure {
        String key = options.idempotencyKey().orElseGet(QmkClient::freshKey);
        if (options.waiting().isEmpty()) return submitted(program, options, key, Duration.ZERO);
        Deadline deadline = Deadline.after(options.waiting().get());
        try {
            return submitted(program, options, key, deadline.leftUpTo(WAIT_MAX));
        } catch (ServerRefusal refusal) {
            if (!refusal.isTimeout()) throw refusal;
            // Which job it is, the refusal does not say.
            RemoteJob accepted = submitted(program, options, key, Duration.ZERO);
            return await(accepted.id(), deadline);
        }
    }

    private static String freshKey() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private RemoteJob submitted(Program program, SubmitOptions options, String key, Duration wait)
            throws ServerRefusal, TransportFailure {
        RpcRequest.Params params =
                json -> {
                    inSession(json);
                    write(json, program);
                    options.write(json, key, wait.toMillis());
                };
        for (int attempt = 1; ; attempt++) {
            try {
                return call("q_submit", params, RemoteJob::read, wait);
            } catch (ServerRefusal refusal) {
                boolean again = refusal.retryable() && !refusal.isTimeout();
                if (!again || attempt >= setting.retry().attempts()) throw refusal;
            } catch (TransportFailure failure) {
                if (!failure.retryable() || attempt >= setting.retry().attempts()) throw failure;
            }
            rest(attempt);
        }
    }

    private static void write(JsonGenerator json, Program program) {
        switch (program) {
            case Program.Source(var text) -> json.writeStringProperty("source", text);
            case Program.JsonGraph(var text) -> json.writeStringProperty("graph", text);
            case Program.ProtobufGraph(var bytes) -> json.writeBinaryProperty("graph_pb", bytes);
            case Program.FileBytes(var bytes) -> json.writeBinaryProperty("file", bytes);
        }
    }

    private void rest(int attempt) throws TransportFailure {
        try {
            Thread.sleep(setting.retry().rest(attempt, ThreadLocalRandom.current().nextDouble()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TransportFailure(
                    TransportFailure.Kind.INTERRUPTED, "interrupted between two attempts");
        }
    }

    /// How a job stands, with the causes for which it waited.
    public RemoteJob status(long job) throws ServerRefusal, TransportFailure {
        return call("q_status", json -> writeJob(json, job), RemoteJob::read);
    }

    /// Waits for a job's end. Asks again where the server waits no longer or a connection breaks.
    ///
    /// @return the job at its end, or after that time
    public RemoteJob await(long job, Duration most) throws ServerRefusal, TransportFailure {
        return await(job, Deadline.after(most));
    }

    private RemoteJob await(long job, Deadline deadline) throws ServerRefusal, TransportFailure {
        int broken = 0;
        while (!deadline.isOver()) {
            Duration slice = deadline.leftUpTo(WAIT_MAX);
            try {
                return call(
                        "q_wait",
                        json -> {
                            writeJob(json, job);
                            json.writeNumberProperty("timeout_ms", slice.toMillis());
                        },
                        RemoteJob::read,
                        slice);
            } catch (ServerRefusal refusal) {
                if (!refusal.isTimeout()) throw refusal;
                broken = 0;
            } catch (TransportFailure failure) {
                broken++;
                if (!failure.retryable() || broken >= setting.retry().attempts()) throw failure;
                rest(broken);
            }
        }
        return status(job);
    }

    /// Listens to a job.
    public JobEvents watch(long job) throws ServerRefusal, TransportFailure {
        var request = new RpcRequest(ids.incrementAndGet(), "q_watch", json -> writeJob(json, job));
        EventFeed feed = transport.watch(request, job, setting.patience());
        return new JobEvents(feed, this, job);
    }

    /// Listens to a job until its end.
    ///
    /// @return the job at its end
    public RemoteJob watch(long job, Consumer<JobChange> listener)
            throws ServerRefusal, TransportFailure {
        try (JobEvents events = watch(job)) {
            RemoteJob last = RemoteJob.NONE;
            for (var next = events.next(); next.isPresent(); next = events.next()) {
                last = next.get().job();
                listener.accept(next.get());
            }
            return last;
        }
    }

    /// Ends a job at the end of the epoch.
    public RemoteJob cancel(long job) throws ServerRefusal, TransportFailure {
        return call("q_cancel", json -> writeJob(json, job), RemoteJob::read);
    }

    /// Jobs of the tenant, the youngest first.
    ///
    /// @param limit at most so many
    /// @param before only those with a smaller number; 0 for the youngest
    /// @param state only those in that state; empty for all
    public List<RemoteJob> jobs(int limit, long before, String state)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_jobs",
                json -> {
                    json.writeNumberProperty("limit", limit);
                    if (before > 0) json.writeNumberProperty("before", before);
                    if (!state.isEmpty()) json.writeStringProperty("state", state);
                },
                list("jobs", RemoteJob::read));
    }

    private void writeJob(JsonGenerator json, long job) {
        inSession(json);
        json.writeNumberProperty("job_id", job);
    }

    // --- channels

    /// Offers another tenant a channel.
    ///
    /// @param pairs the most Bell pairs that it may use
    /// @param fidelity the least that a pair must have
    public RemoteChannel offerChannel(String peer, String purpose, long pairs, double fidelity)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_open_chan",
                json -> {
                    inSession(json);
                    json.writeStringProperty("peer", peer);
                    json.writeStringProperty("purpose", purpose);
                    json.writeNumberProperty("pairs", pairs);
                    json.writeNumberProperty("fidelity", fidelity);
                },
                RemoteChannel::read);
    }

    /// Consents to a channel that was offered.
    public RemoteChannel acceptChannel(long channel) throws ServerRefusal, TransportFailure {
        return channelCall("q_open_chan", channel);
    }

    /// Entangles a live qubit of a job with the one that the peer names.
    public RemoteChannel useChannel(long channel, long job, int qubit)
            throws ServerRefusal, TransportFailure {
        return call(
                "q_use_chan",
                json -> {
                    inSession(json);
                    json.writeNumberProperty("channel_id", channel);
                    json.writeNumberProperty("job_id", job);
                    json.writeNumberProperty("qubit", qubit);
                },
                RemoteChannel::read);
    }

    public RemoteChannel channel(long channel) throws ServerRefusal, TransportFailure {
        return channelCall("q_chan_status", channel);
    }

    public RemoteChannel closeChannel(long channel) throws ServerRefusal, TransportFailure {
        return channelCall("q_close_chan", channel);
    }

    private RemoteChannel channelCall(String method, long channel)
            throws ServerRefusal, TransportFailure {
        return call(
                method,
                json -> {
                    inSession(json);
                    json.writeNumberProperty("channel_id", channel);
                },
                RemoteChannel::read);
    }

    // --- the machine, and administration

    public Telemetry telemetry() throws ServerRefusal, TransportFailure {
        return call("q_get_telemetry", _ -> {}, Telemetry::read);
    }

    /// All tenants, for an administrator.
    public List<RemoteTenant> tenants() throws ServerRefusal, TransportFailure {
        return call("q_tenants", _ -> {}, list("tenants", RemoteTenant::read));
    }

    /// Creates a tenant and its first key, which is in the answer and nowhere else.
    public RemoteTenant createTenant(String name, TenantTerms terms)
            throws ServerRefusal, TransportFailure {
        return tenantCall("q_tenant_create", name, terms);
    }

    public RemoteTenant setTenant(String name, TenantTerms terms)
            throws ServerRefusal, TransportFailure {
        return tenantCall("q_tenant_set", name, terms);
    }

    private RemoteTenant tenantCall(String method, String name, TenantTerms terms)
            throws ServerRefusal, TransportFailure {
        return call(
                method,
                json -> {
                    json.writeStringProperty("name", name);
                    terms.write(json);
                },
                RemoteTenant::read);
    }

    /// Makes another key of a tenant, or of an administrator where none is named.
    public RemoteKey createKey(Optional<String> tenant) throws ServerRefusal, TransportFailure {
        return call(
                "q_key_create",
                json -> {
                    if (tenant.isPresent()) json.writeStringProperty("tenant", tenant.get());
                    else json.writeBooleanProperty("admin", true);
                },
                RemoteKey::read);
    }

    /// Ends a key.
    public void revokeKey(String id) throws ServerRefusal, TransportFailure {
        call("q_key_revoke", json -> json.writeStringProperty("key_id", id), QmkClient::nothing);
    }

    /// Has the server take no new jobs, or take them again.
    ///
    /// @return jobs that are queued or running
    public int drain(boolean on) throws ServerRefusal, TransportFailure {
        return call(
                "q_drain",
                json -> json.writeBooleanProperty("on", on),
                member("jobs_left", JsonFields::count, 0));
    }

    // --- how a call is made

    private void inSession(JsonGenerator json) {
        if (!session.isEmpty()) json.writeStringProperty("session_id", session);
    }

    static void write(JsonGenerator json, String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        for (String text : texts) json.writeString(text);
        json.writeEndArray();
    }

    /// Reads one member of an object.
    private static <T> Function<JsonFields, T> member(
            String name, Function<JsonFields, T> value, T otherwise) {
        return in -> {
            T read = otherwise;
            in.enter();
            while (in.more()) {
                if (in.name().equals(name)) read = value.apply(in);
                else in.skip();
            }
            return read;
        };
    }

    private static <T> Function<JsonFields, List<T>> list(
            String name, Function<JsonFields, T> element) {
        return member(name, in -> in.list(element), List.of());
    }

    private static Boolean nothing(JsonFields in) {
        in.enter();
        while (in.more()) in.skip();
        return true;
    }

    private <T> T call(String method, RpcRequest.Params params, Function<JsonFields, T> reader)
            throws ServerRefusal, TransportFailure {
        return call(method, params, reader, Duration.ZERO);
    }

    /// @param wait how long the call itself is to wait
    private <T> T call(
            String method, RpcRequest.Params params, Function<JsonFields, T> reader, Duration wait)
            throws ServerRefusal, TransportFailure {
        var request = new RpcRequest(ids.incrementAndGet(), method, params);
        byte[] line = transport.call(request.bytes(), setting.patience().plus(wait));
        return RpcAnswer.read(line, reader).of(request);
    }

    /// Ends all connections, and calls that still wait.
    @Override
    public void close() {
        transport.close();
    }
}
