package org.qmk.server.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.runtime.client.CapabilityBounds;
import org.qmk.runtime.client.JobChange;
import org.qmk.runtime.client.JobEvents;
import org.qmk.runtime.client.Program;
import org.qmk.runtime.client.QmkClient;
import org.qmk.runtime.client.RemoteCapability;
import org.qmk.runtime.client.RemoteJob;
import org.qmk.runtime.client.RemoteSession;
import org.qmk.runtime.client.RemoteTenant;
import org.qmk.runtime.client.ServerRefusal;
import org.qmk.runtime.client.SubmitOptions;
import org.qmk.runtime.client.TenantTerms;

/// The client library against a server, over HTTP and over the socket.
@Timeout(120)
class ClientTest {

    private static final Program BELL =
            new Program.Source(
                    "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0];"
                            + " cx q[0], q[1]; c = measure q;");

    private static final SubmitOptions WAITING =
            SubmitOptions.DEFAULT.withShots(100).withSeed(7).withWait(Duration.ofSeconds(60));

    @TempDir private Path folder;
    private ServedClient server;
    private final List<QmkClient> clients = new ArrayList<>();
    private QmkClient alice;
    private QmkClient bob;

    /// Who runs the tests is the tenant `local` on the socket, and administers the server there.
    @BeforeEach
    void start() throws Exception {
        start(Duration.ZERO);
    }

    private void start(Duration epochAtLeast) throws Exception {
        String user = ServedClient.user();
        server = new ServedClient(folder, Map.of(user, "local"), Set.of(user), epochAtLeast);
        QmkClient admin = kept(server.onSocket());
        admin.createTenant("local", TenantTerms.DEFAULT);
        alice = kept(server.overHttp(key(admin, "alice")));
        bob = kept(server.overHttp(key(admin, "bob")));
    }

    private QmkClient kept(QmkClient client) {
        clients.add(client);
        return client;
    }

    private static String key(QmkClient admin, String tenant) throws Exception {
        return admin.createTenant(tenant, TenantTerms.DEFAULT).secret().orElseThrow();
    }

    @AfterEach
    void stop() throws Exception {
        for (QmkClient client : clients) client.close();
        server.close();
    }

    /// A tenant over each way in.
    private QmkClient tenant(boolean http) {
        return http ? alice : kept(server.onSocket());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_submission_that_waits_has_counts(boolean http) throws Exception {
        RemoteJob job = tenant(http).submit(BELL, WAITING);

        assertTrue(job.completed(), job.toString());
        assertEquals(List.of("c[1]", "c[0]"), job.bits());
        assertEquals(Set.of("00", "11"), job.counts().keySet());
        assertEquals(100, job.counts().get("00") + job.counts().get("11"));
        assertEquals(7, job.seed());
        assertTrue(job.digest().startsWith("sha256:"), job.digest());
    }

    @Test
    void a_job_of_one_shot_has_its_bits_in_the_same_order() throws Exception {
        RemoteJob one = alice.submit(BELL, WAITING.withShots(1));

        assertEquals(List.of("c[1]", "c[0]"), one.bits());
        assertEquals(1, one.counts().values().iterator().next());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_same_key_names_the_same_job(boolean http) throws Exception {
        QmkClient client = tenant(http);

        RemoteJob once = client.submit(BELL, WAITING.withIdempotencyKey("mine"));
        RemoteJob again = client.submit(BELL, WAITING.withIdempotencyKey("mine"));
        RemoteJob other = client.submit(BELL, WAITING);

        assertEquals(once.id(), again.id());
        assertEquals(once.id() + 1, other.id());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_watcher_is_told_the_end(boolean http) throws Exception {
        QmkClient client = tenant(http);
        RemoteJob accepted = client.submit(BELL, SubmitOptions.DEFAULT.withShots(1_000));
        List<JobChange> changes = new ArrayList<>();

        RemoteJob last = client.watch(accepted.id(), changes::add);

        assertTrue(last.completed(), last.toString());
        assertEquals(last, changes.getLast().job());
        assertEquals(1_000, last.shotsDone());
        for (JobChange change : changes.subList(0, changes.size() - 1)) {
            assertFalse(change.job().ended());
        }
        RemoteJob awaited = client.await(accepted.id(), Duration.ofSeconds(60));
        assertEquals(last.counts(), awaited.counts());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_watch_of_no_job_is_refused(boolean http) throws Exception {
        try (JobEvents events = tenant(http).watch(77)) {
            assertEquals("JOB_NOT_FOUND", assertThrows(ServerRefusal.class, events::next).error());
        }
    }

    @Test
    void a_job_that_runs_is_cancelled() throws Exception {
        stop();
        clients.clear();
        java.nio.file.Files.createDirectories(folder.resolve("slow"));
        folder = folder.resolve("slow");
        start(Duration.ofMillis(5));
        RemoteJob accepted = alice.submit(BELL, SubmitOptions.DEFAULT.withShots(1_000_000));

        assertFalse(alice.await(accepted.id(), Duration.ofMillis(20)).ended());
        alice.cancel(accepted.id());
        RemoteJob ended = alice.await(accepted.id(), Duration.ofSeconds(60));

        assertEquals("CANCELLED", ended.state());
        assertEquals(
                "ALREADY_COMPLETED",
                assertThrows(ServerRefusal.class, () -> alice.cancel(accepted.id())).error());
    }

    @Test
    void a_program_that_breaks_rules_is_refused_with_all_of_them() {
        var wrong = new Program.Source("OPENQASM 3; qubit q; h q; y q;");

        var refusal = assertThrows(ServerRefusal.class, () -> alice.submit(wrong, WAITING));

        assertEquals("INVALID_GRAPH", refusal.error());
        assertFalse(refusal.retryable());
        assertEquals(2, refusal.details().size());
        assertTrue(refusal.code().startsWith("QASM-"), refusal.code());
    }

    @Test
    void jobs_are_listed_the_youngest_first_and_of_the_tenant_alone() throws Exception {
        for (int i = 0; i < 3; i++) alice.submit(BELL, WAITING);
        bob.submit(BELL, WAITING);

        assertEquals(List.of(3L, 2L, 1L), ids(alice.jobs(10, 0, "")));
        assertEquals(List.of(2L), ids(alice.jobs(1, 3, "COMPLETED")));
        assertEquals(List.of(), ids(alice.jobs(10, 0, "FAILED")));
        assertEquals(List.of(1L), ids(bob.jobs(10, 0, "")));
    }

    private static List<Long> ids(List<RemoteJob> jobs) {
        return jobs.stream().map(RemoteJob::id).toList();
    }

    @Test
    void who_runs_the_server_is_a_tenant_and_administers_it() throws Exception {
        QmkClient socket = kept(server.onSocket());

        assertEquals("local", socket.negotiate(List.of()).tenant());
        assertEquals(
                List.of("local", "alice", "bob"),
                socket.tenants().stream().map(RemoteTenant::name).toList());
        assertEquals(64 * 4, socket.telemetry().blocks());
    }

    @Test
    void one_who_only_administers_is_told_what_to_do_for_jobs() throws Exception {
        QmkClient admin = kept(server.overHttp(server.adminKey()));

        var refusal = assertThrows(ServerRefusal.class, () -> admin.submit(BELL, WAITING));

        assertEquals("ACCESS_DENIED", refusal.error());
        assertTrue(refusal.getMessage().contains("create a tenant"), refusal.getMessage());
        assertEquals(0, admin.telemetry().ownRunning());
        assertEquals(
                "ACCESS_DENIED", assertThrows(ServerRefusal.class, () -> alice.tenants()).error());
    }

    @Test
    void tenants_are_set_and_their_keys_made_and_ended() throws Exception {
        QmkClient admin = kept(server.overHttp(server.adminKey()));
        var terms =
                new TenantTerms(
                        OptionalInt.of(5),
                        OptionalInt.empty(),
                        OptionalInt.of(9),
                        OptionalInt.empty(),
                        List.of(),
                        Optional.of(true));

        RemoteTenant set = admin.setTenant("bob", terms);
        var key = admin.createKey(Optional.of("alice"));
        QmkClient other = kept(server.overHttp(key.secret().orElseThrow()));
        other.telemetry();
        admin.revokeKey(key.id());

        assertEquals(5, set.weight());
        assertEquals(9, set.quotaJobs());
        assertTrue(set.suspended());
        assertEquals(
                "TENANT_SUSPENDED",
                assertThrows(ServerRefusal.class, () -> bob.submit(BELL, WAITING)).error());
        assertEquals("AUTH_FAILED", assertThrows(ServerRefusal.class, other::telemetry).error());
        assertFalse(key.toString().contains(key.secret().get()));
    }

    @Test
    void a_capability_is_handed_on_and_taken_back() throws Exception {
        RemoteSession opened = alice.negotiate(List.of("CAP_ALLOC", "CAP_DELEGATE"));
        QmkClient session = alice.withSession(opened.id());
        RemoteCapability held =
                session.capabilities().stream()
                        .filter(each -> each.name().equals("CAP_ALLOC"))
                        .findFirst()
                        .orElseThrow();
        var bounds =
                new CapabilityBounds(
                        OptionalLong.of(4), OptionalLong.empty(), OptionalLong.of(2), true);

        RemoteCapability derived = session.derive(held.handle(), bounds);
        String token = session.grantToken(derived.handle(), CapabilityBounds.NONE, List.of("bob"));
        RemoteCapability given = bob.redeem(token, "CAP_ALLOC");
        RemoteCapability shared = session.grant(derived.handle(), CapabilityBounds.NONE, "1");
        session.revoke(derived.handle());

        assertEquals(bounds, derived.bounds());
        assertEquals("CAP_ALLOC", given.name());
        assertEquals(OptionalLong.of(4), given.bounds().amount());
        assertEquals(OptionalLong.of(4), shared.bounds().amount());
        assertEquals(2, session.capabilities().size());
        assertTrue(
                bob.capabilities().stream().noneMatch(each -> each.handle().equals(given.handle())),
                "what was derived from it went too");
        session.closeSession();
        assertEquals(
                "SESSION_NOT_FOUND",
                assertThrows(ServerRefusal.class, session::capabilities).error());
    }

    @Test
    void a_channel_opens_when_the_peer_consents() throws Exception {
        var offered = alice.offerChannel("bob", "a test", 10, 0.9);
        var open = bob.acceptChannel(offered.id());
        var closed = alice.closeChannel(offered.id());

        assertEquals(
                List.of("OFFERED", "OPEN", "CLOSED"),
                Stream.of(offered, open, closed).map(each -> each.state()).toList());
        assertEquals("alice", open.peer());
        assertEquals(0.9, open.fidelity());
        assertEquals("CLOSED", bob.channel(offered.id()).state());
    }

    @Test
    void a_draining_server_is_asked_again_before_the_client_gives_up() throws Exception {
        QmkClient admin = kept(server.onSocket());
        admin.drain(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = threads.submit(() -> alice.submit(BELL, WAITING));
            admin.drain(false);

            assertTrue(asked.get().completed());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void many_threads_share_a_client(boolean http) throws Exception {
        QmkClient client = tenant(http);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RemoteJob>> jobs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                jobs.add(threads.submit(() -> client.submit(BELL, WAITING)));
            }
            for (Future<RemoteJob> job : jobs) assertTrue(job.get().completed());
        }

        assertEquals(50, client.jobs(100, 0, "COMPLETED").size());
    }
}
