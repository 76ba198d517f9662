package org.qmk.server.telemetry;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.qmk.server.edge.Gateway;
import org.qmk.server.edge.HttpEndpoint;
import org.qmk.wire.CallRefused;

/// The metrics at `/metrics`: for this machine, and for administrators from anywhere.
public final class MetricsRoute {

    /// As Prometheus calls its text format.
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final Gateway gateway;

    public MetricsRoute(Metrics metrics, Gateway gateway) {
        this.metrics = metrics;
        this.gateway = gateway;
    }

    public void addTo(JavalinConfig config) {
        config.routes.get("/metrics", this::answer);
    }

    private void answer(Context ctx) {
        if (mayRead(ctx)) ctx.contentType(TYPE).result(metrics.scrape());
        else
            ctx.status(401)
                    .result("send an administrator's key: 'Authorization: Bearer qmk_...'\n");
    }

    /// A proxy on this machine is asked for by others, and says so in a header.
    private boolean mayRead(Context ctx) {
        boolean forwarded =
                ctx.header("X-Forwarded-For") != null || ctx.header("Forwarded") != null;
        if (!forwarded && isLoopback(ctx.req().getRemoteAddr())) return true;
        try {
            return gateway.caller(HttpEndpoint.key(ctx)).tenant().isEmpty();
        } catch (CallRefused noKey) {
            return false;
        }
    }

    /// @param address as the servlet tells it: digits, never a name that would be looked up
    static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException none) {
            return false;
        }
    }
}
