package org.qmk.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.kernel.call.Policy;
import org.qmk.machine.MachineFile;
import org.qmk.runtime.audit.TenantView;
import org.qmk.runtime.audit.ViewJson;
import org.qmk.server.engine.JobRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
final class PageRoutesTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    /// Long enough a program to be still running when it is looked at.
    private static final long MANY_SHOTS = 1_000_000;

    @TempDir private Path folder;
    private final HttpClient client = HttpClient.newHttpClient();
    private PageServer server;
    private PageServer.Guest alice;
    private PageServer.Guest bob;

    @BeforeEach
    void start() throws IOException {
        server = start(Policy.DEFAULT);
        alice = server.guest("alice", 1);
        bob = server.guest("bob", 3);
    }

    private PageServer start(Policy policy) throws IOException {
        return new PageServer(folder, MachineFile.shipped("quad-64"), policy, Duration.ofMillis(1));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String key) throws Exception {
        return send(request(path).header("Authorization", "Bearer " + key));
    }

    private JsonNode json(String path, String key) throws Exception {
        HttpResponse<String> answer = get(path, key);
        assertEquals(200, answer.statusCode(), answer.body());
        return MAPPER.readTree(answer.body());
    }

    private static HttpRequest.BodyPublisher form(String text) {
        return HttpRequest.BodyPublishers.ofString(text);
    }

    private HttpRequest.Builder login(String key) {
        return request("/page/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(form("key=" + key));
    }

    private static String cookie(HttpResponse<?> answer) {
        String header = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return header.substring(0, header.indexOf(';'));
    }

    @Test
    void the_page_and_all_that_it_names_are_there() throws Exception {
        HttpResponse<String> index = send(request("/"));
        List<String> names = new ArrayList<>();
        Matcher named = Pattern.compile("/assets/([a-z.-]+)").matcher(index.body());
        while (named.find()) names.add(named.group(1));

        for (int i = 0; i < names.size(); i++) {
            HttpResponse<String> file = send(request("/assets/" + names.get(i)));
            assertEquals(200, file.statusCode(), names.get(i));
            if (!names.get(i).endsWith(".js")) continue;
            Matcher imported = Pattern.compile("from \"\\./([a-z.-]+)\"").matcher(file.body());
            while (imported.find()) {
                if (!names.contains(imported.group(1))) names.add(imported.group(1));
            }
        }

        assertEquals(200, index.statusCode());
        assertTrue(names.containsAll(List.of("page.css", "icon.svg", "merkle.js", "jobs.js")));
        assertEquals(404, send(request("/assets/other.js")).statusCode());
        assertEquals(404, send(request("/assets/..%2Findex.html")).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/assets/page.js", "/page/machine"})
    void headers_keep_other_sites_away(String path) throws Exception {
        var headers = get(path, "admin").headers();

        String policy = headers.firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'self'; "), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElseThrow());
        boolean kept = !path.startsWith("/page/");
        assertEquals(
                kept ? "no-cache" : "no-store", headers.firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void a_file_that_the_browser_has_is_not_sent_again() throws Exception {
        HttpResponse<String> first = send(request("/assets/page.css"));
        String etag = first.headers().firstValue("ETag").orElseThrow();

        var again = send(request("/assets/page.css").header("If-None-Match", etag));
        var other = send(request("/assets/page.css").header("If-None-Match", "\"other\""));

        assertEquals("text/css; charset=utf-8", first.headers().firstValue("Content-Type").get());
        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(200, other.statusCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/page/machine",
                "/page/jobs",
                "/page/jobs/1.1",
                "/page/audit",
                "/page/audit/1"
            })
    void nobody_is_told_anything_without_a_key(String path) throws Exception {
        assertEquals(401, send(request(path)).statusCode());
        assertEquals(401, get(path, "wrong").statusCode());
        var cookie = request(path).header("Cookie", BrowserSessions.COOKIE + "=wrong");
        assertEquals(401, send(cookie).statusCode());
    }

    @Test
    void a_session_lives_until_it_is_ended_or_its_key_is_revoked() throws Exception {
        HttpResponse<String> answer = send(login("alice"));
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        String cookie = cookie(answer);
        String other = cookie(send(login("alice")));

        assertEquals(204, answer.statusCode());
        assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Strict"), set);
        assertFalse(set.contains("alice"), set);
        assertEquals(200, send(request("/page/machine").header("Cookie", cookie)).statusCode());

        send(request("/page/logout").header("Cookie", cookie).POST(form("")));
        assertEquals(401, send(request("/page/machine").header("Cookie", cookie)).statusCode());
        assertEquals(200, send(request("/page/machine").header("Cookie", other)).statusCode());

        server.revoke("alice");
        assertEquals(401, send(request("/page/machine").header("Cookie", other)).statusCode());
        assertEquals(401, send(login("alice")).statusCode());
    }

    @Test
    void other_sites_cannot_log_in_or_ask() throws Exception {
        String cookie = cookie(send(login("alice")));
        var ask = request("/page/machine").header("Cookie", cookie);

        assertEquals(403, send(login("alice").header("Sec-Fetch-Site", "cross-site")).statusCode());
        assertEquals(403, send(ask.header("Sec-Fetch-Site", "same-site")).statusCode());
    }

    /// Every word of the answers that a tenant gets, when others are at work.
    @Test
    void a_tenant_is_told_nothing_of_others_but_which_blocks_they_hold() throws Exception {
        JobRecord secret = server.submit(bob, "secret", PageServer.ghz(5, 40), MANY_SHOTS, 1);
        awaitHeld();

        JsonNode machine = json("/page/machine", "alice");
        JsonNode picture = machine.get("picture");

        assertEquals(1, picture.get("tenants").size());
        assertEquals("alice", picture.get("tenants").get(0).get("name").asString());
        assertEquals(0, picture.get("tenants").get(0).get("held").asInt());
        assertTrue(picture.get("held").asInt() > 0);
        assertFalse(picture.has("magic"));
        assertFalse(picture.has("links"));
        int others = 0;
        JsonNode map = picture.get("map");
        for (int i = 0; i < map.size(); i += 3) {
            int holder = map.get(i + 1).asInt();
            assertTrue(holder == 0 || holder == MapGrid.OTHERS, map.toString());
            assertEquals(0, map.get(i + 2).asInt());
            if (holder == MapGrid.OTHERS) others += map.get(i).asInt();
        }
        assertEquals(picture.get("held").asInt(), others);
        String id = secret.key().tenant().number() + "." + secret.key().ticket();
        for (String path : List.of("/page/machine", "/page/jobs", "/page/jobs/" + id)) {
            String body = get(path, "alice").body();
            assertFalse(body.contains("secret") || body.contains("bob"), path + ": " + body);
        }
        assertEquals(
                get("/page/jobs/" + id, "alice").body(),
                get("/page/jobs/99.99", "alice").body(),
                "another's job is as one that never was");
        assertEquals(404, get("/page/jobs/" + id, "alice").statusCode());
        assertEquals(200, get("/page/jobs/" + id, "bob").statusCode());
    }

    /// Until the last picture has held blocks.
    private void awaitHeld() throws Exception {
        while (json("/page/machine", "admin").get("picture").get("held").asInt() == 0) {
            Thread.onSpinWait();
        }
    }

    /// Until so many tenants are in the last picture.
    private void awaitTenants(int count) throws Exception {
        while (json("/page/machine", "admin").get("picture").get("tenants").size() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void tenants_that_are_kept_apart_see_no_blocks_of_others() throws Exception {
        server.close();
        folder = folder.resolve("strict");
        folder.toFile().mkdir();
        server = start(Policy.DEFAULT.strict(2));
        server.guest("alice", 1);
        bob = server.guest("bob", 1);
        server.submit(bob, "secret", PageServer.ghz(5, 40), MANY_SHOTS, 1);
        awaitHeld();

        JsonNode picture = json("/page/machine", "alice").get("picture");

        assertEquals(0, picture.get("held").asInt());
        assertEquals("[256,0,0]", picture.get("map").toString());
        assertFalse(picture.has("backlog"));
    }

    @Test
    void an_administrator_sees_everybody() throws Exception {
        server.submit(alice, "one", PageServer.ghz(3, 40), MANY_SHOTS, 1);
        server.submit(bob, "two", PageServer.ghz(5, 40), MANY_SHOTS, 1);
        awaitTenants(2);

        JsonNode machine = json("/page/machine", "admin");
        JsonNode jobs = json("/page/jobs", "admin").get("jobs");

        assertTrue(machine.get("shape").get("administrator").asBoolean());
        assertEquals(6, machine.get("shape").get("links").size());
        assertEquals(6, machine.get("picture").get("links").size());
        assertEquals(3, machine.get("picture").get("tenants").get(1).get("weight").asInt());
        assertEquals("two", jobs.get(0).get("name").asString());
        assertEquals("bob", jobs.get(0).get("owner").asString());
        assertEquals("one", jobs.get(1).get("name").asString());
        JsonNode ofAlice = json("/page/jobs?tenant=1", "admin").get("jobs");
        assertEquals(1, ofAlice.size());
        assertEquals("one", ofAlice.get(0).get("name").asString());
    }

    @Test
    void a_job_has_its_timeline_and_results() throws Exception {
        JobRecord job = server.submit(alice, "ghz", PageServer.ghz(3, 2), 500, 7);
        JobRecord ended = server.end(job);

        JsonNode told = json("/page/jobs/1.1", "alice");

        assertEquals("COMPLETED", told.get("state").asString());
        long shots = 0;
        for (JsonNode count : told.get("counts")) {
            String key = count.get(0).asString();
            assertTrue(key.equals("000") || key.equals("111"), key);
            shots += count.get(1).asLong();
        }
        assertEquals(500, shots);
        assertEquals(ended.standing().shotsDone(), told.get("shotsDone").asLong());
        long epoch = job.asked().epoch();
        long worked = 0;
        for (JsonNode span : told.get("spans")) {
            assertEquals(epoch + 1, span.get(1).asLong(), "no gap");
            epoch = span.get(2).asLong();
            if (span.get(0).asString().equals("WORKING")) {
                worked += epoch - span.get(1).asLong() + 1;
            }
        }
        assertEquals(ended.standing().endedEpoch(), epoch);
        assertEquals(ended.standing().epochs(), worked);
        long inWaves = 0;
        for (JsonNode wave : told.get("waves")) inWaves += wave.get("shots").asLong();
        assertTrue(inWaves >= 500, "waves that ran again count again");
    }

    @Test
    void the_picture_and_timelines_are_there_after_a_restart() throws Exception {
        server.submit(alice, "long", PageServer.ghz(3, 400), MANY_SHOTS, 1);
        awaitHeld();
        JsonNode before = json("/page/jobs/1.1", "alice").get("waves");
        server.close();
        server = start(Policy.DEFAULT);
        awaitHeld();

        JsonNode own = json("/page/machine", "alice").get("picture").get("tenants").get(0);
        JsonNode job = json("/page/jobs/1.1", "alice");

        assertEquals(1, own.get("running").asInt());
        assertEquals(before.get(0).get("blocks").asInt(), own.get("held").asInt());
        assertEquals(before, job.get("waves"), "the wave of before runs on");
        assertEquals(job.get("accepted").asInt() + 1, job.get("spans").get(0).get(1).asInt());
    }

    @Test
    void a_stream_tells_what_changes_and_the_last_that_changed() throws Exception {
        try (var events = new Events("alice")) {
            Event shape = events.next();
            Event first = events.next();
            JobRecord job = server.submit(alice, "ghz", PageServer.ghz(4, 3), 50, 1);
            long end = server.end(job).standing().endedEpoch();
            Event last = first;
            while (last.json().get("epoch").asLong() < end) last = events.next();

            assertEquals("shape", shape.name());
            assertEquals("quad-64", shape.json().get("machine").asString());
            assertEquals("picture", first.name());
            assertEquals("[256,0,0]", first.json().get("map").toString());
            assertEquals(0, last.json().get("held").asInt());
            assertEquals(0, last.json().get("tenants").get(0).get("running").asInt());
        }
    }

    @Test
    void a_stream_is_refused_with_a_reason() throws Exception {
        try (var events = new Events("wrong")) {
            assertEquals("refused", events.next().name());
        }
    }

    @Test
    void a_viewer_has_so_many_streams_and_leaves_them_when_it_goes_away() throws Exception {
        List<Events> open = new ArrayList<>();
        for (int i = 0; i < PictureStream.STREAMS_EACH; i++) open.add(new Events("alice"));
        for (Events events : open) assertEquals("shape", events.next().name());

        try (var more = new Events("alice");
                var others = new Events("bob")) {
            assertEquals("refused", more.next().name());
            assertEquals("shape", others.next().name());
        }
        for (Events events : open) events.close();
        // Pictures go on, so that the server finds out that nobody reads them.
        server.submit(bob, "long", PageServer.ghz(3, 400), MANY_SHOTS, 1);
        String name = "refused";
        while (name.equals("refused")) {
            try (var again = new Events("alice")) {
                name = again.next().name();
            }
        }
        assertEquals("shape", name);
    }

    @Test
    void an_epoch_is_proved_with_the_tenants_part() throws Exception {
        JobRecord ended = server.end(server.submit(alice, "ghz", PageServer.ghz(2, 1), 10, 1));
        long epoch = ended.standing().endedEpoch();
        assertEquals(404, get("/page/audit/" + epoch, "alice").statusCode());

        var signed =
                send(
                        request("/page/audit/head")
                                .header("Authorization", "Bearer alice")
                                .POST(form("")));
        JsonNode head = MAPPER.readTree(signed.body());
        HttpResponse<String> own = get("/page/audit/" + epoch, "alice");
        JsonNode others = json("/page/audit/" + epoch, "bob");

        assertTrue(head.get("size").asLong() >= epoch, signed.body());
        assertEquals(head.get("checkpoint"), json("/page/audit", "bob").get("checkpoint"));
        TenantView view = ViewJson.read(own.body().getBytes(StandardCharsets.UTF_8));
        view.verify(server.engine.auditKey());
        assertEquals(alice.tenant(), view.tenant());
        assertEquals(1, view.epochs().size());
        assertEquals("qmk-audit-entry", others.get("format").asString());
        assertFalse(others.has("part"));
        assertEquals(400, get("/page/audit/abc", "alice").statusCode());
        assertEquals(404, get("/page/audit/999999", "alice").statusCode());
    }

    @Test
    void heads_are_signed_on_demand_once_a_second() throws Exception {
        var sign =
                request("/page/audit/head").header("Authorization", "Bearer alice").POST(form(""));
        long begun = System.nanoTime();
        String first = send(sign).body();
        server.end(server.submit(alice, "ghz", PageServer.ghz(2, 1), 10, 1));
        String second = send(sign).body();
        boolean soon = System.nanoTime() - begun < 1_000_000_000;
        String last = second;
        while (size(last) == size(first)) last = send(sign).body();

        if (soon) assertEquals(size(first), size(second));
        assertNotEquals(size(first), size(last));
    }

    private static long size(String head) {
        return MAPPER.readTree(head).get("size").asLong();
    }

    private record Event(String name, String data) {
        JsonNode json() {
            return MAPPER.readTree(data);
        }
    }

    /// A stream of events, read as a browser reads it.
    private final class Events implements AutoCloseable {
        private final InputStream in;
        private final BufferedReader lines;

        Events(String key) throws Exception {
            var ask = request("/page/stream").header("Authorization", "Bearer " + key).build();
            var answer = client.send(ask, HttpResponse.BodyHandlers.ofInputStream());
            assertEquals(200, answer.statusCode());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            assertTrue(type.startsWith("text/event-stream"), type);
            in = answer.body();
            lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        }

        Event next() throws IOException {
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) name = line.substring("event: ".length());
                if (line.startsWith("data: ")) data = line.substring("data: ".length());
                if (line.isEmpty() && !name.isEmpty()) return new Event(name, data);
            }
            throw new IOException("the stream ended");
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
