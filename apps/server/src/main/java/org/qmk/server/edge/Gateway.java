package org.qmk.server.edge;

import com.google.protobuf.Message;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.calls.Accounts;
import org.qmk.server.calls.Caller;
import org.qmk.server.calls.Calls;
import org.qmk.server.engine.Directory;
import org.qmk.wire.CallRefused;
import org.qmk.wire.RpcCall;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.JobRequest;
import org.qmk.wire.v1.SubmitRequest;
import org.qmk.wire.v1.WaitRequest;

/// What every call passes, whatever it came over: who is it, may he call so often, then the call
/// itself, and a word to whoever counts.
public final class Gateway {

    /// Is told of every call.
    public interface Observer {
        /// @param refusal nothing where the call was carried out
        void called(RpcCall call, Caller caller, long nanos, Optional<CallRefused> refusal);

        /// Somebody could not say who he is.
        default void turnedAway(CallRefused refusal) {}

        /// Both this one and then the other.
        default Observer and(Observer other) {
            Observer first = this;
            return new Observer() {
                @Override
                public void called(
                        RpcCall call, Caller caller, long nanos, Optional<CallRefused> refusal) {
                    first.called(call, caller, nanos, refusal);
                    other.called(call, caller, nanos, refusal);
                }

                @Override
                public void turnedAway(CallRefused refusal) {
                    first.turnedAway(refusal);
                    other.turnedAway(refusal);
                }
            };
        }
    }

    private final Accounts accounts;
    private final Directory directory;
    private final Calls calls;
    private final RateLimits rates;
    private final Quota.PerTenant streams;
    private final int streamsMax;
    private final Quota unfinished;
    private final Observer observer;
    private final RunningCalls running = new RunningCalls();

    public Gateway(
            Accounts accounts,
            Directory directory,
            Calls calls,
            ClientLimits limits,
            LongSupplier nanoTime,
            Observer observer) {
        this.accounts = accounts;
        this.directory = directory;
        this.calls = calls;
        this.rates = new RateLimits(nanoTime);
        this.streamsMax = limits.streamsMax();
        this.streams = new Quota.PerTenant(streamsMax);
        this.unfinished = new Quota(limits.unfinishedBytesMax());
        this.observer = observer;
    }

    /// Who has a key, or showed a certificate. A key that is sent counts.
    ///
    /// @param key as a client sends it; empty if it sends none
    /// @param certificate that the client showed, and that is signed by whom the server trusts
    /// @throws CallRefused with the same words for every key that is not good
    public Caller caller(String key, Optional<X509Certificate> certificate) throws CallRefused {
        if (key.isEmpty() && certificate.isPresent()) {
            return tenant(Tls.commonName(certificate.get()));
        }
        return caller(key);
    }

    /// Who has a key.
    ///
    /// @param key as a client sends it; empty if it sends none
    /// @throws CallRefused with the same words for every key that is not good
    public Caller caller(String key) throws CallRefused {
        Optional<Accounts.Key> found =
                key.isEmpty() ? Optional.empty() : accounts.authenticate(key);
        if (found.isEmpty()) {
            throw turnAway(
                    key.isEmpty() ? ServerRule.NO_KEY.refused() : ServerRule.WRONG_KEY.refused());
        }
        return found.get().tenant().isEmpty()
                ? new Caller(Optional.empty(), "admin " + found.get().id())
                : tenant(found.get().tenant().get());
    }

    /// The caller that is the tenant of that name.
    ///
    /// @throws CallRefused if the kernel has no such tenant
    public Caller tenant(String name) throws CallRefused {
        TenantId id =
                directory
                        .find(name)
                        .map(Directory.Entry::id)
                        .orElseThrow(() -> turnAway(ServerRule.NO_TENANT.refused()));
        return new Caller(Optional.of(id), name);
    }

    /// Whether there is a tenant of that name.
    boolean knows(String tenant) {
        return directory.find(tenant).isPresent();
    }

    private CallRefused turnAway(CallRefused refusal) {
        observer.turnedAway(refusal);
        return refusal;
    }

    /// Takes no more calls, and waits for those that run.
    ///
    /// @return whether all of them are over
    public boolean drain(Duration atMost) throws InterruptedException {
        return running.close(atMost);
    }

    /// Carries out a call that does not stream.
    public Message call(RpcCall call, Caller caller, Message request) throws CallRefused {
        long begun = System.nanoTime();
        try {
            Message reply = admitted(call, caller, request);
            observer.called(call, caller, System.nanoTime() - begun, Optional.empty());
            return reply;
        } catch (CallRefused refused) {
            observer.called(call, caller, System.nanoTime() - begun, Optional.of(refused));
            throw refused;
        }
    }

    /// Whether the call lasts until something happens.
    private static boolean waits(Message request) {
        return request instanceof WaitRequest
                || request instanceof SubmitRequest submission && submission.getWait();
    }

    private Message waiting(RpcCall call, Caller caller, Message request) throws CallRefused {
        Quota quota = stream(caller);
        try {
            return calls.call(call, caller, request);
        } finally {
            quota.give(1);
        }
    }

    private Message admitted(RpcCall call, Caller caller, Message request) throws CallRefused {
        expectOpen(running.enter());
        try {
            admit(caller);
            return waits(request)
                    ? waiting(call, caller, request)
                    : calls.call(call, caller, request);
        } finally {
            running.leave();
        }
    }

    private static void expectOpen(boolean open) throws CallRefused {
        if (open) return;
        throw ServerRule.DRAINING.refused();
    }

    /// The call `q_watch`.
    JobStream watch(Caller caller, JobRequest request) throws CallRefused {
        expectOpen(running.open());
        admit(caller);
        Quota quota = stream(caller);
        try {
            return new JobStream(calls.watch(caller, request), quota);
        } catch (CallRefused | RuntimeException refused) {
            quota.give(1);
            throw refused;
        }
    }

    /// Takes one of the tenant's streams.
    private Quota stream(Caller caller) throws CallRefused {
        Quota quota = streams.of(caller.requireTenant());
        if (quota.take(1)) return quota;
        throw ServerRule.TENANT_STREAMS.refused(streamsMax);
    }

    /// Takes room for a request that is read or carried out; to be given back.
    void takeBytes(long bytes) throws CallRefused {
        if (unfinished.take(bytes)) return;
        throw ServerRule.UNFINISHED_BYTES.refused();
    }

    void giveBytes(long bytes) {
        unfinished.give(bytes);
    }

    /// Bytes of requests that are read or carried out now.
    public long unfinishedBytes() {
        return unfinished.taken();
    }

    private void admit(Caller caller) throws CallRefused {
        if (caller.tenant().isEmpty()) return;
        int rate =
                accounts.settings(caller.name())
                        .map(Accounts.Settings::requestsPerSecond)
                        .orElse(0);
        if (rate == 0 || rates.take(caller.tenant().get(), rate)) return;
        throw ServerRule.RATE.refused(rate);
    }
}
