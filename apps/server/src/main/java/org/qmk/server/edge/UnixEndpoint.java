package org.qmk.server.edge;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.qmk.server.calls.Caller;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.JsonRpcAnswer;
import org.qmk.wire.JsonRpcReader;
import org.qmk.wire.JsonRpcRequest;
import org.qmk.wire.JsonSlice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JSON-RPC over a Unix-domain socket. Who calls is the user whose process connected, as the
/// system says: nobody can claim another's name.
public final class UnixEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnixEndpoint.class);
    private static final int BUFFER_BYTES = 1 << 16;

    /// How the socket is offered.
    ///
    /// @param users the tenant of each user of the system, by name
    /// @param administrators users who administer the server; one may have a tenant as well
    /// @param connectionsMax at once
    /// @param requestBytesMax the longest request
    public record Setting(
            Path path,
            Map<String, String> users,
            Set<String> administrators,
            int connectionsMax,
            int requestBytesMax) {}

    private final Setting setting;
    private final Gateway gateway;
    private final JsonRpcEndpoint endpoint;
    private final ServerSocketChannel server;
    private final Semaphore free;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private UnixEndpoint(Setting setting, Gateway gateway, ServerSocketChannel server) {
        this.setting = setting;
        this.gateway = gateway;
        this.server = server;
        this.endpoint = new JsonRpcEndpoint(gateway);
        this.free = new Semaphore(setting.connectionsMax());
    }

    /// Listens. A socket that a killed server left is replaced; one that answers is not.
    public static UnixEndpoint open(Setting setting, Gateway gateway) throws IOException {
        var address = UnixDomainSocketAddress.of(setting.path());
        if (Files.exists(setting.path())) {
            if (answers(address)) {
                throw new IOException(setting.path() + " is another server's; name another");
            }
            Files.delete(setting.path());
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
        // Any user may connect; who may do what is decided by name.
        Files.setPosixFilePermissions(
                setting.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        var endpoint = new UnixEndpoint(setting, gateway, server);
        Thread.ofVirtual().name("qmk-unix").start(endpoint::accept);
        return endpoint;
    }

    private static boolean answers(UnixDomainSocketAddress address) {
        try (SocketChannel probe = SocketChannel.open(address)) {
            return probe.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel client = server.accept();
                if (!free.tryAcquire()) {
                    refuse(client);
                    continue;
                }
                open.add(client);
                Thread.ofVirtual().name("qmk-unix-client").start(() -> serve(client));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failed) {
                LOG.atWarn().setCause(failed).log("a connection could not be accepted");
            }
        }
    }

    private static void refuse(SocketChannel client) throws IOException {
        try (client) {
            var refused =
                    new CallRefused(
                            CallError.RESOURCE_EXHAUSTED,
                            "QMK-SERVER-22",
                            "the server has as many connections as it takes; try again",
                            List.of());
            byte[] line = JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused);
            client.write(ByteBuffer.wrap(line));
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            talk(client);
        } catch (AsynchronousCloseException closed) {
            LOG.atDebug().log("a connection was closed by the server");
        } catch (IOException gone) {
            LOG.atDebug().log("a client went away: {}", gone.getMessage());
        } finally {
            open.remove(client);
            free.release();
        }
    }

    private void talk(SocketChannel client) throws IOException {
        JsonRpcEndpoint.Lines out = line -> send(client, line);
        var reader = new JsonRpcReader(setting.requestBytesMax());
        ByteBuffer chunk = ByteBuffer.allocate(BUFFER_BYTES);
        try {
            Caller caller = caller(client);
            while (client.read(chunk) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) {
                    Optional<JsonSlice> request = reader.next(chunk);
                    if (request.isPresent()) endpoint.answer(request.get(), caller, true, out);
                }
                chunk.clear();
            }
            reader.end();
        } catch (CallRefused refused) {
            out.send(JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused));
        }
    }

    private static void send(SocketChannel client, byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) client.write(bytes);
    }

    private Caller caller(SocketChannel client) throws IOException, CallRefused {
        String user = client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        Optional<String> tenant = Optional.ofNullable(setting.users().get(user));
        if (!setting.administrators().contains(user)) {
            return gateway.tenant(tenant.orElseThrow(() -> nobody(user)));
        }
        // An administrator's tenant may still have to be created, by him.
        return tenant.isPresent() && gateway.knows(tenant.get())
                ? gateway.tenant(tenant.get()).administering()
                : new Caller(Optional.empty(), "user " + user);
    }

    private static CallRefused nobody(String user) {
        return new CallRefused(
                CallError.AUTH_FAILED,
                "QMK-AUTH-4",
                "the user %s has no tenant; an administrator maps users to tenants in the"
                                .formatted(user)
                        + " configuration",
                List.of());
    }

    /// Where it listens.
    public Path path() {
        return setting.path();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : open) client.close();
        Files.deleteIfExists(setting.path());
    }
}
