package org.qmk.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.machine.MachineModel;
import org.qmk.qvm.Capability;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineSetting;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.Submission;
import org.qmk.source.Loading;

/// The archive behind a kernel.
class EngineArchiveTest {

    private static final String BELL =
            "OPENQASM 3; include \"stdgates.inc\"; qubit[2] q; bit[2] c; h q[0]; cx q[0], q[1];"
                    + " c = measure q;";

    @TempDir private Path folder;

    private Store openStore() throws Exception {
        var setting = new StoreSetting(folder, Optional.empty(), Retention.FOREVER);
        return Store.open(setting, StoreContract.JOURNAL, StoreContract.AT_NOON);
    }

    private Engine start(Store store) throws Exception {
        var setting =
                new EngineSetting(
                        folder,
                        "example.org/test",
                        MachineModel.IDEAL,
                        Policy.DEFAULT,
                        Duration.ZERO,
                        1_000,
                        true,
                        1 << 20);
        return Engine.start(setting, store.archive()::accept, List.of());
    }

    private static List<JobRecord> run(Engine engine, int jobs) {
        var quotas = new Quotas(Integer.MAX_VALUE, Integer.MAX_VALUE);
        var added = engine.ask(new Input.AddTenant("a", quotas)).join().getFirst();
        TenantId tenant = ((Notice.TenantAdded) added).tenant();
        var opened = engine.ask(new Input.OpenSession(tenant)).join().getFirst();
        SessionId session = ((Notice.SessionOpened) opened).session();
        engine.ask(new Input.Grant(session, Capability.ALLOC)).join();
        var loading = Loading.of("bell", BELL.getBytes(StandardCharsets.UTF_8));
        var bell = ((Loading.Accepted) loading).program();
        List<JobRecord> ended = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            var input = new Input.Submit(session, bell, new JobPolicy(10, i));
            var submission = new Submission(input, "bell", "key" + i, List.of());
            var accepted = engine.submit(tenant, submission).join();
            ended.add(engine.ledger().end(accepted.key()).join());
        }
        return ended;
    }

    private static void expect(Store store, List<JobRecord> ended) throws Exception {
        assertTrue(store.archive().flush(StoreContract.LONG));
        for (JobRecord job : ended) {
            JobRecord found = store.archive().find(job.key()).orElseThrow().record();
            assertEquals(job.asked(), found.asked());
            assertEquals(job.results(), found.results());
            assertEquals(job.standing().endedEpoch(), found.standing().endedEpoch());
            assertEquals(job.standing().cause(), found.standing().cause());
        }
        TenantId tenant = ended.getFirst().key().tenant();
        var listed = store.archive().list(tenant, Long.MAX_VALUE, 1_000, Optional.empty());
        assertEquals(ended.size(), listed.size());
    }

    @Test
    void ended_jobs_are_archived_once_and_again_from_the_journal_when_the_database_is_lost()
            throws Exception {
        List<JobRecord> ended;
        try (Store store = openStore();
                Engine engine = start(store)) {
            ended = run(engine, 30);
            expect(store, ended);
        }
        try (Store store = openStore();
                Engine _ = start(store)) {
            expect(store, ended);
        }

        Files.delete(folder.resolve(Database.FILE));

        try (Store store = openStore();
                Engine _ = start(store)) {
            expect(store, ended);
        }
    }
}
