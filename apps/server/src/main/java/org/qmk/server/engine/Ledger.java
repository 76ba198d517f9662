package org.qmk.server.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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
    private final Map<JobKey, List<Consumer<JobRecord>>> watchers = new ConcurrentHashMap<>();
    private final Map<Retry, Long> retries = new ConcurrentHashMap<>();
    private final ArrayDeque<JobKey> ended = new ArrayDeque<>();

    public Optional<JobRecord> find(JobKey key) {
        return Optional.ofNullable(byTenant.get(key.tenant())).map(jobs -> jobs.get(key.ticket()));
    }

    /// The job that was submitted with the key before.
    public Optional<JobRecord> find(TenantId tenant, String idempotencyKey) {
        if (idempotencyKey.isEmpty()) return Optional.empty();
        Long ticket = retries.get(new Retry(tenant, idempotencyKey));
        return ticket == null ? Optional.empty() : find(new JobKey(tenant, ticket));
    }

    /// Jobs of the tenant with smaller numbers, the youngest first.
    ///
    /// @param before only smaller numbers than that; `Long.MAX_VALUE` for all
    public List<JobRecord> list(
            TenantId tenant, long before, int limit, Optional<JobState> state) {
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
    public CompletableFuture<JobRecord> end(JobKey key) {
        var answer = waiting.computeIfAbsent(key, _ -> new CompletableFuture<>());
        // It may have ended before anybody waited.
        find(key).filter(JobRecord::ended).ifPresent(record -> settle(key, record));
        return answer;
    }

    /// Ends the telling when it is closed.
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    /// Tells of every change of the job from now on, in the thread that makes it durable: the
    /// watcher must not wait for anything.
    public Watch watch(JobKey key, Consumer<JobRecord> watcher) {
        watchers.computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>()).add(watcher);
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
        String idempotencyKey = record.asked().idempotencyKey();
        if (!idempotencyKey.isEmpty()) {
            retries.put(new Retry(key.tenant(), idempotencyKey), key.ticket());
        }
        var unended = inFlight.computeIfAbsent(key.tenant(), _ -> new ConcurrentSkipListMap<>());
        if (record.ended()) unended.remove(key.ticket());
        else unended.put(key.ticket(), record);
        for (var watcher : watchers.getOrDefault(key, List.of())) watcher.accept(record);
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
        String idempotencyKey = record.asked().idempotencyKey();
        if (!idempotencyKey.isEmpty()) retries.remove(new Retry(key.tenant(), idempotencyKey));
    }

    /// Tells all who wait that nothing will come.
    void stop(EngineStopped why) {
        for (var waiter : new ArrayList<>(waiting.values())) waiter.completeExceptionally(why);
        waiting.clear();
    }
}
