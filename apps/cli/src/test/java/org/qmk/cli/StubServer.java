package org.qmk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server below a folder that answers each call with the same words. The whole path, with a real
/// server, is tested where the server is.
final class StubServer implements AutoCloseable {

    private static final Pattern CALL = Pattern.compile("\"id\":([0-9]+),\"method\":\"([a-z_]+)\"");

    /// A job that has ended, with counts.
    static final String ENDED =
            """
            {"job_id":1,"name":"ghz","state":"COMPLETED","cause":"QMK-END-1","message":"all shots\
             are done","shots":100,"shots_done":100,"seed":"7","accepted_epoch":3,"ended_epoch":9,\
            "epochs":5,"bits":["c[1]","c[0]"],"counts":{"00":49,"11":51},"waited":{"NOTHING":4,\
            "MAGIC":1},"stretches":[{"from":4,"to":6,"wave":1,"wait_cause":"NOTHING"},\
            {"from":7,"to":7,"wave":0,"wait_cause":"MAGIC"}],"digest":"sha256:ab"}\
            """;

    /// The same before its end.
    static final String RUNNING =
            """
            {"job_id":1,"name":"ghz","state":"RUNNING","shots":100,"shots_done":40,"seed":"7",\
            "accepted_epoch":3,"epochs":2,"wait_cause":"MAGIC","digest":"sha256:ab"}\
            """;

    private static final String CAPABILITY =
            """
            {"handle":"h1","capability":"CAP_ALLOC","bounds":{"amount":4,"delegable":true}}\
            """;

    private static final String TENANT =
            """
            {"name":"alice","weight":2,"quota_jobs":9,"suspended":false,"requests_per_second":5,\
            "jobs":3,"keys":[{"key_id":"k1","tenant":"alice","admin":false,"revoked":true}],\
            "api_key":"qmk_made"}\
            """;

    private final Map<String, String> answers =
            new ConcurrentHashMap<>(
                    Map.ofEntries(
                            Map.entry("q_submit", result(RUNNING)),
                            Map.entry("q_status", result(ENDED)),
                            Map.entry("q_wait", result(ENDED)),
                            Map.entry("q_cancel", result(RUNNING)),
                            Map.entry("q_jobs", result("{\"jobs\":[" + ENDED + "]}")),
                            Map.entry("q_caps", result("{\"capabilities\":[" + CAPABILITY + "]}")),
                            Map.entry("q_derive", result(CAPABILITY)),
                            Map.entry("q_redeem", result(CAPABILITY)),
                            Map.entry(
                                    "q_grant",
                                    result(
                                            "{\"token\":\"qmkd1.t\",\"capability\":"
                                                    + CAPABILITY
                                                    + "}")),
                            Map.entry("q_revoke", result("{}")),
                            Map.entry("q_tenants", result("{\"tenants\":[" + TENANT + "]}")),
                            Map.entry("q_tenant_create", result(TENANT)),
                            Map.entry("q_tenant_set", result(TENANT)),
                            Map.entry(
                                    "q_key_create",
                                    result("{\"key_id\":\"k2\",\"api_key\":\"qmk_other\"}")),
                            Map.entry("q_key_revoke", result("{}")),
                            Map.entry(
                                    "q_get_telemetry",
                                    result(
                                            "{\"epoch\":12,\"machine\":\"quad-64\",\"blocks\":256,"
                                                + "\"modes\":[{\"condition\":\"SLOW\",\"subject\":"
                                                + "2,\"level\":1}]}"))));

    private final ServerSocketChannel server;
    private final Thread acceptor;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /// Listens at `qmk-data/qmk.sock` in the folder.
    StubServer(Path folder) {
        try {
            Files.createDirectories(folder.resolve("qmk-data"));
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve("qmk-data/qmk.sock")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        acceptor = Thread.ofVirtual().start(this::accept);
    }

    /// What answers with that result.
    static String result(String result) {
        return "\"result\":" + result;
    }

    static String refusal(String error, String code, String message, String details) {
        return """
        "error":{"code":-32301,"message":"%s","data":{"error":"%s","code":"%s","retry":false,\
        "details":%s}}\
        """
                .formatted(message, error, code, details);
    }

    /// What is said from now on to a call. Lines before the last are sent as they are, with the
    /// id of the request for `@ID`.
    void on(String method, String answer) {
        answers.put(method, answer);
    }

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
        try (var in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
                Matcher call = CALL.matcher(line);
                if (!call.find()) throw new IllegalArgumentException(line);
                String answer = answers.get(call.group(2)).replace("@ID", call.group(1));
                int last = answer.lastIndexOf('\n') + 1;
                send(
                        client,
                        answer.substring(0, last)
                                + "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}\n"
                                        .formatted(call.group(1), answer.substring(last)));
            }
        } catch (IOException gone) {
            // The command has ended, or the test.
            open.remove(client);
        }
    }

    private static void send(SocketChannel client, String text) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
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
