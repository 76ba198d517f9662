package org.qmk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.qmk.device.EpochPlan;
import org.qmk.device.EpochReport;
import org.qmk.kernel.call.Bounds;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.Terms;
import org.qmk.kernel.capability.CapabilityLimits;
import org.qmk.kernel.capability.CapabilityTable;
import org.qmk.kernel.capability.Need;
import org.qmk.kernel.capability.Selection;
import org.qmk.qvm.Capability;
import org.qmk.runtime.audit.AuditCheck;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;

/// Measures what an epoch costs the kernel and its audit log while a number of qubits is live.
final class Growth {

    /// What is measured.
    enum Work {
        DECIDE("decide an epoch"),
        CLOSE("close an epoch"),
        APPEND("append to audit log"),
        CHECK("check capabilities");

        final String title;

        Work(String title) {
            this.title = title;
        }
    }

    /// How long one kind of work took.
    ///
    /// @param nanos one a sample, sorted
    record Samples(Work work, int qubits, long[] nanos) {
        Samples {
            nanos = nanos.clone();
            Arrays.sort(nanos);
        }

        @Override
        public long[] nanos() {
            return nanos.clone();
        }

        int count() {
            return nanos.length;
        }

        /// Nearest rank.
        double micros(int percent) {
            int rank = (int) (((long) percent * nanos.length + 99) / 100);
            return nanos[rank - 1] / 1e3;
        }
    }

    /// Checks of one sample: one alone is too short for the clock.
    private static final int BATCH = 100;

    private static final int TENANTS_MAX = 100;

    private Growth() {}

    /// Runs a load of that size for so many epochs, and then as many that are measured.
    ///
    /// @param qubits a multiple of `LiveLoad.QUBITS_A_JOB`
    static List<Samples> of(int qubits, int epochs) throws IOException {
        List<Samples> samples = new ArrayList<>();
        Path folder = Files.createTempDirectory("qmk-growth");
        AuditKey key = AuditKey.generate("example.org/growth");
        try (AuditLog log = AuditLog.open(folder, key, Integer.MAX_VALUE, () -> {})) {
            var load = new LiveLoad(qubits);
            epochs(load, log, epochs);
            long[][] nanos = epochs(load, log, epochs);
            samples.add(new Samples(Work.DECIDE, qubits, nanos[0]));
            samples.add(new Samples(Work.CLOSE, qubits, nanos[1]));
            samples.add(new Samples(Work.APPEND, qubits, nanos[2]));
        }
        long kept = AuditCheck.of(folder, key.verifier()).head().size();
        if (kept != 2L * epochs) throw new IllegalStateException("the log has " + kept + " epochs");
        delete(folder);
        samples.add(new Samples(Work.CHECK, qubits, checks(qubits, epochs)));
        return samples;
    }

    private static long[][] epochs(LiveLoad load, AuditLog log, int epochs) throws IOException {
        long[][] nanos = new long[3][epochs];
        for (int i = 0; i < epochs; i++) {
            load.refill();
            long start = System.nanoTime();
            EpochPlan plan = load.begin();
            nanos[0][i] = System.nanoTime() - start;
            EpochReport report = load.execute(plan);
            start = System.nanoTime();
            List<Notice> notices = load.report(report);
            nanos[1][i] = System.nanoTime() - start;
            EpochRecord record = record(notices);
            start = System.nanoTime();
            log.append(record);
            nanos[2][i] = System.nanoTime() - start;
        }
        return nanos;
    }

    private static EpochRecord record(List<Notice> notices) {
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed(long _, var _, var record)) return record;
        }
        throw new IllegalStateException("an epoch was not closed: " + notices);
    }

    /// A session for each job, of as many tenants as jobs but at most 100, each with what the job
    /// needs: what is measured is the check at a submission and the one of each epoch.
    private static long[] checks(int qubits, int samples) {
        int jobs = qubits / LiveLoad.QUBITS_A_JOB;
        var table = new CapabilityTable(new CapabilityLimits(TENANTS_MAX, jobs, 1 << 20));
        List<TenantId> tenants = new ArrayList<>();
        for (int i = 0; i < Math.min(jobs, TENANTS_MAX); i++) {
            tenants.add(table.add("tenant" + i, new Terms(1, new Quotas(jobs, jobs), false)));
        }
        SessionId[] sessions = new SessionId[jobs];
        for (int i = 0; i < jobs; i++) {
            sessions[i] = table.open(tenants.get(i % tenants.size()));
            table.grant(sessions[i], Capability.ALLOC, Bounds.UNLIMITED);
            table.grant(sessions[i], Capability.MAGIC, Bounds.UNLIMITED);
        }
        List<Need> needs =
                List.of(
                        new Need(Capability.ALLOC, LiveLoad.QUBITS_A_JOB),
                        new Need(Capability.MAGIC, 100));
        long[] nanos = new long[2 * samples];
        int turn = 0;
        for (int i = 0; i < nanos.length; i++) {
            int good = 0;
            long start = System.nanoTime();
            for (int j = 0; j < BATCH; j++) {
                turn = turn + 1 == jobs ? 0 : turn + 1;
                boolean holds =
                        table.select(sessions[turn], needs, 1) instanceof Selection selection
                                && table.isGood(selection, 1);
                if (holds) good++;
            }
            nanos[i] = (System.nanoTime() - start) / BATCH;
            if (good != BATCH) throw new IllegalStateException("a capability was missing");
        }
        return Arrays.copyOfRange(nanos, samples, nanos.length);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
