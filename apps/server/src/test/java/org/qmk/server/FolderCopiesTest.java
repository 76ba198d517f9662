package org.qmk.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.cli.serve.ServeOptions;
import org.qmk.cli.serve.ServerStart;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.qvm.Capability;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.Submission;
import org.qmk.source.Loading;
import org.qmk.verifier.Verified;

class FolderCopiesTest {

    private static final int JOBS_BEFORE = 300;

    @TempDir private Path folder;
    private final List<String> said = new ArrayList<>();
    private final FolderCopies copies = new FolderCopies();

    private Server server(String name) throws IOException, ServerStart.Refused {
        var options =
                new ServeOptions(
                        Optional.of("127.0.0.1:0"),
                        Optional.of(folder.resolve(name + ".sock")),
                        Optional.of(folder.resolve(name)),
                        Optional.of("quad-64"),
                        Optional.empty(),
                        false);
        return Server.start(Configuration.of(options, "nobody"), said::add);
    }

    private static Verified bell() {
        String text =
                "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0];"
                        + " cx q[0], q[1]; c = measure q;";
        return switch (Loading.of("bell", text.getBytes(StandardCharsets.UTF_8))) {
            case Loading.Accepted accepted -> accepted.program();
            case Loading.Refused refused -> throw new IllegalArgumentException(refused.toString());
        };
    }

    private static TenantId tenant(Engine engine) {
        var terms = new Terms(1, new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE), false);
        var added = engine.ask(new Input.AddTenant("alice", terms)).join().getFirst();
        return ((Notice.TenantAdded) added).tenant();
    }

    private static SessionId session(Engine engine, TenantId tenant) {
        var opened = engine.ask(new Input.OpenSession(tenant)).join().getFirst();
        SessionId session = ((Notice.SessionOpened) opened).session();
        for (Capability capability : Capability.values()) {
            engine.ask(new Input.Grant(session, capability)).join();
        }
        return session;
    }

    private static JobRecord end(Engine engine, TenantId tenant, SessionId session, long seed) {
        var input = new Input.Submit(session, bell(), new JobPolicy(10, seed));
        var submission = new Submission(input, "bell", "", List.of());
        JobRecord accepted = engine.submit(tenant, submission).join();
        return engine.ledger().end(accepted.key()).join();
    }

    @Test
    void a_backup_under_load_has_all_that_was_told_before_it() throws Exception {
        Map<JobKey, JobRecord> before = new ConcurrentHashMap<>();
        Path backup = folder.resolve("backup.zip");
        TenantId tenant;
        try (Server server = server("data")) {
            Engine engine = server.engine();
            tenant = tenant(engine);
            SessionId session = session(engine, tenant);
            for (int i = 0; i < JOBS_BEFORE; i++) {
                JobRecord job = end(engine, tenant, session, i);
                before.put(job.key(), job);
            }
            var go = new AtomicBoolean(true);
            Thread load =
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        long seed = JOBS_BEFORE;
                                        while (go.get()) end(engine, tenant, session, seed++);
                                    });

            copies.backup(folder.resolve("data"), backup, said::add);

            go.set(false);
            load.join();
        }

        copies.restore(backup, folder.resolve("restored"), said::add);

        assertTrue(said.getLast().contains("epochs and"), said::toString);
        try (Server server = server("restored")) {
            var jobs = server.engine().ledger();
            for (JobRecord job : before.values()) {
                JobRecord found = jobs.find(job.key()).orElseThrow();
                assertEquals(job.results(), found.results());
            }
            SessionId session =
                    server.engine().directory().find(tenant).orElseThrow().session(1).orElseThrow();
            JobRecord next = end(server.engine(), tenant, session, 1);
            assertTrue(next.key().ticket() > JOBS_BEFORE);
        }
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(
                                folder.resolve("restored").resolve(SealingKeys.FILE))));
    }

    @Test
    void what_is_damaged_is_not_restored() throws Exception {
        Path data = folder.resolve("data");
        try (Server server = server("data")) {
            TenantId tenant = tenant(server.engine());
            end(server.engine(), tenant, session(server.engine(), tenant), 1);
        }
        Path journal = data.resolve("journal.qmkj");
        byte[] bytes = Files.readAllBytes(journal);
        bytes[bytes.length / 2] ^= 1;
        Files.write(journal, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        copies.backup(data, folder.resolve("backup.zip"), said::add);

        var refused =
                assertThrows(
                        ServerStart.Refused.class,
                        () ->
                                copies.restore(
                                        folder.resolve("backup.zip"),
                                        folder.resolve("restored"),
                                        said::add));

        assertTrue(refused.getMessage().contains("damaged at byte"), refused.getMessage());
        assertFalse(Files.exists(folder.resolve("restored")));
        try (var left = Files.list(folder)) {
            assertTrue(left.noneMatch(path -> path.toString().contains(".part")));
        }
    }

    @Test
    void nothing_is_overwritten_and_no_other_file_is_taken_for_a_backup() throws Exception {
        server("data").close();
        Path file = Files.writeString(folder.resolve("text"), "not a backup");

        var kinds = new ArrayList<ServerStart.Refused.Kind>();
        for (var attempt :
                List.<org.junit.jupiter.api.function.Executable>of(
                        () -> copies.backup(folder.resolve("data"), file, said::add),
                        () -> copies.backup(folder, folder.resolve("new"), said::add),
                        () -> copies.restore(file, folder.resolve("new"), said::add),
                        () -> copies.restore(file, folder.resolve("data"), said::add),
                        () -> copies.restore(file.resolve("no"), folder.resolve("n"), said::add))) {
            kinds.add(assertThrows(ServerStart.Refused.class, attempt).kind());
        }

        assertEquals(
                List.of(
                        ServerStart.Refused.Kind.WRONG,
                        ServerStart.Refused.Kind.UNREADABLE,
                        ServerStart.Refused.Kind.WRONG,
                        ServerStart.Refused.Kind.WRONG,
                        ServerStart.Refused.Kind.UNREADABLE),
                kinds);
        assertEquals("not a backup", Files.readString(file));
    }

    /// A crash loses what the audit log has since its last head; the journal gives it again.
    @Test
    void after_a_crash_the_audit_log_is_brought_up_to_the_journal() throws Exception {
        try (Server server = server("data")) {
            TenantId tenant = tenant(server.engine());
            SessionId session = session(server.engine(), tenant);
            for (int i = 0; i < 20; i++) end(server.engine(), tenant, session, i);
            server.engine().signHead().join();
            for (int i = 0; i < 20; i++) end(server.engine(), tenant, session, i);
            copies.backup(folder.resolve("data"), folder.resolve("crashed.zip"), said::add);
        }
        copies.restore(folder.resolve("crashed.zip"), folder.resolve("again"), said::add);

        try (Server server = server("again")) {
            Engine engine = server.engine();
            TenantId tenant = engine.directory().find("alice").orElseThrow().id();
            SessionId session =
                    engine.directory().find(tenant).orElseThrow().session(1).orElseThrow();
            end(engine, tenant, session, 1);
            String head = engine.signHead().join();

            assertEquals(engine.view().number(), Long.parseLong(head.lines().toList().get(1)));
        }
    }
}
