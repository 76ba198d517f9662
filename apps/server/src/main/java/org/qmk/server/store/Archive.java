package org.qmk.server.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ended jobs. Any thread may hand over and ask; one thread of its own writes.
///
/// What was handed over and is not written yet is in the journal, and is handed over again after a
/// restart. So nothing is lost when the database is away: the archive keeps trying, says so in
/// `health`, and lets those who hand over wait when it is full.
public final class Archive implements AutoCloseable {

    /// Weight of the jobs that may wait. Fewer jobs than the ledger keeps, so that a job that the
    /// ledger forgets is written already.
    static final int WAITING_MAX = 8_192;

    private static final int BATCH = 1_024;

    /// So many different results weigh as much as a job.
    private static final int RESULTS = 16;

    private static final long PRUNE_NANOS = Duration.ofMinutes(1).toNanos();

    private static final long BACK_OFF_NANOS_MIN = Duration.ofMillis(50).toNanos();

    private static final long BACK_OFF_NANOS_MAX = Duration.ofSeconds(5).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    private enum Phase {
        OPEN,
        /// When it is full it lets what comes go by.
        ENDING,
        CLOSED
    }

    private final Database database;
    private final InstantSource clock;
    private final Horizons horizons;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roomy = lock.newCondition();
    private final Condition filled = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final ArrayDeque<JobRecord> waiting = new ArrayDeque<>();
    private int weight;
    private long takenCount;
    private long writtenCount;
    private Phase phase = Phase.OPEN;
    private Optional<String> trouble = Optional.empty();

    Archive(Database database, InstantSource clock, Retention retention) {
        this.database = database;
        this.clock = clock;
        horizons = database.read(handle -> new Horizons(handle, retention));
        thread = Thread.ofPlatform().name("qmk-archive").start(this::run);
    }

    /// Hands over a job that has ended, and that the journal has. Waits while the archive is full.
    /// The same job may come again: what came first stays.
    public void accept(JobRecord record) {
        lock.lock();
        try {
            while (weight >= WAITING_MAX && phase == Phase.OPEN) roomy.await();
            if (weight >= WAITING_MAX || phase == Phase.CLOSED) return;
            waiting.add(record);
            weight += weight(record);
            takenCount++;
            filled.signal();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private static int weight(JobRecord record) {
        return 1 + record.results().counts().size() / RESULTS;
    }

    /// The job, if it is written and still kept.
    ///
    /// @throws StoreFailed if the database does not answer; as all that ask
    public Optional<ArchivedJob> find(JobKey key) {
        return database.read(handle -> JobRows.find(handle, key));
    }

    /// The last job that the tenant submitted with the key.
    public Optional<ArchivedJob> find(TenantId tenant, String idempotencyKey) {
        if (idempotencyKey.isEmpty()) return Optional.empty();
        return database.read(handle -> JobRows.find(handle, tenant, idempotencyKey));
    }

    /// Jobs of the tenant with smaller numbers, the youngest first.
    ///
    /// @param before only smaller numbers than that; `Long.MAX_VALUE` for all
    /// @param state only those that ended so
    public List<ArchivedJob> list(
            TenantId tenant, long before, int limit, Optional<JobState> state) {
        return database.read(handle -> JobRows.list(handle, tenant, before, limit, state));
    }

    /// Waits until all that was handed over before is written.
    ///
    /// @return whether it is
    public boolean flush(Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            long target = takenCount;
            long left = atMost.toNanos();
            while (writtenCount < target && phase != Phase.CLOSED && left > 0) {
                left = written.awaitNanos(left);
            }
            return writtenCount >= target;
        } finally {
            lock.unlock();
        }
    }

    /// What is wrong; nothing while all is well.
    public Optional<String> health() {
        lock.lock();
        try {
            return trouble.map(
                    why ->
                            "%d ended jobs wait for the archive and are in the journal alone: %s"
                                    .formatted(waiting.size(), why));
        } finally {
            lock.unlock();
        }
    }

    /// Jobs that wait to be written.
    public int queued() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /// From now on nobody waits for room: what comes when it is full is left to the journal. To be
    /// called before that stops which hands over.
    public void ending() {
        move(Phase.ENDING);
    }

    private void move(Phase next) {
        lock.lock();
        try {
            if (next.compareTo(phase) > 0) phase = next;
            roomy.signalAll();
            filled.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Writes what waits, unless the database fails.
    @Override
    public void close() {
        move(Phase.CLOSED);
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pruned = System.nanoTime() - PRUNE_NANOS;
        long backOff = BACK_OFF_NANOS_MIN;
        boolean more = false;
        try {
            while (true) {
                long due = more ? 0 : pruned + PRUNE_NANOS - System.nanoTime();
                List<JobRecord> batch = next(due);
                if (batch.isEmpty() && closed()) return;
                try {
                    if (!batch.isEmpty()) write(batch);
                    if (due <= 0) {
                        more = horizons.prune(database, clock.instant());
                        pruned = System.nanoTime();
                    }
                    recovered();
                    backOff = BACK_OFF_NANOS_MIN;
                } catch (RuntimeException failed) {
                    if (!retry(failed, backOff)) return;
                    backOff = Math.min(2 * backOff, BACK_OFF_NANOS_MAX);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Error broken) {
            trouble("a fault of ours: " + broken);
            throw broken;
        } finally {
            // Whatever ended the thread, nobody may wait for it.
            move(Phase.CLOSED);
        }
    }

    /// Jobs to be written next. They stay in the queue.
    private List<JobRecord> next(long nanos) throws InterruptedException {
        List<JobRecord> batch = new ArrayList<>();
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && phase != Phase.CLOSED && left > 0) {
                left = filled.awaitNanos(left);
            }
            int size = 0;
            for (JobRecord record : waiting) {
                if (size >= BATCH) break;
                batch.add(record);
                size += weight(record);
            }
        } finally {
            lock.unlock();
        }
        return batch;
    }

    private void write(List<JobRecord> batch) {
        List<JobRecord> kept = horizons.kept(batch);
        if (!kept.isEmpty()) {
            database.inOrder(
                    handle -> {
                        JobRows.insert(handle, kept, clock.instant());
                        return kept.size();
                    });
        }
        lock.lock();
        try {
            for (JobRecord record : batch) {
                waiting.remove();
                weight -= weight(record);
            }
            writtenCount += batch.size();
            roomy.signalAll();
            written.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private boolean closed() {
        lock.lock();
        try {
            return phase == Phase.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    private void trouble(String why) {
        lock.lock();
        try {
            trouble = Optional.of(why);
        } finally {
            lock.unlock();
        }
    }

    private void recovered() {
        lock.lock();
        try {
            if (trouble.isPresent()) LOG.info("the archive is written again");
            trouble = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Waits before another attempt.
    ///
    /// @return whether there will be one
    private boolean retry(RuntimeException failed, long nanos) throws InterruptedException {
        lock.lock();
        try {
            if (trouble.isEmpty()) LOG.warn("the archive cannot be written", failed);
            trouble = Optional.of(StoreFailed.reason(failed));
            long left = nanos;
            while (phase != Phase.CLOSED && left > 0) left = filled.awaitNanos(left);
            if (phase != Phase.CLOSED) return true;
            LOG.warn("{} ended jobs are in the journal alone", waiting.size());
            return false;
        } finally {
            lock.unlock();
        }
    }
}
