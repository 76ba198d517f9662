package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.audit.AuditCheck;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.sim.Simulators;
import org.qmk.source.Loading;
import tools.jackson.databind.JsonNode;

/// A server that is killed at random moments loses nothing that it acknowledged, and does nothing
/// twice. `-Dqmk.kills=200` kills it that often; what CI does is the default.
class KillTest {

    private static final int KILLS = Integer.getInteger("qmk.kills", 25);
    private static final int CLIENTS = 3;
    private static final long SEED = 20_261_126;
    private static final String OPERATOR = "qmk-operator";
    private static final String MACHINE = "quad-64";

    /// Programs that wait for nothing, for magic states, and for decoders.
    private static final List<String> PROGRAMS =
            List.of(
                    "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0];"
                            + " cx q[0], q[1]; c = measure q;",
                    "OPENQASM 3; include \"stdgates.inc\"; qubit[3] q; bit[3] c; h q[0]; t q[0];"
                            + " h q[0]; cx q[0], q[1]; t q[1]; h q[1]; t q[2]; c = measure q;",
                    "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0];"
                            + " c[0] = measure q[0]; if (c[0] == 1) { x q[1]; } h q[0];"
                            + " c[1] = measure q[1];");

    private static final int[] SHOTS = {100, 40, 7};

    @TempDir private Path folder;

    /// The job's number, by the key of those submissions that were acknowledged.
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    private volatile boolean over;
    private volatile Optional<AssertionError> wrong = Optional.empty();

    @Test
    void killed_at_random_moments_it_loses_nothing_and_repeats_nothing() throws Exception {
        Path config = configure();
        try (var first = new ServerProcess(config, OPERATOR)) {
            assertTrue(first.awaitReady(), () -> first.said().toString());
            createTenant(first);
            assertEquals(143, first.stop());
        }
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(Thread.ofPlatform().start(() -> submit(client)));
        }
        int unready = 0;
        try {
            var random = new Random(SEED);
            long startNanos = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                try (var server = new ServerProcess(config, OPERATOR)) {
                    boolean early = kill > 2 && random.nextInt(4) == 0;
                    if (early) {
                        pause(random.nextLong(startNanos));
                        unready++;
                    } else {
                        long begun = System.nanoTime();
                        assertTrue(server.awaitReady(), () -> server.said().toString());
                        startNanos = System.nanoTime() - begun;
                        pause(TimeUnit.MICROSECONDS.toNanos(random.nextInt(300_000)));
                    }
                    server.kill();
                }
            }
        } finally {
            over = true;
            for (Thread client : clients) client.join();
        }
        if (wrong.isPresent()) throw wrong.get();
        System.out.printf(
                "%d kills, %d of them while it started; %d jobs acknowledged%n",
                KILLS, unready, acknowledged.size());
        try (var last = new ServerProcess(config, OPERATOR)) {
            assertTrue(last.awaitReady(), () -> last.said().toString());
            check();
            assertEquals(143, last.stop());
        }
        var key = AuditKey.in(folder.resolve("data"), "qmk.local/server").verifier();
        assertTrue(AuditCheck.of(folder.resolve("data/audit"), key).head().size() > 0);
    }

    private Path configure() throws IOException {
        String text =
                """
                listen: 127.0.0.1:0
                grpc_port: 0
                data_dir: %1$s/data
                unix: %1$s/s
                machine: %2$s
                users: {%3$s: a}
                requests_per_second: 1000000
                """
                        .formatted(folder, MACHINE, System.getProperty("user.name"));
        return Files.writeString(folder.resolve("qmk.yaml"), text);
    }

    private static void createTenant(ServerProcess server) throws Exception {
        String address = server.after("serving at ").orElseThrow();
        String key = server.after("shown this once: ").orElseThrow();
        String body =
                LineClient.request(
                        1, "q_tenant_create", Map.of("name", "a", "quota_jobs", 100_000));
        var request =
                HttpRequest.newBuilder(URI.create(address + "/rpc"))
                        .header("Authorization", "Bearer " + key)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            assertTrue(answer.contains("\"result\""), answer);
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static String key(int client, int job) {
        return "key-%d-%d".formatted(client, job);
    }

    private static int job(String key) {
        return Integer.parseInt(key.substring(key.lastIndexOf('-') + 1));
    }

    /// Submits one job after the other, each until it is acknowledged, and a third of them again.
    private void submit(int client) {
        var random = new Random(SEED + client);
        int job = 0;
        while (!over) {
            try (var line = new LineClient(folder.resolve("s"))) {
                while (!over) {
                    String key = key(client, job);
                    acknowledge(key, line.call("q_submit", submission(key)));
                    if (random.nextInt(3) == 0) {
                        acknowledge(key, line.call("q_submit", submission(key)));
                    }
                    job++;
                }
            } catch (IOException gone) {
                pause(TimeUnit.MILLISECONDS.toNanos(2));
            } catch (AssertionError failed) {
                wrong = Optional.of(failed);
                return;
            }
        }
    }

    private static Map<String, ?> submission(String key) {
        int job = job(key);
        int program = job % PROGRAMS.size();
        return Map.of(
                "source",
                PROGRAMS.get(program),
                "name",
                key,
                "idempotency_key",
                key,
                "policy",
                Map.of("seed", job, "shots", SHOTS[program]));
    }

    private void acknowledge(String key, JsonNode answer) throws IOException {
        if (!answer.has("result")) {
            // A server that stops says so, and is asked again when it is back.
            if (answer.at("/error/code").asInt() == -32203) throw new IOException("it stops");
            throw new AssertionError(key + ": " + answer);
        }
        long number = answer.at("/result/job_id").asLong();
        Long before = acknowledged.putIfAbsent(key, number);
        if (before != null && before != number) {
            throw new AssertionError("%s is job %d and %d".formatted(key, before, number));
        }
    }

    private void check() throws Exception {
        Map<String, Long> found = new HashMap<>();
        var results = new Results();
        try (var line = new LineClient(folder.resolve("s"))) {
            long before = 0;
            while (true) {
                JsonNode page =
                        line.result("q_jobs", Map.of("limit", 1_000, "before", before)).get("jobs");
                if (page == null || page.isEmpty()) break;
                for (JsonNode listed : page) {
                    before = listed.get("job_id").asLong();
                    String key = listed.get("name").asString();
                    assertEquals(null, found.put(key, before), key + " ran twice");
                    JsonNode ended = line.result("q_wait", Map.of("job_id", before));
                    assertEquals("COMPLETED", ended.get("state").asString(), ended.toString());
                    assertEquals(results.of(job(key)), counts(ended), key);
                }
            }
        }
        acknowledged.forEach((key, number) -> assertEquals(number, found.get(key), key));
    }

    private static TreeMap<String, Long> counts(JsonNode job) {
        TreeMap<String, Long> counts = new TreeMap<>();
        job.get("counts")
                .propertyStream()
                .forEach(e -> counts.put(e.getKey(), e.getValue().asLong()));
        return counts;
    }

    /// What the programs give on a kernel that nobody kills.
    private static final class Results {
        private final MachineModel machine = MachineFile.shipped(MACHINE);

        TreeMap<String, Long> of(int job) throws Exception {
            int program = job % PROGRAMS.size();
            byte[] text = PROGRAMS.get(program).getBytes(StandardCharsets.UTF_8);
            var loaded = ((Loading.Accepted) Loading.of("p", text)).program();
            try (var kernel = EmbeddedKernel.open(machine, Simulators::choose, Optional.empty())) {
                return kernel.run(loaded, new JobPolicy(SHOTS[program], job), _ -> {}).counts();
            }
        }
    }
}
