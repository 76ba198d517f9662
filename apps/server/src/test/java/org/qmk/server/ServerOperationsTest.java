package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.kernel.call.JobState;
import org.qmk.server.engine.JobKey;

/// A whole server over HTTP, as an operator sees it.
class ServerOperationsTest {

    private static final String BELL =
            "OPENQASM 3; include \\\"stdgates.inc\\\"; qubit[2] q; bit[2] c; h q[0];"
                    + " cx q[0], q[1]; c = measure q;";

    @TempDir private Path folder;

    /// A server on free ports, and what it said.
    private record Running(Server server, List<String> said) implements AutoCloseable {

        static Running in(Path data, String... settings) throws Exception {
            Path file = Files.createTempFile(data.getParent(), "qmk", ".yaml");
            Files.writeString(file, "machine: quad-64\n" + String.join("\n", settings) + "\n");
            var options =
                    new ServeOptions(
                            Optional.of("127.0.0.1:0"),
                            Optional.empty(),
                            Optional.of(data),
                            Optional.empty(),
                            Optional.of(file),
                            false);
            List<String> said = new ArrayList<>();
            Configuration configuration = Configuration.of(options, "nobody");
            return new Running(Server.start(configuration, said::add), said);
        }

        String adminKey() {
            Matcher key = Pattern.compile("qmk_\\S+").matcher(String.join("\n", said));
            assertTrue(key.find(), said::toString);
            return key.group();
        }

        HttpResponse<String> get(String path, String... headers) throws Exception {
            var request = HttpRequest.newBuilder(uri(path)).GET();
            if (headers.length > 0) request.headers(headers);
            return send(request.build());
        }

        String rpc(String key, String method, String params) throws Exception {
            String body =
                    "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}"
                            .formatted(method, params);
            return send(HttpRequest.newBuilder(uri("/rpc"))
                            .header("Authorization", "Bearer " + key)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build())
                    .body();
        }

        private URI uri(String path) {
            return URI.create("http://127.0.0.1:" + server.port() + path);
        }

        private static HttpResponse<String> send(HttpRequest request) throws Exception {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            }
        }

        String tenant(String name) throws Exception {
            String reply = rpc(adminKey(), "q_tenant_create", "{\"name\":\"" + name + "\"}");
            Matcher key = Pattern.compile("qmk_[^\"]+").matcher(reply);
            assertTrue(key.find(), reply);
            return key.group();
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    private static String submission(long shots, boolean wait) {
        return "{\"source\":\"%s\",\"wait\":%s,\"policy\":{\"shots\":%d}}"
                .formatted(BELL, wait, shots);
    }

    private static double value(String metrics, String series) {
        for (String line : metrics.split("\n")) {
            if (line.startsWith(series + " ")) {
                return Double.parseDouble(line.substring(series.length() + 1));
            }
        }
        throw new AssertionError(series + " is not in\n" + metrics);
    }

    @Test
    void metrics_count_what_was_done_and_name_no_tenant() throws Exception {
        try (var running = Running.in(folder.resolve("data"))) {
            String alice = running.tenant("alice");
            for (int i = 0; i < 3; i++) running.rpc(alice, "q_submit", submission(10, true));
            running.rpc(alice, "q_status", "{\"job_id\":99}");

            String metrics = running.get("/metrics").body();

            assertEquals(3, value(metrics, "qmk_jobs_accepted_total"));
            assertEquals(
                    3,
                    value(
                            metrics,
                            "qmk_jobs_ended_total{cause=\"QMK-END-1\",state=\"COMPLETED\"}"));
            assertEquals(3, value(metrics, "qmk_calls_total{code=\"OK\",method=\"q_submit\"}"));
            assertEquals(
                    1,
                    value(metrics, "qmk_calls_total{code=\"JOB_NOT_FOUND\",method=\"q_status\"}"));
            assertTrue(value(metrics, "qmk_epoch_seconds_count") >= 3, metrics);
            assertTrue(value(metrics, "qmk_journal_bytes") > 0);
            assertTrue(value(metrics, "qmk_journal_force_seconds_count") > 0);
            assertTrue(value(metrics, "qmk_blocks") >= 64);
            assertFalse(metrics.contains("alice"));
            assertTrue(metrics.contains("jvm_memory_used_bytes"));
        }
    }

    @Test
    void tenants_are_labels_where_the_configuration_says_so() throws Exception {
        try (var running = Running.in(folder.resolve("data"), "metrics_tenants: true")) {
            String alice = running.tenant("alice");
            running.rpc(alice, "q_submit", submission(10, true));

            String metrics = running.get("/metrics").body();

            assertEquals(1, value(metrics, "qmk_tenant_calls_total{tenant=\"alice\"}"));
            assertEquals(0, value(metrics, "qmk_tenant_jobs{tenant=\"alice\"}"));
        }
    }

    @Test
    void metrics_through_a_proxy_are_for_administrators() throws Exception {
        try (var running = Running.in(folder.resolve("data"))) {
            String alice = running.tenant("alice");
            String[] proxied = {"X-Forwarded-For", "192.0.2.7"};

            assertEquals(401, running.get("/metrics", proxied).statusCode());
            assertEquals(401, running.get("/metrics", with(proxied, alice)).statusCode());
            assertEquals(
                    200, running.get("/metrics", with(proxied, running.adminKey())).statusCode());
        }
    }

    private static String[] with(String[] headers, String key) {
        return new String[] {headers[0], headers[1], "Authorization", "Bearer " + key};
    }

    @Test
    void a_drained_server_is_alive_and_not_ready() throws Exception {
        try (var running = Running.in(folder.resolve("data"))) {
            assertEquals(200, running.get("/readyz").statusCode());

            running.rpc(running.adminKey(), "q_drain", "{\"on\":true}");

            var ready = running.get("/readyz");
            assertEquals(503, ready.statusCode());
            assertTrue(ready.body().contains("drained"), ready.body());
            assertEquals(200, running.get("/healthz").statusCode());
        }
    }

    @Test
    void a_status_says_epoch_by_epoch_what_a_job_waited_for() throws Exception {
        try (var running = Running.in(folder.resolve("data"))) {
            String alice = running.tenant("alice");
            running.rpc(alice, "q_submit", submission(1_000, true));

            String status = running.rpc(alice, "q_status", "{\"job_id\":1}");

            assertTrue(status.contains("\"stretches\":[{\"from\":"), status);
            assertTrue(status.contains("\"wave\":1"), status);
        }
    }

    @Test
    void a_stop_answers_the_calls_that_run_and_takes_no_more() throws Exception {
        Path data = folder.resolve("data");
        JobKey left;
        try (var running = Running.in(data, "epoch_us: 2000", "drain_seconds: 60")) {
            String alice = running.tenant("alice");
            List<String> answers = new CopyOnWriteArrayList<>();
            Thread waiting =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            answers.add(
                                                    running.rpc(
                                                            alice,
                                                            "q_submit",
                                                            submission(2_000, true)));
                                        } catch (Exception failed) {
                                            answers.add(failed.toString());
                                        }
                                    });
            var tenant = running.server().engine().directory().find("alice").orElseThrow().id();
            while (running.server().engine().ledger().inFlight(tenant).isEmpty())
                Thread.onSpinWait();
            left = new JobKey(tenant, 1);

            assertTrue(running.server().drain());

            waiting.join();
            assertTrue(answers.getFirst().contains("COMPLETED"), answers::toString);
            String refused = running.rpc(alice, "q_submit", submission(1, true));
            assertTrue(refused.contains("QMK-SERVER-28"), refused);
        }
        try (var running = Running.in(data)) {
            var found = running.server().engine().ledger().find(left);
            assertTrue(found.isEmpty() || found.get().standing().state() == JobState.COMPLETED);
        }
    }
}
