package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands that talk to a server, with one that answers the same each time.
@Timeout(60)
final class ServerCommandsTest {

    @TempDir private Path folder;
    private StubServer server;

    @BeforeEach
    void start() {
        server = new StubServer(folder);
        Invocation.copyExamples(folder);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Invocation run(String... arguments) {
        return Invocation.in(folder, arguments);
    }

    private Invocation with(Map<String, String> environment, String... arguments) {
        return with(environment, false, arguments);
    }

    private Invocation with(Map<String, String> environment, boolean live, String... arguments) {
        var out = new ByteArrayOutputStream();
        var traits = new Terminal.Traits(live, false, false, 60, folder, false, environment);
        return Invocation.streamed(traits, InputStream.nullInputStream(), out, out, arguments);
    }

    @Test
    void a_submission_that_waits_prints_what_a_run_prints() {
        var table = run("submit", "examples/ghz.qasm", "--wait", "--shots", "100", "--seed", "7");
        var json = run("submit", "examples/ghz.qasm", "--wait", "--format", "json");
        var csv = run("submit", "examples/ghz.qasm", "--wait", "--format", "csv");

        assertEquals(
                List.of(
                        "examples/ghz.qasm: 100 shots, seed 7, job 1, machine quad-64, 5 epochs",
                        "bits, left to right: c[1] c[0]",
                        ""),
                table.outLines().subList(0, 3));
        assertTrue(table.outLines().get(3).startsWith("11  51   51.00 %  "), table.out());
        assertEquals(ExitCode.DONE, table.exitCode());
        Map<String, Object> object = PrintedJson.object(json.out());
        assertEquals(Map.of("00", "49", "11", "51"), object.get("counts"));
        assertEquals(
                List.of(
                        "program",
                        "digest",
                        "shots",
                        "seed",
                        "job",
                        "machine",
                        "bits",
                        "counts",
                        "epochs",
                        "states",
                        "warnings"),
                List.copyOf(object.keySet()));
        assertEquals("bits,count\n00,49\n11,51\n", csv.out());
    }

    @Test
    void a_submission_carries_all_that_was_said() {
        run(
                "submit",
                "examples/ghz.qasm",
                "--shots",
                "9",
                "--seed",
                "0xffffffffffffffff",
                "--priority",
                "3",
                "--deadline",
                "50",
                "--name",
                "mine");

        String request = server.requests().getFirst();
        for (String part :
                List.of(
                        "\"source\":\"// A GHZ state",
                        "\"name\":\"mine\"",
                        "\"shots\":9",
                        "\"seed\":\"18446744073709551615\"",
                        "\"priority\":3",
                        "\"deadline_epochs\":50",
                        "\"idempotency_key\":\"")) {
            assertTrue(request.contains(part), part + " in " + request);
        }
        assertFalse(request.contains("\"wait\""), request);
    }

    @Test
    void a_submission_without_wait_prints_the_number_alone() {
        var run = run("submit", "examples/bell.qasm");

        assertEquals("1\n", run.out());
        assertTrue(run.err().contains("qmk wait 1"), run.err());
        assertEquals(
                "RUNNING",
                PrintedJson.object(run("submit", "examples/bell.qasm", "--format", "json").out())
                        .get("state"));
    }

    @Test
    void a_refused_program_is_told_as_by_run() {
        server.on(
                "q_submit",
                StubServer.refusal(
                        "INVALID_GRAPH",
                        "QASM-TYPE-1",
                        "first (and 1 more)",
                        "[{\"code\":\"QASM-TYPE-1\",\"where\":\"3:1\",\"message\":\"first\","
                                + "\"facts\":{}},{\"code\":\"QVM-SIZE-1\",\"where\":\"\","
                                + "\"message\":\"second\",\"facts\":{}}]"));

        var run = run("submit", "examples/bell.qasm", "--wait");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(
                List.of(
                        "examples/bell.qasm:3:1: QASM-TYPE-1: first",
                        "examples/bell.qasm: QVM-SIZE-1: second"),
                run.errLines());
    }

    @Test
    void an_administrator_is_told_how_to_become_a_tenant() {
        server.on(
                "q_submit",
                StubServer.refusal("ACCESS_DENIED", "QMK-SERVER-1", "a tenant's", "[]"));

        var run = run("submit", "examples/bell.qasm");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("qmk tenants create NAME"), run.err());
    }

    @Test
    void a_job_that_failed_is_a_failure_with_its_cause() {
        server.on(
                "q_wait",
                StubServer.result(
                        StubServer.ENDED
                                .replace("COMPLETED", "FAILED")
                                .replace("QMK-END-1", "QMK-END-4")));

        var run = run("wait", "1");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("the job is FAILED after 100 shots: QMK-END-4"), run.err());
        assertTrue(run.out().startsWith("ghz: 100 shots"), run.out());
    }

    @Test
    void a_wait_that_is_over_says_so() {
        server.on("q_status", StubServer.result(StubServer.RUNNING));

        var run = run("wait", "1", "--timeout", "0");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().contains("40 of 100 shots done; it goes on"), run.err());
    }

    @Test
    void a_status_says_all_that_is_known() {
        server.on(
                "q_status",
                StubServer.result(StubServer.RUNNING.replace("\"ghz\"", "\"a\\u001bb\"")));

        var run = run("status", "1");

        assertTrue(run.outLines().contains("name                  a?b"), run.out());
        assertTrue(run.outLines().contains("shots done            40 of 100"), run.out());
        assertTrue(
                run.outLines().contains("now                   there are too few magic states"),
                run.out());
        assertEquals(
                "40",
                PrintedJson.object(run("status", "1", "--format", "json").out()).get("shotsDone"));
    }

    @Test
    void logs_say_epoch_by_epoch_why_a_job_waited() {
        assertEquals(
                """
                epoch 3             accepted    ghz
                epochs 4-6          wave 1      it did all that it could
                epoch 7             no wave     there are too few magic states
                epoch 9             COMPLETED   100/100 shots, QMK-END-1: all shots are done
                in all              1 epoch     there are too few magic states
                """,
                run("logs", "1").out());
    }

    @Test
    void logs_follow_a_job_to_its_end() {
        server.on("q_status", StubServer.result(StubServer.RUNNING));
        String event =
                "{\"jsonrpc\":\"2.0\",\"method\":\"q_watch\",\"params\":{\"id\":@ID,\"event\":"
                        + "{\"epoch\":%d,\"job\":%s}}}\n";
        server.on(
                "q_watch",
                event.formatted(6, StubServer.RUNNING)
                        + event.formatted(7, StubServer.RUNNING.replace(":40,", ":60,"))
                        + StubServer.result("{\"epoch\":9,\"job\":" + StubServer.ENDED + "}"));

        assertEquals(
                """
                epoch 3             accepted    ghz
                epoch 7             RUNNING     60/100 shots, there are too few magic states
                epoch 9             COMPLETED   100/100 shots, QMK-END-1: all shots are done
                in all              1 epoch     there are too few magic states
                """,
                run("logs", "1", "--follow").out());
    }

    @Test
    void jobs_are_a_table_or_lines_for_programs() {
        assertEquals(
                List.of(
                        "     JOB  STATE        SHOTS DONE    EPOCHS  WAITS FOR     NAME",
                        "       1  COMPLETED       100/100         5                ghz"),
                run("jobs").outLines());
        assertEquals(
                "job,state,shots,shotsDone,epochs,name\n1,COMPLETED,100,100,5,\"ghz\"\n",
                run("jobs", "--format", "csv").out());
        run("jobs", "--state", "FAILED", "--limit", "3");
        assertTrue(
                server.requests().getLast().contains("\"limit\":3,\"state\":\"FAILED\""),
                server.requests().getLast());
    }

    @Test
    void a_capability_is_shared_by_a_token_or_with_a_session() {
        var token = run("caps", "grant", "h1", "--tenant", "bob", "--tenant", "eve", "--uses", "3");
        var session = run("caps", "grant", "h1", "--to-session", "2");
        var neither = run("caps", "grant", "h1");

        assertEquals("qmkd1.t\n", token.out());
        assertTrue(server.requests().getFirst().contains("\"tenants\":[\"bob\",\"eve\"]"));
        assertTrue(server.requests().getFirst().contains("\"uses\":3"));
        assertTrue(session.out().contains("CAP_ALLOC       4           any"), session.out());
        assertEquals(ExitCode.USAGE, neither.exitCode());
    }

    @Test
    void tenants_are_made_listed_and_changed() {
        var created = run("tenants", "create", "alice", "--weight", "2");
        var listed = run("tenants", "list", "--keys");
        run("tenants", "set", "alice", "--suspend");
        var other = run("tenants", "key", "--admin");

        assertEquals("qmk_made\n", created.out());
        assertFalse(listed.out().contains("qmk_made"), listed.out());
        assertTrue(listed.out().contains("  key k1  revoked"), listed.out());
        assertTrue(server.requests().get(2).contains("\"suspended\":true"));
        assertEquals("qmk_other\n", other.out());
        assertEquals(ExitCode.USAGE, run("tenants", "key").exitCode());
        assertEquals(
                ExitCode.USAGE, run("tenants", "set", "a", "--suspend", "--resume").exitCode());
    }

    @Test
    void top_prints_once_into_a_file_and_again_and_again_on_a_terminal() {
        var once = run("top");
        var live = with(Map.of(), true, "top", "--times", "2", "--interval", "0");

        assertEquals(
                "quad-64  epoch 12  0 of 256 blocks held  0 running, 0 queued",
                once.outLines().getFirst());
        assertTrue(once.out().contains("degraded: SLOW of 2, level 1\n"), once.out());
        assertTrue(once.out().contains("alice"), once.out());
        assertFalse(once.out().contains("\u001b"), once.out());
        assertEquals(3, live.out().split("\u001b\\[H", -1).length, live.out());
        for (String line : live.out().replaceAll("\u001b\\[.", "").split("\n")) {
            assertTrue(line.length() <= 60, line);
        }
    }

    @Test
    void top_shows_what_the_caller_may_see() {
        server.on("q_tenants", StubServer.refusal("ACCESS_DENIED", "QMK-SERVER-2", "no", "[]"));

        var tenant = run("top");

        assertEquals(ExitCode.DONE, tenant.exitCode(), tenant.err());
        assertFalse(tenant.out().contains("WEIGHT"), tenant.out());
        assertTrue(tenant.out().contains("COMPLETED"), tenant.out());
    }

    @Test
    void without_a_server_the_exit_code_says_so() throws IOException {
        server.close();

        var run = run("status", "1");

        assertEquals(ExitCode.UNAVAILABLE, run.exitCode());
        assertTrue(run.err().contains("qmk-data/qmk.sock"), run.err());
        assertTrue(run.err().contains("qmk serve"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere", "ftp://x", "http://example.org"})
    void a_server_that_cannot_be_is_wrong_usage(String url) {
        var run = with(Map.of("QMK_API_KEY", "qmk_secret"), "status", "1", "--server", url);

        assertEquals(ExitCode.USAGE, run.exitCode(), run.err());
        assertFalse(run.err().contains("secret"), run.err());
    }

    @Test
    void a_server_is_found_by_option_environment_and_place() throws IOException {
        assertEquals(ExitCode.DONE, run("status", "1").exitCode());
        assertEquals(
                ExitCode.DONE, run("status", "1", "--server", "unix:qmk-data/qmk.sock").exitCode());
        assertTrue(with(Map.of("QMK_SERVER", "unix:other"), "status", "1").err().contains("other"));
        assertEquals(
                ExitCode.USAGE,
                run("status", "1", "--server", "unix:qmk-data/qmk.sock", "--key", "qmk_a")
                        .exitCode(),
                "a key that would do nothing");
    }

    @Test
    void a_key_file_that_others_can_read_is_not_used() throws IOException {
        Path file = folder.resolve(".config/qmk/key");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "qmk_secret\n");
        Map<String, String> home = Map.of("HOME", folder.toString());
        String[] command = {"status", "1", "--server", "http://127.0.0.1:1"};

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        var open = with(home, command);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        var closed = with(home, command);

        assertEquals(ExitCode.FAILED, open.exitCode());
        assertTrue(open.err().contains("chmod 600"), open.err());
        assertEquals(ExitCode.UNAVAILABLE, closed.exitCode(), closed.err());
        assertFalse((open.err() + closed.err()).contains("secret"));
    }

    @Test
    void secrets_are_not_said_back() {
        var unknown = run("status", "1", "--kee", "qmk_topsecret");
        var redeemed = run("caps", "redeem", "a", "qmkd1.topsecret");

        assertEquals(ExitCode.USAGE, unknown.exitCode());
        assertFalse(unknown.err().contains("topsecret"), unknown.err());
        assertFalse(redeemed.err().contains("topsecret"), redeemed.err());
        assertEquals("--key (hidden) x", Secrets.hidden("--key abc x"));
        assertEquals("--key=(hidden)", Secrets.hidden("--key=abc"));
    }
}
