package org.qmk.runtime.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.runtime.client.ScriptedServer.Reply;
import org.qmk.runtime.client.TransportFailure.Kind;

/// Whatever a server says, the client comes back and says what it was.
@Timeout(60)
class HostileServerTest {

    private static final Duration SOON = Duration.ofMillis(300);

    /// Answers to a call that are none.
    private static final List<String> GARBAGE =
            List.of(
                    "hello",
                    "",
                    "null",
                    "7",
                    "[]",
                    "{}",
                    "{\"jsonrpc\":\"2.0\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":7}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":null}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"job_id\":\"7\"}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"job_id\":-7}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"job_id\":7.5}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"job_id\":18446744073709551616}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"counts\":[]}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"bits\":[[]]}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{}} {}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{},\"error\":{}}",
                    "{\"jsonrpc\":\"1.0\",\"id\":ID,\"result\":{}}",
                    "{\"id\":ID,\"result\":{}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":999,\"result\":{}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":{}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":\"ID\",\"result\":{}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":999,\"error\":{\"code\":-1,\"message\":\"\"}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":99999999999}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":\"no\"}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"x\":" + "[".repeat(70) + "}}",
                    "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"name\":\"\\ud800\u0000\"}}",
                    "{\"jsonrpc\":\"2.0\",\"method\":\"q_watch\",\"params\":{\"id\":ID}}");

    @TempDir private Path folder;

    private ScriptedServer server(boolean http, ScriptedServer.Script script) throws IOException {
        return new ScriptedServer(http ? Optional.empty() : Optional.of(folder), script);
    }

    private static TransportFailure failure(QmkClient client) {
        return assertThrows(TransportFailure.class, () -> client.status(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_no_answer_is_garbled(boolean http) throws Exception {
        ScriptedServer.Script script =
                (number, request) ->
                        Reply.line(
                                GARBAGE.get(number - 1).replace("ID", ScriptedServer.id(request)));
        try (var server = server(http, script);
                var client = server.client()) {
            for (String answer : GARBAGE) {
                assertEquals(Kind.GARBLED, failure(client).kind(), answer);
            }
            assertEquals(GARBAGE.size(), server.requests().size(), "nothing was asked twice");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_answer_that_is_too_long_is_not_read_to_its_end(boolean http) throws Exception {
        String answer = "{" + " ".repeat(3_000_000);
        try (var server = server(http, (_, _) -> Reply.line(answer));
                var client = server.client(Duration.ofSeconds(20), 1_000)) {
            var failure = failure(client);

            assertEquals(Kind.GARBLED, failure.kind());
            assertTrue(failure.getMessage().contains("1000 bytes"), failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_answer_that_breaks_off_is_lost(boolean http) throws Exception {
        String half = "{\"jsonrpc\":\"2.0\",";
        String start = http ? "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + half : half;
        try (var server = server(http, (_, _) -> new Reply(start, true, true));
                var client = server.client()) {
            assertEquals(Kind.LOST, failure(client).kind());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_answer_that_never_ends_is_late(boolean http) throws Exception {
        String half = "{\"jsonrpc\":\"2.0\",";
        String start = http ? "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + half : half;
        for (String sent : List.of("", start)) {
            try (var server = server(http, (_, _) -> new Reply(sent, true, false));
                    var client = server.client(SOON, 1_000)) {
                assertEquals(Kind.LATE, failure(client).kind());
            }
            java.nio.file.Files.deleteIfExists(folder.resolve("s"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void where_nobody_listens_the_server_is_unreachable(boolean http) throws Exception {
        var server = server(http, (_, _) -> Reply.line(""));
        try (var client = server.client()) {
            server.close();

            assertEquals(Kind.UNREACHABLE, failure(client).kind());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_interrupted_call_comes_back_and_stays_interrupted(boolean http) throws Exception {
        var asked = new CountDownLatch(1);
        ScriptedServer.Script silence =
                (_, _) -> {
                    asked.countDown();
                    return new Reply("", true, false);
                };
        try (var server = server(http, silence);
                var client = server.client()) {
            var caught = new AtomicReference<Kind>();
            var interrupted = new AtomicReference<Boolean>();
            Thread caller =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        caught.set(failure(client).kind());
                                        interrupted.set(Thread.currentThread().isInterrupted());
                                    });
            asked.await();
            caller.interrupt();
            caller.join();

            assertEquals(Kind.INTERRUPTED, caught.get());
            assertTrue(interrupted.get());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 204 No Content\r\n\r\n"
            })
    void what_is_no_qmk_server_is_told_with_its_status(String answer) throws Exception {
        try (var server = server(true, (_, _) -> new Reply(answer, true, false));
                var client = server.client()) {
            var failure = failure(client);

            assertEquals(Kind.GARBLED, failure.kind());
            assertTrue(
                    failure.getMessage().contains("HTTP status " + answer.substring(9, 12)),
                    failure.getMessage());
            assertFalse(failure.getMessage().contains("secret"));
        }
    }

    @Test
    void a_connection_on_which_the_server_says_too_much_is_not_used_again() throws Exception {
        ScriptedServer.Script chatty =
                (number, request) ->
                        new Reply(
                                ScriptedServer.result(request, "{\"job_id\":" + number + "}")
                                                .bytes()
                                        + "{\"and\":\"more\"}\n",
                                true,
                                false);
        try (var server = server(false, chatty);
                var client = server.client()) {
            assertEquals(1, client.status(1).id());
            assertEquals(2, client.status(1).id());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello\n", "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}\n", "[]\n"})
    void a_stream_of_something_else_is_garbled(String line) throws Exception {
        String event = "event: job\ndata: " + line + "\n";
        for (boolean http : List.of(false, true)) {
            String sent = http ? stream(event) : line;
            if (http && line.contains("77")) continue;
            try (var server = server(http, (_, _) -> new Reply(sent, true, false));
                    var client = server.client();
                    JobEvents events = client.watch(1)) {
                var failure = assertThrows(TransportFailure.class, events::next);
                assertEquals(Kind.GARBLED, failure.kind(), line);
            }
        }
    }

    private static String stream(String events) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + events;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_stream_that_ends_before_the_job_is_lost(boolean http) throws Exception {
        String sent = http ? stream(": still there\n\n") : "";
        try (var server = server(http, (_, _) -> new Reply(sent, true, true));
                var client = server.client();
                JobEvents events = client.watch(1)) {
            assertEquals(Kind.LOST, assertThrows(TransportFailure.class, events::next).kind());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void an_event_that_is_too_long_is_not_read_to_its_end(boolean http) throws Exception {
        String line = "data: " + "x".repeat(3_000_000);
        String sent = http ? stream(line) : line;
        try (var server = server(http, (_, _) -> new Reply(sent, true, false));
                var client = server.client(Duration.ofSeconds(20), 1_000);
                JobEvents events = client.watch(1)) {
            assertEquals(Kind.GARBLED, assertThrows(TransportFailure.class, events::next).kind());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void after_a_long_silence_the_server_is_asked(boolean http) throws Exception {
        ScriptedServer.Script script =
                (number, request) -> {
                    if (number == 1) return new Reply(http ? stream(":\n") : "", true, false);
                    String state = number == 2 ? "RUNNING" : "COMPLETED";
                    return ScriptedServer.result(
                            request, "{\"ended_epoch\":9,\"state\":\"%s\"}".formatted(state));
                };
        try (var server = server(http, script);
                var client = server.client()) {
            var transport =
                    http
                            ? new HttpTransport(
                                    (ServerAddress.Http) server.address(), Optional.empty(), 1_000)
                            : new UnixTransport(folder.resolve("s"), 1_000);
            var request = new RpcRequest(1, "q_watch", _ -> {});
            EventFeed feed = transport.watch(request, 1, Duration.ofSeconds(20));
            try (transport;
                    var events = new JobEvents(feed, client, 1, Duration.ofMillis(20))) {
                assertEquals(9, events.next().orElseThrow().epoch());
                assertEquals(Optional.empty(), events.next());
            }
            assertEquals(3, server.requests().size());
        }
    }
}
