package org.qmk.server.edge;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;
import org.qmk.server.calls.Caller;
import org.qmk.wire.CallRefused;
import org.qmk.wire.JsonRpcAnswer;
import org.qmk.wire.JsonRpcReader;
import org.qmk.wire.JsonRpcRequest;
import org.qmk.wire.JsonSlice;
import org.qmk.wire.ServerRule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JSON-RPC over a Unix-domain socket. Who calls is the user whose process connected, as the
/// system says: nobody can claim another's name.
public final class UnixEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnixEndpoint.class);

    /// What a connection waits with, and what it reads long requests with.
    private static final int IDLE_BYTES = 1 << 10;

    private static final int BUFFER_BYTES = 1 << 16;

    /// How the socket is offered.
    ///
    /// @param users the tenant of each user of the system, by name
    /// @param administrators users who administer the server; one may have a tenant as well
    public record Setting(
            Path path,
            Map<String, String> users,
            Set<String> administrators,
            ClientLimits limits) {}

    /// A connection.
    private static final class Client {
        final SocketChannel channel;

        /// When it is closed if nothing happens; `NEVER` while a request is carried out.
        volatile long deadline;

        Client(SocketChannel channel) {
            this.channel = channel;
        }
    }

    private static final long NEVER = Long.MAX_VALUE;
    private static final long SWEEP_NANOS = 250_000_000;

    private final Setting setting;
    private final Gateway gateway;
    private final JsonRpcEndpoint endpoint;
    private final ServerSocketChannel server;
    private final Semaphore free;
    private final Set<Client> open = ConcurrentHashMap.newKeySet();

    private UnixEndpoint(Setting setting, Gateway gateway, ServerSocketChannel server) {
        this.setting = setting;
        this.gateway = gateway;
        this.server = server;
        this.endpoint = new JsonRpcEndpoint(gateway);
        this.free = new Semaphore(setting.limits().connectionsMax());
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
        Files.setPosixFilePermissions(setting.path(), PosixFilePermissions.fromString("rw-rw-rw-"));
        var endpoint = new UnixEndpoint(setting, gateway, server);
        Thread.ofVirtual().name("qmk-unix").start(endpoint::accept);
        Thread.ofVirtual().name("qmk-unix-idle").start(endpoint::sweep);
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
                var connection = new Client(client);
                renew(connection);
                open.add(connection);
                Thread.ofVirtual().name("qmk-unix-client").start(() -> serve(connection));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failed) {
                LOG.atWarn().setCause(failed).log("a connection could not be accepted");
            }
        }
    }

    private static void refuse(SocketChannel client) throws IOException {
        try (client) {
            var refused = ServerRule.CONNECTIONS.refused();
            byte[] line = JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused);
            client.write(ByteBuffer.wrap(line));
        }
    }

    /// Closes connections that hold on to the server and do not use it.
    private void sweep() {
        while (server.isOpen()) {
            long now = System.nanoTime();
            for (Client client : open) {
                long deadline = client.deadline;
                if (deadline == NEVER || deadline - now > 0) continue;
                try {
                    client.channel.close();
                } catch (IOException failed) {
                    LOG.atDebug().log("an idle connection: {}", failed.getMessage());
                }
            }
            LockSupport.parkNanos(SWEEP_NANOS);
        }
    }

    private void renew(Client client) {
        client.deadline = System.nanoTime() + setting.limits().idle().toNanos();
    }

    private void serve(Client client) {
        try (SocketChannel channel = client.channel) {
            talk(client, channel);
        } catch (ClosedChannelException closed) {
            LOG.atDebug().log("a connection was closed by the server");
        } catch (IOException gone) {
            LOG.atDebug().log("a client went away: {}", gone.getMessage());
        } finally {
            open.remove(client);
            free.release();
        }
    }

    private void talk(Client client, SocketChannel channel) throws IOException {
        JsonRpcEndpoint.Lines out = line -> send(client, line);
        var reader = new JsonRpcReader(setting.limits().requestBytesMax());
        ByteBuffer small = ByteBuffer.allocate(IDLE_BYTES);
        ByteBuffer chunk = small;
        long held = 0;
        try {
            Caller caller = caller(channel);
            while (channel.read(chunk) >= 0) {
                chunk.flip();
                while (chunk.hasRemaining()) {
                    Optional<JsonSlice> request = reader.next(chunk);
                    if (request.isPresent()) answer(client, request.get(), caller, out);
                    gateway.giveBytes(held);
                    held = 0;
                    gateway.takeBytes(reader.heldBytes());
                    held = reader.heldBytes();
                }
                chunk.clear();
                if (!reader.isWithinRequest()) chunk = small;
                else if (chunk == small) chunk = ByteBuffer.allocate(BUFFER_BYTES);
            }
            reader.end();
        } catch (CallRefused refused) {
            out.send(JsonRpcAnswer.error(JsonRpcRequest.NO_ID, refused));
        } finally {
            gateway.giveBytes(held);
        }
    }

    private void answer(Client client, JsonSlice request, Caller caller, JsonRpcEndpoint.Lines out)
            throws IOException, CallRefused {
        int bytes = request.length();
        gateway.takeBytes(bytes);
        client.deadline = NEVER;
        try {
            endpoint.answer(request, caller, true, out);
        } finally {
            renew(client);
            gateway.giveBytes(bytes);
        }
    }

    /// Sends a line. A client that does not take it is as good as gone.
    private void send(Client client, byte[] line) throws IOException {
        boolean busy = client.deadline == NEVER;
        renew(client);
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) client.channel.write(bytes);
        if (busy) client.deadline = NEVER;
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
        return ServerRule.NO_USER.refused(user);
    }

    /// Where it listens.
    public Path path() {
        return setting.path();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Client client : open) client.channel.close();
        Files.deleteIfExists(setting.path());
    }
}
