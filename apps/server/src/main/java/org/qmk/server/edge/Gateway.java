package org.qmk.server.edge;

import com.google.protobuf.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.calls.Accounts;
import org.qmk.server.calls.Caller;
import org.qmk.server.calls.Calls;
import org.qmk.server.calls.JobWatch;
import org.qmk.server.engine.Directory;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.RpcCall;
import org.qmk.wire.v1.JobRequest;

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
    private final Observer observer;
    private final RunningCalls running = new RunningCalls();

    public Gateway(
            Accounts accounts,
            Directory directory,
            Calls calls,
            LongSupplier nanoTime,
            Observer observer) {
        this.accounts = accounts;
        this.directory = directory;
        this.calls = calls;
        this.rates = new RateLimits(nanoTime);
        this.observer = observer;
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
                    new CallRefused(
                            CallError.AUTH_FAILED,
                            "QMK-AUTH-1",
                            key.isEmpty()
                                    ? "no API key was sent; send 'Authorization: Bearer qmk_...'"
                                    : "the API key is not good; ask an administrator for another",
                            List.of()));
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
                        .orElseThrow(
                                () ->
                                        turnAway(
                                                new CallRefused(
                                                        CallError.AUTH_FAILED,
                                                        "QMK-AUTH-2",
                                                        "there is no tenant for that key or user;"
                                                            + " ask an administrator to create it",
                                                        List.of())));
        return new Caller(Optional.of(id), name);
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

    /// Whether there is a tenant of that name.
    boolean knows(String tenant) {
        return directory.find(tenant).isPresent();
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

    private Message admitted(RpcCall call, Caller caller, Message request) throws CallRefused {
        expectOpen(running.enter());
        try {
            admit(caller);
            return calls.call(call, caller, request);
        } finally {
            running.leave();
        }
    }

    private static void expectOpen(boolean open) throws CallRefused {
        if (open) return;
        throw new CallRefused(
                CallError.DRAINING,
                "QMK-SERVER-25",
                "the server is stopping; ask again when it is back",
                List.of());
    }

    /// The call `q_watch`.
    public JobWatch watch(Caller caller, JobRequest request) throws CallRefused {
        expectOpen(running.open());
        admit(caller);
        return calls.watch(caller, request);
    }

    private void admit(Caller caller) throws CallRefused {
        if (caller.tenant().isEmpty()) return;
        int rate =
                accounts.settings(caller.name())
                        .map(Accounts.Settings::requestsPerSecond)
                        .orElse(0);
        if (rate == 0 || rates.take(caller.tenant().get(), rate)) return;
        throw new CallRefused(
                CallError.RATE_LIMITED,
                "QMK-AUTH-3",
                "the tenant may call %d times a second; call less often".formatted(rate),
                List.of());
    }
}
