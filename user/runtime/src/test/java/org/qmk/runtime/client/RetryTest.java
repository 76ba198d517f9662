package org.qmk.runtime.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.runtime.client.ScriptedServer.Reply;

@Timeout(60)
class RetryTest {

    private static final Program BELL = new Program.Source("OPENQASM 3.0;");
    private static final Pattern KEY = Pattern.compile("\"idempotency_key\":\"([^\"]+)\"");

    @TempDir private Path folder;

    private ScriptedServer server(boolean http, ScriptedServer.Script script) throws IOException {
        return new ScriptedServer(http ? Optional.empty() : Optional.of(folder), script);
    }

    private static List<String> keys(ScriptedServer server) {
        List<String> keys = new ArrayList<>();
        for (String request : server.requests()) {
            Matcher key = KEY.matcher(request);
            assertTrue(key.find(), request);
            keys.add(key.group(1));
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_submission_whose_answer_was_lost_is_sent_again_under_its_key(boolean http)
            throws Exception {
        ScriptedServer.Script script =
                (number, request) ->
                        number < 3
                                ? new Reply("", true, true)
                                : ScriptedServer.result(request, "{\"job_id\":7}");
        try (var server = server(http, script);
                var client = server.client()) {
            assertEquals(7, client.submit(BELL, SubmitOptions.DEFAULT).id());

            List<String> keys = keys(server);
            assertEquals(List.of(keys.getFirst(), keys.getFirst(), keys.getFirst()), keys);
            assertEquals(32, keys.getFirst().length());
        }
    }

    @Test
    void two_submissions_have_two_keys_unless_the_caller_gives_one() throws Exception {
        try (var server = server(false, (_, request) -> ScriptedServer.result(request, "{}"));
                var client = server.client()) {
            client.submit(BELL, SubmitOptions.DEFAULT);
            client.submit(BELL, SubmitOptions.DEFAULT);
            client.submit(BELL, SubmitOptions.DEFAULT.withIdempotencyKey("mine"));

            List<String> keys = keys(server);
            assertEquals("mine", keys.get(2));
            assertEquals(3, keys.stream().distinct().count());
        }
    }

    @Test
    void a_refusal_that_time_can_mend_is_tried_again_so_often_as_is_set() throws Exception {
        try (var server =
                        server(
                                false,
                                (_, request) ->
                                        ScriptedServer.refusal(request, "RATE_LIMITED", true));
                var client = server.client()) {
            var refusal =
                    assertThrows(
                            ServerRefusal.class, () -> client.submit(BELL, SubmitOptions.DEFAULT));

            assertEquals(3, server.requests().size());
            assertEquals("RATE_LIMITED", refusal.error());
            assertEquals("QMK-X-1", refusal.code());
            assertEquals(-32200, refusal.rpcCode());
            assertEquals("4", refusal.details().getFirst().facts().get("node"));
        }
    }

    @Test
    void a_refusal_that_stays_is_not_tried_again() throws Exception {
        try (var server =
                        server(
                                false,
                                (_, request) ->
                                        ScriptedServer.refusal(request, "INVALID_GRAPH", false));
                var client = server.client()) {
            assertThrows(ServerRefusal.class, () -> client.submit(BELL, SubmitOptions.DEFAULT));

            assertEquals(1, server.requests().size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void other_calls_are_made_once(boolean http) throws Exception {
        try (var server = server(http, (_, _) -> new Reply("", true, true));
                var client = server.client()) {
            assertThrows(TransportFailure.class, () -> client.cancel(1));
            assertEquals(1, server.requests().size());
            assertThrows(TransportFailure.class, () -> client.createKey(Optional.empty()));
            assertEquals(2, server.requests().size());
        }
        java.nio.file.Files.deleteIfExists(folder.resolve("s"));
        try (var server =
                        server(
                                http,
                                (_, request) ->
                                        ScriptedServer.refusal(request, "WRONG_STATE", true));
                var client = server.client()) {
            assertThrows(ServerRefusal.class, () -> client.cancel(1));
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void a_wait_asks_again_until_the_job_ends() throws Exception {
        ScriptedServer.Script script =
                (number, request) ->
                        switch (number) {
                            case 1, 3 -> ScriptedServer.refusal(request, "TIMEOUT", true);
                            case 2 -> new Reply("", true, true);
                            default -> ScriptedServer.result(request, "{\"state\":\"COMPLETED\"}");
                        };
        try (var server = server(false, script);
                var client = server.client()) {
            assertTrue(client.await(7, Duration.ofSeconds(60)).completed());
            assertEquals(4, server.requests().size());
        }
    }

    @Test
    void a_wait_that_is_over_says_how_the_job_stands() throws Exception {
        ScriptedServer.Script script =
                (_, request) ->
                        request.contains("q_status")
                                ? ScriptedServer.result(request, "{\"state\":\"RUNNING\"}")
                                : ScriptedServer.refusal(request, "TIMEOUT", true);
        try (var server = server(false, script);
                var client = server.client()) {
            assertEquals("RUNNING", client.await(7, Duration.ofMillis(20)).state());
            assertEquals("RUNNING", client.await(7, Duration.ZERO).state());
        }
    }

    @Test
    void a_submission_that_waits_goes_on_waiting_for_the_job_that_it_made() throws Exception {
        ScriptedServer.Script script =
                (_, request) -> {
                    if (request.contains("q_wait")) {
                        return ScriptedServer.result(request, "{\"state\":\"COMPLETED\"}");
                    }
                    return request.contains("\"wait\":true")
                            ? ScriptedServer.refusal(request, "TIMEOUT", true)
                            : ScriptedServer.result(request, "{\"job_id\":7}");
                };
        try (var server = server(false, script);
                var client = server.client()) {
            var options = SubmitOptions.DEFAULT.withWait(Duration.ofSeconds(60));

            assertTrue(client.submit(BELL, options).completed());

            List<String> requests = server.requests();
            assertEquals(3, requests.size());
            assertTrue(requests.get(2).contains("\"job_id\":7"), requests.get(2));
            Matcher first = KEY.matcher(requests.get(0));
            Matcher second = KEY.matcher(requests.get(1));
            assertTrue(first.find() && second.find());
            assertEquals(first.group(1), second.group(1));
        }
    }

    @Test
    void rests_grow_to_their_bound_and_differ_by_chance() {
        var retry = new Retry(9, Duration.ofMillis(100), Duration.ofMillis(350));

        assertEquals(Duration.ofMillis(100), retry.rest(1, 0));
        assertEquals(Duration.ofMillis(200), retry.rest(2, 0));
        assertEquals(Duration.ofMillis(350), retry.rest(3, 0));
        assertEquals(Duration.ofMillis(350), retry.rest(2_000, 0));
        assertEquals(Duration.ofMillis(175), retry.rest(8, 1));
    }
}
