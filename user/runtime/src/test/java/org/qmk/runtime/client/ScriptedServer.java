package org.qmk.runtime.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server that says what a test wants, over HTTP or a Unix-domain socket.
final class ScriptedServer implements AutoCloseable {

    /// @param bytes after the head of HTTP, which the server makes where `raw` is false
    /// @param close whether the connection ends then; else it stays open
    record Reply(String bytes, boolean raw, boolean close) {
        static Reply line(String json) {
            return new Reply(json + "\n", false, false);
        }
    }

    /// What to say to a request.
    interface Script {
        /// @param number of the request, from 1
        Reply reply(int number, String request);
    }

    private static final Pattern ID = Pattern.compile("\"id\":([0-9]+)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    private final ServerSocketChannel server;
    private final Thread acceptor;
    private final boolean http;
    private final Script script;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /// @param folder for the socket; nothing for HTTP
    ScriptedServer(Optional<Path> folder, Script script) throws IOException {
        this.http = folder.isEmpty();
        this.script = script;
        if (http) {
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } else {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.get().resolve("s")));
        }
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    /// The id of a request, as its answer must have it.
    static String id(String request) {
        Matcher id = ID.matcher(request);
        return id.find() ? id.group(1) : "null";
    }

    static Reply result(String request, String result) {
        return Reply.line(
                "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}".formatted(id(request), result));
    }

    static Reply refusal(String request, String error, boolean retry) {
        return Reply.line(
                """
                {"jsonrpc":"2.0","id":%s,"error":{"code":-32200,"message":"no","data":\
                {"error":"%s","code":"QMK-X-1","retry":%s,"details":[{"code":"A","where":"w",\
                "message":"m","facts":{"node":"4"}}]}}}\
                """
                        .formatted(id(request), error, retry));
    }

    ServerAddress address() {
        try {
            return http
                    ? ServerAddress.of(
                            "http://127.0.0.1:"
                                    + ((InetSocketAddress) server.getLocalAddress()).getPort())
                    : new ServerAddress.Unix(
                            ((UnixDomainSocketAddress) server.getLocalAddress()).getPath());
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /// A client that loses patience soon and tries three times.
    QmkClient client() {
        return client(Duration.ofSeconds(20), 1 << 16);
    }

    QmkClient client(Duration patience, int answerBytesMax) {
        var retry = new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2));
        Optional<String> key = http ? Optional.of("qmk_secret") : Optional.empty();
        return QmkClient.of(new ClientSetting(address(), key, patience, retry, answerBytesMax));
    }

    /// What was asked, in order; over HTTP with its head.
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> talk(client));
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void talk(SocketChannel client) {
        var text = new StringBuilder();
        ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
        try {
            while (client.read(chunk) >= 0) {
                text.append(StandardCharsets.UTF_8.decode(chunk.flip()));
                chunk.clear();
                if (!isWhole(text)) continue;
                requests.add(text.toString());
                Reply reply = script.reply(requests.size(), text.toString());
                text.setLength(0);
                send(client, reply);
                if (reply.close()) break;
            }
            client.close();
        } catch (AsynchronousCloseException closed) {
            open.remove(client);
        } catch (IOException gone) {
            // The client may leave in the middle of an answer.
            open.remove(client);
        }
    }

    private boolean isWhole(StringBuilder text) {
        if (!http) return text.indexOf("\n") >= 0;
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) return false;
        Matcher length = LENGTH.matcher(text);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return text.length() >= head + 4 + body;
    }

    private void send(SocketChannel client, Reply reply) throws IOException {
        String head =
                http && !reply.raw()
                        ? "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                                + reply.bytes().length()
                                + "\r\n\r\n"
                        : "";
        ByteBuffer rest = ByteBuffer.wrap((head + reply.bytes()).getBytes(StandardCharsets.UTF_8));
        while (rest.hasRemaining()) client.write(rest);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel client : open) client.close();
        try {
            // The system goes on listening until nobody waits for clients any more.
            acceptor.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
