package org.qmk.server.engine;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;

/// What tenants may know of their jobs: records that are durable. Any thread may ask.
///
/// It keeps the jobs in flight, and of the ended ones the last `KEPT`; older ones are in the
/// archive.
public final class Ledger {

    /// Ended jobs that are kept.
    static final int KEPT = 20_000;

    private final Map<TenantId, NavigableMap<Long, JobRecord>> byTenant = new ConcurrentHashMap<>();
    private final Map<TenantId, NavigableMap<Long, JobRecord>> inFlight = new ConcurrentHashMap<>();
    private final Map<JobKey, CompletableFuture<JobRecord>> waiting = new ConcurrentHashMap<>();
    private final Map<JobKey, List<Watcher>> watchers = new ConcurrentHashMap<>();
    private final Map<RetryKey, Long> retries = new ConcurrentHashMap<>();
    private final ArrayDeque<JobKey> ended = new ArrayDeque<>();
    private volatile Optional<EngineStopped> stopped = Optional.empty();

    public Optional<JobRecord> find(JobKey key) {
        return Optional.ofNullable(byTenant.get(key.tenant())).map(jobs -> jobs.get(key.ticket()));
    }

    /// The job that was submitted so before.
    Optional<JobRecord> find(RetryKey retry) {
        Long ticket = retries.get(retry);
        return ticket == null ? Optional.empty() : find(new JobKey(retry.tenant(), ticket));
    }

    /// Jobs of the tenant with smaller numbers, the youngest first.
    ///
    /// @param before only smaller numbers than that; `Long.MAX_VALUE` for all
    public List<JobRecord> list(TenantId tenant, long before, int limit, Optional<JobState> state) {
        var jobs = byTenant.get(tenant);
        if (jobs == null) return List.of();
        return jobs.headMap(before, false).descendingMap().values().stream()
                .filter(job -> state.isEmpty() || job.standing().state() == state.get())
                .limit(limit)
                .toList();
    }

    /// The tenant's jobs that have not ended, the oldest first.
    public List<JobRecord> inFlight(TenantId tenant) {
        var jobs = inFlight.get(tenant);
        return jobs == null ? List.of() : List.copyOf(jobs.values());
    }

    /// Answers with the job's record when it ended.
    ///
    /// @throws EngineStopped in the future, if the kernel stops before
    /// @throws Engine.JobEnded in the future, if it ended so long ago that only the archive has it
    public CompletableFuture<JobRecord> end(JobKey key) {
        var answer = waiting.computeIfAbsent(key, _ -> new CompletableFuture<>());
        // Each of these may have come before anybody waited.
        Optional<JobRecord> now = find(key);
        if (now.isEmpty()) {
            waiting.remove(key, answer);
            answer.completeExceptionally(new Engine.JobEnded());
        }
        now.filter(JobRecord::ended).ifPresent(record -> settle(key, record));
        stopped.ifPresent(why -> fail(key, why));
        return answer;
    }

    /// Ends the telling when it is closed.
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /// Is told in the thread that makes changes durable, and must not wait for anything.
    public interface Watcher {
        void changed(JobRecord record);

        /// Nothing more will come.
        void stopped(EngineStopped why);
    }

    /// Tells of every change of the job from now on.
    public Watch watch(JobKey key, Watcher watcher) {
        watchers.compute(
                key,
                (_, list) -> {
                    List<Watcher> all = list == null ? new CopyOnWriteArrayList<>() : list;
                    all.add(watcher);
                    return all;
                });
        stopped.ifPresent(watcher::stopped);
        return () ->
                watchers.computeIfPresent(
                        key,
                        (_, list) -> {
                            list.remove(watcher);
                            return list.isEmpty() ? null : list;
                        });
    }

    /// Takes a record in. One thread at a time.
    void put(JobRecord record) {
        JobKey key = record.key();
        byTenant.computeIfAbsent(key.tenant(), _ -> new ConcurrentSkipListMap<>())
                .put(key.ticket(), record);
        record.retry().ifPresent(retry -> retries.put(retry, key.ticket()));
        var unended = inFlight.computeIfAbsent(key.tenant(), _ -> new ConcurrentSkipListMap<>());
        if (record.ended()) unended.remove(key.ticket());
        else unended.put(key.ticket(), record);
        for (var watcher : watchers.getOrDefault(key, List.of())) watcher.changed(record);
        if (!record.ended()) return;
        settle(key, record);
        ended.add(key);
        while (ended.size() > KEPT) forget(ended.poll());
    }

    private void settle(JobKey key, JobRecord record) {
        var waiter = waiting.remove(key);
        if (waiter != null) waiter.complete(record);
    }

    private void forget(JobKey key) {
        JobRecord record = byTenant.get(key.tenant()).remove(key.ticket());
        record.retry().ifPresent(retry -> retries.remove(retry, key.ticket()));
    }

    private void fail(JobKey key, EngineStopped why) {
        var waiter = waiting.remove(key);
        if (waiter != null) waiter.completeExceptionally(why);
    }

    /// Tells all who wait that nothing will come, and all who will.
    void stop(EngineStopped why) {
        stopped = Optional.of(why);
        for (JobKey key : waiting.keySet()) fail(key, why);
        for (List<Watcher> list : watchers.values()) {
            for (Watcher watcher : list) watcher.stopped(why);
        }
    }
}
