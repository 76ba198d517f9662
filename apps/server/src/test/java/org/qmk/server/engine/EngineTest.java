package org.qmk.server.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.Capability;
import org.qmk.source.Loading;
import org.qmk.verifier.Verified;

class EngineTest {

    static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
                    + " c = measure q;";

    @TempDir private Path folder;

    static EngineSetting setting(Path folder) {
        return new EngineSetting(
                folder,
                "example.org/test",
                MachineModel.IDEAL,
                Policy.DEFAULT,
                Duration.ZERO,
                10_000,
                true,
                1 << 20);
    }

    private Engine start() throws IOException {
        return Engine.start(setting(folder), _ -> {}, List.of());
    }

    static Verified bell() {
        byte[] text = BELL.getBytes(StandardCharsets.UTF_8);
        return ((Loading.Accepted) Loading.of("bell", text)).program();
    }

    static SessionId tenant(Engine engine, String name) {
        var quotas = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);
        var added = engine.ask(new Input.AddTenant(name, quotas)).join().getFirst();
        TenantId tenant = ((Notice.TenantAdded) added).tenant();
        var opened = engine.ask(new Input.OpenSession(tenant)).join().getFirst();
        SessionId session = ((Notice.SessionOpened) opened).session();
        engine.ask(new Input.Grant(session, Capability.ALLOC)).join();
        return session;
    }

    static Submission submission(SessionId session, long seed, String key) {
        var input = new Input.Submit(session, bell(), new JobPolicy(100, seed));
        return new Submission(input, "bell", key, List.of("a warning"));
    }

    private static TenantId only(Engine engine) {
        return engine.directory().all().getFirst().id();
    }

    @Test
    void a_job_runs_to_its_end_and_tells_its_counts() throws Exception {
        try (Engine engine = start()) {
            SessionId session = tenant(engine, "a");
            JobRecord accepted = engine.submit(only(engine), submission(session, 7, "")).join();
            JobRecord ended = engine.ledger().end(accepted.key()).join();

            assertEquals(1, accepted.key().ticket());
            assertEquals(JobState.COMPLETED, ended.standing().state());
            assertEquals(100, ended.standing().shotsDone());
            assertEquals(List.of("c[1]", "c[0]"), ended.results().bits());
            assertEquals(List.of("00", "11"), List.copyOf(ended.results().counts().keySet()));
            assertEquals(List.of("a warning"), ended.asked().warnings());
        }
    }

    @Test
    void what_was_told_is_there_after_a_restart() throws Exception {
        List<JobRecord> ended = new ArrayList<>();
        try (Engine engine = start()) {
            SessionId session = tenant(engine, "a");
            List<CompletableFuture<JobRecord>> accepted = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                accepted.add(engine.submit(only(engine), submission(session, i, "key" + i)));
            }
            for (var job : accepted) ended.add(engine.ledger().end(job.join().key()).join());
        }

        try (Engine engine = start()) {
            for (JobRecord before : ended) {
                JobRecord after = engine.ledger().find(before.key()).orElseThrow();
                assertEquals(before.results(), after.results());
                assertEquals(before.asked(), after.asked());
                assertEquals(JobState.COMPLETED, after.standing().state());
            }
            assertEquals("a", engine.directory().find(only(engine)).orElseThrow().name());
            JobRecord again =
                    engine.submit(
                                    only(engine),
                                    submission(
                                            engine.directory()
                                                    .find("a")
                                                    .orElseThrow()
                                                    .session(1)
                                                    .orElseThrow(),
                                            3,
                                            "key3"))
                            .join();
            assertEquals(ended.get(3).key(), again.key());
        }
    }

    @Test
    void a_refusal_names_its_code() throws Exception {
        try (Engine engine = start()) {
            SessionId session = tenant(engine, "a");
            var none = new Input.Submit(session, bell(), new JobPolicy(0, 1));
            var submission = new Submission(none, "", "", List.of());

            var thrown =
                    assertThrows(
                            CompletionException.class,
                            () -> engine.submit(only(engine), submission).join());

            var refusal = assertInstanceOf(KernelRefusal.class, thrown.getCause());
            assertEquals(Refusal.JOB_SHOTS, refusal.refused().refusal());
        }
    }

    @Test
    void a_draining_engine_takes_no_jobs_and_ends_the_others() throws Exception {
        try (Engine engine = start()) {
            SessionId session = tenant(engine, "a");
            JobRecord accepted = engine.submit(only(engine), submission(session, 7, "")).join();
            engine.drain(true);

            assertThrows(
                    EngineBusy.class,
                    () -> engine.submit(only(engine), submission(session, 8, "")));
            assertTrue(engine.ledger().end(accepted.key()).join().ended());
        }
    }

    @Test
    void a_closed_engine_says_so() throws Exception {
        Engine engine = start();
        engine.close();

        assertThrows(EngineStopped.class, () -> engine.ask(new Input.OpenSession(new TenantId(1))));
    }
}
