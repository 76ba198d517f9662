package org.qmk.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.cli.serve.ServerStart;

/// Serves until the process is told to stop.
public final class ServeMain implements ServerStart {

    @Override
    public void serve(ServeOptions options, Consumer<String> say) throws Refused {
        Configuration configuration =
                Configuration.of(options, System.getProperty("user.name"));
        expectLoopback(configuration);
        if (options.check()) {
            say.accept("qmk: the configuration is good");
            return;
        }
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(
                                        () -> {
                                            stop.countDown();
                                            await(stopped);
                                        }));
        try (Server server = Server.start(configuration, say)) {
            await(stop);
            boolean over = drain(server);
            say.accept(
                    "qmk: stopping after epoch %d%s"
                            .formatted(
                                    server.engine().view().number(),
                                    over ? "" : "; some calls are not answered"));
        } catch (IOException failed) {
            throw new Refused(Refused.Kind.UNAVAILABLE, failed.getMessage() + ".");
        } finally {
            stopped.countDown();
        }
    }

    private static boolean drain(Server server) {
        try {
            return server.drain();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keys must not travel in the clear.
    private static void expectLoopback(Configuration configuration) throws Refused {
        try {
            InetAddress address = InetAddress.getByName(configuration.host());
            if (address.isLoopbackAddress()) return;
        } catch (UnknownHostException unknown) {
            throw new Refused(
                    Refused.Kind.WRONG,
                    "listen names the host %s, which is not known."
                            .formatted(configuration.host()));
        }
        throw new Refused(
                Refused.Kind.WRONG,
                "listen names %s, which is not this machine alone: that needs TLS."
                        .formatted(configuration.host()));
    }
}
