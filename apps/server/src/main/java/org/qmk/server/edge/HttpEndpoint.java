package org.qmk.server.edge;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.qmk.server.calls.Caller;
import org.qmk.server.calls.JobWatch;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.JsonMessage;
import org.qmk.wire.JsonRpcAnswer;
import org.qmk.wire.JsonRpcRequest;
import org.qmk.wire.JsonSlice;
import org.qmk.wire.v1.JobEvent;
import org.qmk.wire.v1.JobRequest;

/// JSON-RPC over HTTP at `/rpc`, a job's events as server-sent events at `/jobs/N/events`, and
/// whether the server is alive and ready.
public final class HttpEndpoint implements AutoCloseable {

    private static final String BEARER = "Bearer ";
    private static final Duration SILENCE = Duration.ofSeconds(15);

    /// @param port 0 for any that is free
    /// @param requestBytesMax the longest request
    /// @param idle how long a connection may be silent
    public record Setting(String host, int port, int requestBytesMax, Duration idle) {}

    private final Javalin app;
    private final Gateway gateway;
    private final JsonRpcEndpoint endpoint;
    private final Supplier<Optional<String>> notReady;

    private HttpEndpoint(
            Setting setting,
            Gateway gateway,
            Supplier<Optional<String>> notReady,
            List<Consumer<JavalinConfig>> more) {
        this.gateway = gateway;
        this.notReady = notReady;
        this.endpoint = new JsonRpcEndpoint(gateway);
        this.app =
                Javalin.create(
                        config -> {
                            config.concurrency.useVirtualThreads = true;
                            config.startup.showJavalinBanner = false;
                            config.http.maxRequestSize = setting.requestBytesMax();
                            config.jetty.host = setting.host();
                            config.jetty.port = setting.port();
                            config.routes.post("/rpc", this::rpc);
                            config.routes.get("/jobs/{id}/events", this::events);
                            config.routes.get("/healthz", ctx -> ctx.result("ok\n"));
                            config.routes.get("/readyz", this::ready);
                            for (var addition : more) addition.accept(config);
                        });
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
            Caller caller = gateway.caller(key(ctx));
            JsonSlice body = JsonSlice.of(ctx.bodyAsBytes());
            endpoint.answer(body, caller, false, out::writeBytes);
        } catch (CallRefused refused) {
            ctx.status(refused.error().httpStatus());
            out.writeBytes(JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused));
        }
        if (out.size() == 0) ctx.status(204);
        else ctx.contentType("application/json").result(out.toByteArray());
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
        Caller caller = gateway.caller(key(ctx));
        try (JobWatch watch = gateway.watch(caller, job(ctx))) {
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
            throw new CallRefused(
                    CallError.INVALID_PARAMS,
                    "QMK-SERVER-23",
                    "a job has a number, as in /jobs/12/events",
                    List.of());
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
