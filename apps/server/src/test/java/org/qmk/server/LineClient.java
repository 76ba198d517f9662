package org.qmk.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON-RPC over a Unix-domain socket, one call at a time.
final class LineClient implements AutoCloseable {

    static final JsonMapper JSON = new JsonMapper();

    private final SocketChannel channel;
    private final InputStream in;
    private long id;

    LineClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        in = new BufferedInputStream(Channels.newInputStream(channel));
    }

    static String request(long id, String method, Map<String, ?> params) {
        return JSON.writeValueAsString(
                Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", params));
    }

    /// The whole answer.
    JsonNode call(String method, Map<String, ?> params) throws IOException {
        send(request(++id, method, params).getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    /// The answer's result; fails on a refusal.
    JsonNode result(String method, Map<String, ?> params) throws IOException {
        JsonNode answer = call(method, params);
        if (!answer.has("result")) throw new AssertionError(method + ": " + answer);
        return answer.get("result");
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) channel.write(left);
    }

    /// Says that no more bytes will come, and goes on reading.
    void endOfRequests() throws IOException {
        channel.shutdownOutput();
    }

    /// The next line.
    ///
    /// @throws EOFException if the server closed the connection
    JsonNode answer() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new EOFException("the server closed the connection");
            line.write(b);
        }
        return JSON.readTree(line.toByteArray());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
