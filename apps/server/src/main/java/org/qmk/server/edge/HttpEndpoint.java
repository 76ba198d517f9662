package org.qmk.server.edge;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.qmk.server.calls.Caller;
import org.qmk.wire.CallRefused;
import org.qmk.wire.JsonMessage;
import org.qmk.wire.JsonRpcAnswer;
import org.qmk.wire.JsonRpcRequest;
import org.qmk.wire.JsonSlice;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.JobRequest;

/// JSON-RPC over HTTP at `/rpc`, a job's events as server-sent events at `/jobs/N/events`, and
/// whether the server is alive and ready.
public final class HttpEndpoint implements AutoCloseable {

    private static final String BEARER = "Bearer ";
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /// @param port 0 for any that is free
    /// @param tls nothing for connections in the clear
    public record Setting(String host, int port, ClientLimits limits, Optional<Tls> tls) {}

    /// The certificates that a client showed, its own first; servlets know them by that name.
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /// Bytes a second below which a request's body is too slow to wait for.
    private static final long BODY_RATE_MIN = 256;

    private static final int BUFFER_BYTES = 1 << 13;

    private final Javalin app;
    private final Gateway gateway;
    private final JsonRpcEndpoint endpoint;
    private final Supplier<Optional<String>> notReady;
    private final ClientLimits limits;

    private HttpEndpoint(
            Setting setting,
            Gateway gateway,
            Supplier<Optional<String>> notReady,
            List<Consumer<JavalinConfig>> more) {
        this.gateway = gateway;
        this.notReady = notReady;
        this.limits = setting.limits();
        this.endpoint = new JsonRpcEndpoint(gateway);
        this.app =
                Javalin.create(
                        config -> {
                            config.concurrency.useVirtualThreads = true;
                            config.startup.showJavalinBanner = false;
                            config.jetty.modifyServer(
                                    server ->
                                            server.addBean(
                                                    new NetworkConnectionLimit(
                                                            setting.limits().connectionsMax(),
                                                            server)));
                            config.jetty.addConnector(
                                    (server, http) -> connector(server, http, setting));
                            config.routes.post("/rpc", this::rpc);
                            config.routes.get("/jobs/{id}/events", this::events);
                            config.routes.get("/healthz", ctx -> ctx.result("ok\n"));
                            config.routes.get("/readyz", this::ready);
                            for (var addition : more) addition.accept(config);
                        });
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, Setting setting) {
        ServerConnector connector =
                setting.tls()
                        .map(tls -> secure(server, http, tls))
                        .orElseGet(
                                () -> new ServerConnector(server, new HttpConnectionFactory(http)));
        connector.setHost(setting.host());
        connector.setPort(setting.port());
        connector.setIdleTimeout(setting.limits().idle().toMillis());
        return connector;
    }

    private static ServerConnector secure(Server server, HttpConfiguration http, Tls tls) {
        var factory = new SslContextFactory.Server();
        factory.setSslContext(tls.context());
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        // Whoever shows none sends a key instead.
        factory.setWantClientAuth(tls.clients().isPresent());
        // Names are for the client to compare.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server,
                new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString()),
                new HttpConnectionFactory(http));
    }

    /// Listens.
    ///
    /// @param notReady why the server does not serve now; nothing if it does
    /// @param more adds other routes
    public static HttpEndpoint open(
            Setting setting,
            Gateway gateway,
            Supplier<Optional<String>> notReady,
            List<Consumer<JavalinConfig>> more) {
        var endpoint = new HttpEndpoint(setting, gateway, notReady, more);
        endpoint.app.start();
        return endpoint;
    }

    /// The port on which it listens.
    public int port() {
        return app.port();
    }

    private void rpc(Context ctx) throws IOException {
        var out = new ByteArrayOutputStream();
        try {
            Caller caller = caller(ctx);
            long held = room(ctx);
            gateway.takeBytes(held);
            try {
                endpoint.answer(body(ctx), caller, false, out::writeBytes);
            } finally {
                gateway.giveBytes(held);
            }
        } catch (CallRefused refused) {
            ctx.status(refused.error().httpStatus());
            out.writeBytes(JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused));
        }
        if (out.size() == 0) ctx.status(204);
        else ctx.contentType("application/json").result(out.toByteArray());
    }

    /// Who sends the request: by its key, or by its certificate.
    private Caller caller(Context ctx) throws CallRefused {
        X509Certificate[] shown = ctx.attribute(CERTIFICATES);
        Optional<X509Certificate> own =
                shown == null || shown.length == 0 ? Optional.empty() : Optional.of(shown[0]);
        return gateway.caller(key(ctx), own);
    }

    /// Bytes that the body may take, before any of it is read.
    private long room(Context ctx) throws CallRefused {
        long announced = ctx.req().getContentLengthLong();
        if (announced > limits.requestBytesMax()) throw tooLong();
        return announced < 0 ? limits.requestBytesMax() : announced;
    }

    /// Reads the body, as long as it comes fast enough: a client that sends a byte now and then
    /// would hold its connection for ever.
    private JsonSlice body(Context ctx) throws CallRefused, IOException {
        InputStream in = ctx.bodyInputStream();
        var body = new ByteArrayOutputStream();
        byte[] chunk = new byte[BUFFER_BYTES];
        long begun = System.nanoTime();
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            body.write(chunk, 0, count);
            if (body.size() > limits.requestBytesMax()) throw tooLong();
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            boolean slow = body.size() < took.toSeconds() * BODY_RATE_MIN;
            if (slow && took.compareTo(limits.idle()) > 0) {
                throw ServerRule.REQUEST_SLOW.refused(BODY_RATE_MIN);
            }
        }
        return JsonSlice.of(body.toByteArray());
    }

    private CallRefused tooLong() {
        return ServerRule.REQUEST_LENGTH.refused(limits.requestBytesMax());
    }

    /// The key of the request's `Authorization` header; empty if there is none.
    public static String key(Context ctx) {
        String header = ctx.header("Authorization");
        return header == null || !header.startsWith(BEARER)
                ? ""
                : header.substring(BEARER.length()).strip();
    }

    private void events(Context ctx) throws InterruptedException {
        try {
            var out = new EventWriter(ctx);
            try {
                events(ctx, out);
            } catch (CallRefused refused) {
                String error =
                        new String(
                                JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused),
                                StandardCharsets.UTF_8);
                out.event("error", error.strip());
            }
        } catch (IOException gone) {
            // The client went away.
            return;
        }
    }

    private void events(Context ctx, EventWriter out)
            throws CallRefused, IOException, InterruptedException {
        Caller caller = caller(ctx);
        try (JobStream watch = gateway.watch(caller, job(ctx))) {
            while (!watch.over()) {
                Optional<JobEvent> event = watch.next(SILENCE);
                if (event.isPresent()) {
                    byte[] json = JsonMessage.bytes(event.get());
                    out.event("job", new String(json, StandardCharsets.UTF_8));
                } else {
                    out.comment("still there");
                }
            }
        }
    }

    private static JobRequest job(Context ctx) throws CallRefused {
        String id = ctx.pathParam("id");
        if (id.length() > 18 || id.isEmpty() || !id.chars().allMatch(Character::isDigit)) {
            throw ServerRule.JOB_NUMBER.refused();
        }
        return JobRequest.newBuilder().setJobId(Long.parseLong(id)).build();
    }

    private void ready(Context ctx) {
        Optional<String> why = notReady.get();
        if (why.isPresent()) ctx.status(503).result(why.get() + "\n");
        else ctx.result("ready\n");
    }

    @Override
    public void close() {
        app.stop();
    }
}
