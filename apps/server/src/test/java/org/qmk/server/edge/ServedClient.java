package org.qmk.server.edge;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineFile;
import org.qmk.runtime.client.ClientSetting;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.ServerAddress;
import org.qmk.runtime.token.KeyRing;
import org.qmk.runtime.token.SealingKey;
import org.qmk.server.calls.Calls;
import org.qmk.server.calls.MemoryAccounts;
import org.qmk.server.calls.NoPast;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineSetting;

/// A kernel with calls and both ways in, and clients of it.
final class ServedClient implements AutoCloseable {

    private static final int BYTES_MAX = 1 << 20;

    private final Path socket;
    private final Engine engine;
    private final MemoryAccounts accounts = new MemoryAccounts();
    private final UnixEndpoint unix;
    private final HttpEndpoint http;

    /// @param users the tenant of each user of the system
    /// @param administrators among the users of the system
    /// @param epochAtLeast the shortest time that an epoch takes
    ServedClient(
            Path folder,
            Map<String, String> users,
            Set<String> administrators,
            Duration epochAtLeast)
            throws IOException {
        socket = folder.resolve("s");
        var setting =
                new EngineSetting(
                        folder,
                        "example.org/test",
                        MachineFile.shipped("quad-64"),
                        Policy.DEFAULT,
                        epochAtLeast,
                        1_000,
                        true,
                        BYTES_MAX);
        engine = Engine.start(setting, _ -> {}, List.of());
        var ring = KeyRing.of(new SealingKey(1, new byte[SealingKey.SECRET_BYTES]));
        var calls =
                new Calls(
                        engine,
                        accounts,
                        new NoPast(),
                        ring,
                        new Calls.Setting(Duration.ofSeconds(60), 1_000, 20));
        var limits = new ClientLimits(BYTES_MAX, 16L * BYTES_MAX, 100, 100, Duration.ofSeconds(60));
        var gateway =
                new Gateway(
                        accounts,
                        engine.directory(),
                        calls,
                        limits,
                        System::nanoTime,
                        (_, _, _, _) -> {});
        unix =
                UnixEndpoint.open(
                        new UnixEndpoint.Setting(socket, users, administrators, limits), gateway);
        http =
                HttpEndpoint.open(
                        new HttpEndpoint.Setting("127.0.0.1", 0, limits, Optional.empty()),
                        gateway,
                        Optional::empty,
                        List.of());
    }

    /// The user whose process this is.
    static String user() {
        return System.getProperty("user.name");
    }

    QmkClient onSocket() {
        return QmkClient.of(ClientSetting.of(new ServerAddress.Unix(socket), Optional.empty()));
    }

    QmkClient overHttp(String key) {
        var address = ServerAddress.of("http://127.0.0.1:" + http.port());
        return QmkClient.of(ClientSetting.of(address, Optional.of(key)));
    }

    /// A key that administers the server.
    String adminKey() {
        return accounts.createKey(Optional.empty()).text();
    }

    @Override
    public void close() throws IOException {
        http.close();
        unix.close();
        engine.close();
    }
}
