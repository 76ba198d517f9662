package org.qmk.server;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.server.calls.Calls;
import org.qmk.server.edge.ClientLimits;
import org.qmk.server.edge.Gateway;
import org.qmk.server.edge.GrpcEndpoint;
import org.qmk.server.edge.HttpEndpoint;
import org.qmk.server.edge.Tls;
import org.qmk.server.edge.UnixEndpoint;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineProbe;
import org.qmk.server.engine.EngineSetting;
import org.qmk.server.page.BrowserSessions;
import org.qmk.server.page.MachineFollower;
import org.qmk.server.page.PageRoutes;
import org.qmk.server.page.Viewer;
import org.qmk.server.store.Store;
import org.qmk.server.telemetry.CallLog;
import org.qmk.server.telemetry.JobLog;
import org.qmk.server.telemetry.JobTraces;
import org.qmk.server.telemetry.Metrics;
import org.qmk.server.telemetry.MetricsRoute;
import org.qmk.server.telemetry.Readiness;
import org.qmk.wire.CallRefused;

/// A running server: the kernel, what is kept beside it, and the ways in.
public final class Server implements AutoCloseable {

    private static final String FIRST_KEY = "qmk: the administrator's API key, shown this once: ";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /// Empty until the kernel is there.
    private final AtomicReference<Directory> directory = new AtomicReference<>(new Directory());

    private final Duration drain;
    private final Engine engine;
    private final HttpEndpoint http;
    private final GrpcEndpoint grpc;
    private final Gateway gateway;

    /// Starts everything, or nothing.
    ///
    /// @param say is told what a person wants to know: where it listens, the first key
    public static Server start(Configuration configuration, Consumer<String> say)
            throws IOException {
        return new Server(configuration, say);
    }

    private Server(Configuration configuration, Consumer<String> say) throws IOException {
        boolean started = false;
        try {
            var document = configuration.document();
            drain = Duration.ofSeconds(document.drain_seconds);
            Files.createDirectories(configuration.dataDir());
            ClientLimits limits = configuration.limits();
            Optional<Tls> tls = tls(configuration, say);
            AuditKey key = AuditKey.in(configuration.dataDir(), document.origin);
            Store store =
                    part(
                            Store.open(
                                    configuration.store(),
                                    key.verifier().text(),
                                    InstantSource.system()));
            var follower = new MachineFollower(configuration.machine().shape());
            var metrics = part(new Metrics(document.metrics_tenants));
            engine =
                    part(
                            Engine.start(
                                    engineSetting(configuration),
                                    store.archive()::accept,
                                    List.of(),
                                    follower,
                                    probe(metrics, document)));
            directory.set(engine.directory());
            metrics.watch(engine, store.archive());
            parts.push(store.archive()::ending);
            var accounts = new StoredAccounts(store);
            var calls =
                    new Calls(
                            engine,
                            accounts,
                            new StoredJobs(store.archive()),
                            SealingKeys.in(configuration.dataDir()),
                            new Calls.Setting(
                                    Duration.ofSeconds(document.wait_seconds_max),
                                    document.requests_per_second,
                                    document.simulator_seconds_max));
            gateway =
                    new Gateway(
                            accounts,
                            engine.directory(),
                            calls,
                            limits,
                            System::nanoTime,
                            metrics.and(new CallLog()));
            store.keys().bootstrap().ifPresent(text -> say.accept(FIRST_KEY + text));
            if (engine.directory().all().isEmpty()) firstTenant(calls);
            var page = new PageRoutes(engine, follower, new BrowserSessions(this::viewer));
            UnixEndpoint unix = part(UnixEndpoint.open(unixSetting(configuration), gateway));
            var scraped = new MetricsRoute(metrics, gateway);
            http =
                    part(
                            HttpEndpoint.open(
                                    httpSetting(configuration, tls),
                                    gateway,
                                    readiness(configuration, store),
                                    List.of(page::addTo, scraped::addTo)));
            grpc = part(GrpcEndpoint.open(grpcSetting(configuration, tls), gateway));
            String scheme = tls.isPresent() ? "https" : "http";
            String at = "%s://%s:%d".formatted(scheme, configuration.host(), port());
            say.accept("qmk: serving at " + at);
            say.accept("qmk: gRPC at %s:%d".formatted(configuration.host(), grpc.port()));
            say.accept("qmk: and at %s".formatted(unix.path()));
            started = true;
        } finally {
            if (!started) close();
        }
    }

    private static Optional<Tls> tls(Configuration configuration, Consumer<String> say)
            throws IOException {
        if (configuration.tls().isEmpty()) return Optional.empty();
        Tls tls = configuration.tls().get().open(configuration.dataDir(), configuration.host());
        say.accept("qmk: the certificate's SHA-256 fingerprint is " + tls.fingerprint());
        return Optional.of(tls);
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    /// Whoever runs the server can submit at once, as a tenant of his own.
    private static void firstTenant(Calls calls) throws IOException {
        try {
            calls.addTenant(Configuration.FIRST_TENANT);
        } catch (CallRefused refused) {
            throw new IOException(refused.getMessage(), refused);
        }
    }

    private EngineProbe probe(Metrics metrics, Configuration.Document document) {
        EngineProbe both = metrics.and(new JobLog(this::tenantName));
        if (document.otlp.isEmpty()) return both;
        var traces = JobTraces.to(document.otlp, document.origin, this::tenantName);
        return both.and(part(traces));
    }

    private Readiness readiness(Configuration configuration, Store store) {
        long spaceLeft = configuration.document().space_left_mb << 20;
        return new Readiness(engine, store.archive(), configuration.dataDir(), spaceLeft);
    }

    private String tenantName(TenantId tenant) {
        return directory
                .get()
                .find(tenant)
                .map(Directory.Entry::name)
                .orElseGet(() -> "tenant " + tenant.number());
    }

    private static EngineSetting engineSetting(Configuration configuration) {
        var document = configuration.document();
        return new EngineSetting(
                configuration.dataDir(),
                document.origin,
                configuration.machine(),
                configuration.policy(),
                Duration.ofNanos(1_000 * document.epoch_us),
                document.queue,
                document.fsync,
                document.space_left_mb << 20);
    }

    private static HttpEndpoint.Setting httpSetting(
            Configuration configuration, Optional<Tls> tls) {
        return new HttpEndpoint.Setting(
                configuration.host(), configuration.port(), configuration.limits(), tls);
    }

    private static GrpcEndpoint.Setting grpcSetting(
            Configuration configuration, Optional<Tls> tls) {
        return new GrpcEndpoint.Setting(
                configuration.host(), configuration.grpcPort(), configuration.limits(), tls);
    }

    private static UnixEndpoint.Setting unixSetting(Configuration configuration) {
        return new UnixEndpoint.Setting(
                configuration.unix(),
                configuration.users(),
                configuration.administrators(),
                configuration.limits());
    }

    /// Who may look at the page with a key.
    private Optional<Viewer> viewer(String key) {
        try {
            Optional<TenantId> tenant = gateway.caller(key).tenant();
            return Optional.of(
                    tenant.isPresent()
                            ? new Viewer.OneTenant(tenant.get())
                            : new Viewer.Administrator());
        } catch (CallRefused notGood) {
            return Optional.empty();
        }
    }

    public int port() {
        return http.port();
    }

    public int grpcPort() {
        return grpc.port();
    }

    public Engine engine() {
        return engine;
    }

    /// Takes no more calls, and waits for those that run, as long as the configuration says. To be
    /// called before `close`; jobs that are not over by then go on after the next start.
    ///
    /// @return whether all calls are over
    public boolean drain() throws InterruptedException {
        engine.drain(true);
        return gateway.drain(drain);
    }

    Gateway gateway() {
        return gateway;
    }

    /// Stops: first the ways in, then the kernel. Jobs in flight go on after the next start.
    @Override
    public void close() throws IOException {
        IOException failure = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception failed) {
                if (failure == null) failure = new IOException("the server did not stop cleanly");
                failure.addSuppressed(failed);
            }
        }
        if (failure != null) throw failure;
    }
}
