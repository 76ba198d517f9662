package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What clients may send that is wrong, too much, or too slow. After each the server serves on.
class HostileTest {

    private static final int LONGEST = 1 << 20;
    private static final int CONNECTIONS = 40;

    @TempDir private Path folder;
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                new RunningServer(
                        folder,
                        "request_bytes_max: " + LONGEST,
                        "unfinished_mb: 4",
                        "connections_max: " + CONNECTIONS,
                        "idle_seconds: 3",
                        "epoch_us: 2000");
        server.tenant(RunningServer.TENANT);
    }

    @AfterEach
    void stop() throws Exception {
        try {
            serves();
        } finally {
            server.close();
        }
    }

    private void serves() throws Exception {
        try (var line = new LineClient(server.socket())) {
            assertTrue(line.call("q_jobs", Map.of()).has("result"));
        }
    }

    private static int code(JsonNode answer) {
        return answer.at("/error/code").asInt();
    }

    private static void await(BooleanSupplier condition, String what) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            Thread.onSpinWait();
        }
    }

    @Test
    void random_bytes_are_answered_or_end_the_connection() throws Exception {
        var random = new Random(4);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(300) + 1];
            random.nextBytes(bytes);
            try (var line = new LineClient(server.socket())) {
                line.send(bytes);
                line.endOfRequests();
                JsonNode answer = line.answer();
                assertTrue(answer.has("error"), answer.toString());
            } catch (IOException closed) {
                // A blank, or nothing but the start of a request, is answered by closing.
                assertFalse(closed.getMessage().isEmpty());
            }
        }
    }

    @Test
    void half_a_request_is_answered_when_the_client_ends_and_forgotten_when_it_goes()
            throws Exception {
        byte[] half = "{\"jsonrpc\":\"2.0\",\"id\":1,\"met".getBytes(StandardCharsets.UTF_8);
        try (var line = new LineClient(server.socket())) {
            line.send(half);
            line.endOfRequests();
            assertEquals(-32700, code(line.answer()));
        }
        try (var line = new LineClient(server.socket())) {
            line.send(half);
        }
        await(() -> server.server.gateway().unfinishedBytes() == 0, "bytes are not let go of");
    }

    @Test
    void a_gigabyte_announced_is_refused_and_not_read() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.server.port())) {
            String head =
                    "POST /rpc HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                    .formatted(server.admin)
                            + "Content-Length: 1073741824\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(30_000);
            byte[] answer = new byte[12];
            assertEquals(12, socket.getInputStream().readNBytes(answer, 0, 12));
            assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void chunks_without_end_are_refused_at_the_limit() throws Exception {
        try (var socket = new Socket("127.0.0.1", server.server.port())) {
            String head =
                    "POST /rpc HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                    .formatted(server.admin)
                            + "Transfer-Encoding: chunked\r\n\r\n";
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            byte[] chunk =
                    ("10000\r\n" + " ".repeat(1 << 16) + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            try {
                for (int sent = 0; sent <= LONGEST; sent += 1 << 16) out.write(chunk);
            } catch (IOException closed) {
                assertFalse(closed.getMessage().isEmpty());
            }
            socket.setSoTimeout(30_000);
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 413", new String(answer, StandardCharsets.US_ASCII));
        }
    }

    @Test
    void a_gigabyte_streamed_is_refused_at_the_limit() throws Exception {
        long sent = 0;
        byte[] more = new byte[1 << 16];
        Arrays.fill(more, (byte) 'x');
        try (var line = new LineClient(server.socket())) {
            line.send("{\"a\":\"".getBytes(StandardCharsets.UTF_8));
            try {
                for (; sent < 1L << 30; sent += more.length) line.send(more);
            } catch (IOException closed) {
                assertFalse(closed.getMessage().isEmpty());
            }
            assertEquals(-32206, code(line.answer()));
        }
        assertTrue(sent < 4 * LONGEST, sent + " bytes were taken");
    }

    @Test
    void the_sum_of_unfinished_requests_is_bounded() throws Exception {
        byte[] most = new byte[LONGEST - 100];
        Arrays.fill(most, (byte) 'x');
        most[0] = '{';
        most[1] = '"';
        List<LineClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                var client = new LineClient(server.socket());
                clients.add(client);
                client.send(most);
            }
            await(
                    () -> server.server.gateway().unfinishedBytes() >= 4L * most.length,
                    "they are not read");
            try (var line = new LineClient(server.socket())) {
                try {
                    line.send(most);
                } catch (IOException closed) {
                    assertFalse(closed.getMessage().isEmpty());
                }
                assertEquals(-32202, code(line.answer()));
            }
        } finally {
            for (LineClient client : clients) client.close();
        }
        await(() -> server.server.gateway().unfinishedBytes() == 0, "bytes are not let go of");
    }

    @Test
    void connections_past_the_limit_are_refused_until_one_ends() throws Exception {
        List<LineClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) clients.add(new LineClient(server.socket()));
            for (LineClient client : clients) client.result("q_jobs", Map.of());
            try (var line = new LineClient(server.socket())) {
                assertEquals(-32202, code(line.answer()));
            }
            clients.removeLast().close();
            await(this::connects, "a connection that ended counts");
        } finally {
            for (LineClient client : clients) client.close();
        }
    }

    private boolean connects() {
        try (var line = new LineClient(server.socket())) {
            return line.call("q_jobs", Map.of()).has("result");
        } catch (IOException refused) {
            return false;
        }
    }

    @Test
    void who_says_nothing_is_closed_and_who_waits_is_not() throws Exception {
        try (var silent = new LineClient(server.socket());
                var half = new LineClient(server.socket());
                var waiting = new LineClient(server.socket())) {
            half.send("{".getBytes(StandardCharsets.UTF_8));
            long job =
                    waiting.result("q_submit", RunningServer.bell(1_000_000_000, 7))
                            .get("job_id")
                            .asLong();
            // Longer than a connection may be idle.
            JsonNode late = waiting.call("q_wait", Map.of("job_id", job, "timeout_ms", 6_000));
            assertEquals(-32302, code(late));
            assertThrows(IOException.class, silent::answer);
            assertThrows(IOException.class, half::answer);
            waiting.result("q_cancel", Map.of("job_id", job));
        }
    }

    @Test
    void an_http_client_that_dawdles_is_closed_and_one_that_waits_is_not() throws Exception {
        String key = server.tenant("alice");
        try (var socket = new Socket("127.0.0.1", server.server.port())) {
            socket.getOutputStream()
                    .write("POST /rpc HTTP/1.1\r\nHo".getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(30_000);
            byte[] rest = socket.getInputStream().readAllBytes();
            String said = new String(rest, StandardCharsets.US_ASCII);
            assertTrue(said.isEmpty() || said.startsWith("HTTP/1.1 4"), said);
        }
        try (var socket = new Socket("127.0.0.1", server.server.port())) {
            String head =
                    "POST /rpc HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n"
                                    .formatted(key)
                            + "Content-Length: 1000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            // A byte now and then: each comes before the connection is idle.
            Thread drip = Thread.ofVirtual().start(() -> drip(socket));
            socket.setSoTimeout(30_000);
            byte[] rest = socket.getInputStream().readNBytes(12);
            assertEquals("HTTP/1.1 504", new String(rest, StandardCharsets.US_ASCII));
            drip.interrupt();
        }
        long job =
                server.result(key, "q_submit", RunningServer.bell(1_000_000_000, 7))
                        .get("job_id")
                        .asLong();
        HttpResponse<String> late =
                server.post(key, "q_wait", Map.of("job_id", job, "timeout_ms", 6_000));
        assertTrue(late.body().contains("-32302"), late.body());
        server.result(key, "q_cancel", Map.of("job_id", job));
    }

    private static void drip(Socket socket) {
        try {
            while (!socket.isClosed()) {
                socket.getOutputStream().write(' ');
                TimeUnit.MILLISECONDS.sleep(300);
            }
        } catch (IOException | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_client_that_vanishes_while_it_waits_changes_nothing() throws Exception {
        long job;
        try (var line = new LineClient(server.socket())) {
            job = line.result("q_submit", RunningServer.bell(3_000, 7)).get("job_id").asLong();
            line.send(
                    LineClient.request(2, "q_wait", Map.of("job_id", job))
                            .getBytes(StandardCharsets.UTF_8));
        }
        try (var line = new LineClient(server.socket())) {
            JsonNode ended = line.result("q_wait", Map.of("job_id", job));
            assertEquals("COMPLETED", ended.get("state").asString());
        }
        await(() -> server.server.gateway().unfinishedBytes() == 0, "bytes are not let go of");
    }

    @Test
    void every_bad_key_has_the_same_answer() throws Exception {
        String key = server.tenant("alice");
        JsonNode made = server.result(server.admin, "q_key_create", Map.of("tenant", "alice"));
        String revoked = made.get("api_key").asString();
        server.result(
                server.admin, "q_key_revoke", Map.of("key_id", made.get("key_id").asString()));
        String changed = key.substring(0, key.length() - 1) + (key.endsWith("A") ? "B" : "A");

        HttpResponse<String> first = server.post("qmk_0_0", "q_jobs", Map.of());

        assertEquals(401, first.statusCode());
        for (String bad : List.of(revoked, changed, "x", "qmk_" + "y".repeat(5_000), "%%")) {
            HttpResponse<String> other = server.post(bad, "q_jobs", Map.of());
            assertEquals(first.statusCode(), other.statusCode());
            assertEquals(first.body(), other.body());
        }
    }

    @Test
    void ids_of_another_tenant_are_as_unknown_as_ids_of_nobody() throws Exception {
        String alice = server.tenant("alice");
        String bob = server.tenant("bob");
        server.tenant("carol");
        long job =
                server.result(alice, "q_submit", RunningServer.bell(1, 7)).get("job_id").asLong();
        server.result(alice, "q_negotiate_caps", Map.of());
        String session =
                server.result(alice, "q_negotiate_caps", Map.of()).get("session_id").asString();
        String handle =
                server.result(alice, "q_caps", Map.of())
                        .get("capabilities")
                        .get(0)
                        .get("handle")
                        .asString();
        long channel =
                server.result(
                                alice,
                                "q_open_chan",
                                Map.of(
                                        "peer",
                                        "carol",
                                        "purpose",
                                        "test",
                                        "pairs",
                                        5,
                                        "fidelity",
                                        0.9))
                        .get("channel_id")
                        .asLong();

        for (String call : List.of("q_status", "q_cancel", "q_wait", "q_get_mapping")) {
            same(bob, call, Map.of("job_id", job), Map.of("job_id", 99_999));
        }
        same(bob, "q_jobs", Map.of("session_id", session), Map.of("session_id", "99"));
        same(bob, "q_close_session", Map.of("session_id", session), Map.of("session_id", "99"));
        same(bob, "q_chan_status", Map.of("channel_id", channel), Map.of("channel_id", 9_999));
        same(bob, "q_close_chan", Map.of("channel_id", channel), Map.of("channel_id", 9_999));
        same(bob, "q_use_chan", Map.of("channel_id", channel), Map.of("channel_id", 9_999));
        String nobody =
                handle.substring(0, handle.length() - 1) + (handle.endsWith("A") ? "B" : "A");
        same(bob, "q_revoke", Map.of("handle", handle), Map.of("handle", nobody));
        same(bob, "q_release", Map.of("handle", handle), Map.of("handle", nobody));
    }

    private void same(String key, String call, Map<String, ?> others, Map<String, ?> nobodys)
            throws Exception {
        HttpResponse<String> one = server.post(key, call, others);
        HttpResponse<String> other = server.post(key, call, nobodys);
        assertEquals(other.body(), one.body(), call);
        assertEquals(other.statusCode(), one.statusCode(), call);
        if (!call.equals("q_jobs")) assertTrue(one.body().contains("\"error\""), one.body());
    }

    @Test
    void a_program_that_would_stall_all_others_is_refused() throws Exception {
        String wide =
                "OPENQASM 3; include \"stdgates.inc\"; qubit[27] q; bit[27] c;"
                        + " for int layer in [1:20] { h q; t q;"
                        + " for int i in [0:25] { cx q[i], q[i + 1]; } } c = measure q;";
        try (var line = new LineClient(server.socket())) {
            JsonNode refused = line.call("q_submit", Map.of("source", wide));
            assertEquals(-32202, code(refused), refused.toString());
            assertTrue(refused.toString().contains("QMK-SERVER-32"), refused.toString());
        }
    }
}
