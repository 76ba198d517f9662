package org.qmk.server;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.cli.serve.ServerStart;

/// Serves until the process is told to stop.
public final class ServeMain implements ServerStart {

    @Override
    public void serve(ServeOptions options, Consumer<String> say) throws Refused {
        Configuration configuration = Configuration.of(options, System.getProperty("user.name"));
        if (options.check()) {
            expectCertificate(configuration);
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

    /// That the files of a certificate are there, and are what they have to be.
    private static void expectCertificate(Configuration configuration) throws Refused {
        Optional<TlsSetting> tls = configuration.tls().filter(each -> each.files().isPresent());
        if (tls.isEmpty()) return;
        try {
            tls.get().open(configuration.dataDir(), configuration.host());
        } catch (IOException failed) {
            throw new Refused(Refused.Kind.WRONG, failed.getMessage() + ".");
        }
    }
}
