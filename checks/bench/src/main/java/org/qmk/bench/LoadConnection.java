package org.qmk.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HTTP with as little work as can be: what is measured is the server, on the same cores.
final class LoadConnection implements AutoCloseable {

    private static final String PROGRAM =
            "OPENQASM 3; include \\\"stdgates.inc\\\"; qubit[2] q; bit[2] c; h q[0];"
                    + " cx q[0], q[1]; c = measure q;";

    static final Pattern KEY = Pattern.compile("qmk_[0-9a-zA-Z_-]+");

    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;

    LoadConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
    }

    String create(String name, String key) throws IOException {
        String answer = call(key, "q_tenant_create", "{\"name\":\"%s\"}".formatted(name));
        Matcher made = KEY.matcher(answer);
        if (!made.find()) throw new IOException(answer);
        return made.group();
    }

    /// Submits a Bell job of 100 shots and returns the answer when it ended.
    String bell(String key) throws IOException {
        return bell(key, "");
    }

    /// @param idempotencyKey empty for none
    String bell(String key, String idempotencyKey) throws IOException {
        String again =
                idempotencyKey.isEmpty()
                        ? ""
                        : "\"idempotency_key\":\"%s\",".formatted(idempotencyKey);
        String params =
                "{\"source\":\"%s\",\"wait\":true,%s\"policy\":{\"shots\":100}}"
                        .formatted(PROGRAM, again);
        String answer = call(key, "q_submit", params);
        if (!answer.contains("\"state\":\"COMPLETED\"")) throw new IOException(answer);
        return answer;
    }

    String call(String key, String method, String params) throws IOException {
        String body =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
                        .formatted(method, params);
        String request =
                "POST /rpc HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                .formatted(key)
                        + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                .formatted(body.length())
                        + body;
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        int length = -1;
        boolean chunked = false;
        for (String line = line(); !line.isEmpty(); line = line()) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (chunked) return chunks();
        if (length < 0) throw new IOException("an answer without a length");
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// A long answer, which comes in parts.
    private String chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            all.write(in.readNBytes(size));
            line();
            if (size == 0) return all.toString(StandardCharsets.UTF_8);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) throw new IOException("the server went away");
            if (b != '\r') line.append((char) b);
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
