package org.qmk.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;

/// Ended jobs as a test wants them.
final class JobSamples {

    /// Texts that one database or another does not take as they are.
    private static final List<String> TEXTS =
            List.of(
                    "bell",
                    "",
                    "a\0b",
                    "\ud800",
                    "\udc00\ud83d",
                    "naïve 🐱",
                    "'; DROP TABLE job",
                    "\\u0000\"");

    private JobSamples() {}

    /// A Bell job of 100 shots, which ended in the epoch.
    static JobRecord bell(int tenant, long ticket, long endedEpoch) {
        return bell(tenant, ticket, endedEpoch, JobState.COMPLETED, "");
    }

    static JobRecord bell(
            int tenant, long ticket, long endedEpoch, JobState state, String idempotencyKey) {
        var asked =
                new JobRecord.Asked(
                        "bell", "ab".repeat(32), 100, ticket, idempotencyKey, List.of(), 1);
        var standing =
                new JobRecord.Standing(
                        state,
                        EndCause.ALL_SHOTS_DONE,
                        "",
                        100,
                        endedEpoch,
                        endedEpoch,
                        3,
                        0,
                        WaitCause.NOTHING,
                        new TreeMap<>(),
                        List.of());
        var counts = new TreeMap<>(java.util.Map.of("00", 52L, "11", 48L));
        return new JobRecord(
                new JobKey(new TenantId(tenant), ticket),
                asked,
                standing,
                new JobRecord.Results(List.of("c[1]", "c[0]"), counts));
    }

    /// A job with everything in it.
    static JobRecord any(SplittableRandom random, int tenant, long ticket) {
        List<String> warnings = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) warnings.add(text(random));
        SortedMap<WaitCause, Long> waited = new TreeMap<>();
        for (WaitCause cause : WaitCause.values()) {
            if (random.nextBoolean()) waited.put(cause, random.nextLong());
        }
        SortedMap<String, Long> counts = new TreeMap<>();
        for (int i = random.nextInt(100); i > 0; i--) {
            counts.put(Integer.toBinaryString(random.nextInt()), random.nextLong());
        }
        var asked =
                new JobRecord.Asked(
                        text(random),
                        "%064x".formatted(random.nextLong(Long.MAX_VALUE)),
                        random.nextLong(),
                        random.nextLong(),
                        text(random),
                        warnings,
                        random.nextLong());
        long ended = random.nextLong(1, Long.MAX_VALUE);
        var standing =
                new JobRecord.Standing(
                        pick(
                                random,
                                List.of(JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)),
                        pick(random, List.of(EndCause.values())),
                        text(random),
                        random.nextLong(),
                        ended,
                        ended,
                        random.nextLong(),
                        0,
                        pick(random, List.of(WaitCause.values())),
                        waited,
                        stretches(random));
        return new JobRecord(
                new JobKey(new TenantId(tenant), ticket),
                asked,
                standing,
                new JobRecord.Results(List.of(text(random), text(random)), counts));
    }

    private static List<JobRecord.Stretch> stretches(SplittableRandom random) {
        List<JobRecord.Stretch> stretches = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            stretches.add(
                    new JobRecord.Stretch(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            pick(random, List.of(WaitCause.values()))));
        }
        return stretches;
    }

    private static String text(SplittableRandom random) {
        return pick(random, TEXTS);
    }

    private static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
