package org.qmk.server.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;

/// What is told when, and to whom, while the disk is behind the kernel, or fails.
class AnswerOrderTest {

    @TempDir private Path folder;

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void a_retry_finds_a_job_that_ended_before_anybody_was_told_of_it() throws Exception {
        var blocked = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        try (Engine engine =
                Engine.start(
                        EngineTest.setting(folder),
                        _ -> {
                            blocked.countDown();
                            await(release);
                        },
                        List.of())) {
            SessionId session = EngineTest.tenant(engine, "a");
            TenantId tenant = engine.directory().find("a").orElseThrow().id();
            engine.submit(tenant, EngineTest.submission(session, 1, "first")).join();
            await(blocked);
            // From here on nothing is told, and the kernel goes on.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            long before = engine.view().number();
            var one = engine.submit(tenant, EngineTest.submission(session, 2, "second"));
            while (engine.view().number() == before
                    || engine.view().running() + engine.view().queued() > 0) {
                assertTrue(System.nanoTime() < end, "the job does not end");
                Thread.onSpinWait();
            }
            var other = engine.submit(tenant, EngineTest.submission(session, 2, "second"));
            assertFalse(one.isDone());
            release.countDown();

            assertEquals(one.join().key(), other.join().key());
            assertEquals(
                    2, engine.ledger().list(tenant, Long.MAX_VALUE, 10, Optional.empty()).size());
        }
    }

    @Test
    void whoever_has_an_answer_finds_its_job() throws Exception {
        try (Engine engine = Engine.start(EngineTest.setting(folder), _ -> {}, List.of())) {
            SessionId session = EngineTest.tenant(engine, "a");
            TenantId tenant = engine.directory().find("a").orElseThrow().id();
            List<CompletableFuture<Boolean>> found = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                // In the thread that tells, before it tells anything else.
                found.add(
                        engine.submit(tenant, EngineTest.submission(session, i, ""))
                                .thenApply(job -> engine.ledger().find(job.key()).isPresent()));
            }
            for (var each : found) assertTrue(each.join());
        }
    }

    @Test
    void nobody_waits_for_what_will_not_come() throws Exception {
        Engine engine = Engine.start(EngineTest.setting(folder), _ -> {}, List.of());
        SessionId session = EngineTest.tenant(engine, "a");
        TenantId tenant = engine.directory().find("a").orElseThrow().id();
        var unknown = engine.ledger().end(new JobKey(tenant, 99));
        assertInstanceOf(Engine.JobEnded.class, cause(unknown));
        JobRecord job = engine.submit(tenant, EngineTest.submission(session, 1, "")).join();
        engine.ledger().end(job.key()).join();
        List<EngineStopped> told = new ArrayList<>();
        var watcher =
                new Ledger.Watcher() {
                    @Override
                    public void changed(JobRecord record) {}

                    @Override
                    public void stopped(EngineStopped why) {
                        told.add(why);
                    }
                };
        engine.ledger().watch(new JobKey(tenant, 2), watcher);
        engine.close();

        assertEquals(1, told.size());
        engine.ledger().watch(new JobKey(tenant, 3), watcher);
        assertEquals(2, told.size());
    }

    private static Throwable cause(CompletableFuture<?> failed) {
        return assertThrows(CompletionException.class, failed::join).getCause();
    }

    @Test
    void a_fault_of_whoever_is_told_stops_the_engine_and_hangs_nobody() throws Exception {
        Engine engine =
                Engine.start(
                        EngineTest.setting(folder),
                        _ -> {
                            throw new IllegalStateException("the archive has a bug");
                        },
                        List.of());
        SessionId session = EngineTest.tenant(engine, "a");
        TenantId tenant = engine.directory().find("a").orElseThrow().id();
        JobRecord job = engine.submit(tenant, EngineTest.submission(session, 1, "")).join();

        assertInstanceOf(EngineStopped.class, cause(engine.ledger().end(job.key())));
        engine.close();
        assertTrue(engine.stopped().orElseThrow().contains("the archive has a bug"));
    }
}
