package org.qmk.server.calls;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.qmk.server.engine.EngineStopped;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.Ledger;
import org.qmk.wire.CallRefused;
import org.qmk.wire.v1.JobEvent;

/// What becomes of one job, for one who watches. A slow watcher misses what lies between, never the
/// end, and keeps nobody waiting.
public final class JobWatch implements AutoCloseable {

    private final Optional<Ledger.Watch> watch;
    private Optional<JobRecord> latest;
    private Optional<EngineStopped> stopped = Optional.empty();
    private boolean over;

    /// @param again the job as it is once the watch has begun
    JobWatch(Ledger ledger, JobRecord now, Supplier<Optional<JobRecord>> again) {
        this.latest = Optional.of(now);
        watch =
                now.ended()
                        ? Optional.empty()
                        : Optional.of(ledger.watch(now.key(), new Telling()));
        // What changed before the watch began.
        again.get().ifPresent(this::take);
    }

    private final class Telling implements Ledger.Watcher {
        @Override
        public void changed(JobRecord record) {
            take(record);
        }

        @Override
        public void stopped(EngineStopped why) {
            stop(why);
        }
    }

    private synchronized void stop(EngineStopped why) {
        stopped = Optional.of(why);
        notifyAll();
    }

    private synchronized void take(JobRecord record) {
        if (latest.isPresent() && latest.get().ended()) return;
        latest = Optional.of(record);
        notifyAll();
    }

    /// The next event, or nothing if none comes in that time.
    ///
    /// @throws CallRefused if none will come, since the kernel has stopped
    public synchronized Optional<JobEvent> next(Duration patience)
            throws InterruptedException, CallRefused {
        long end = System.nanoTime() + patience.toNanos();
        while (latest.isEmpty()) {
            if (stopped.isPresent()) throw Answers.refusal(stopped.get());
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) return Optional.empty();
            wait(left);
        }
        JobRecord record = latest.get();
        latest = Optional.empty();
        over = record.ended();
        return Optional.of(
                JobEvent.newBuilder()
                        .setEpoch(record.epoch())
                        .setJob(Jobs.reply(record, true))
                        .build());
    }

    /// Whether the job's end was told.
    public synchronized boolean over() {
        return over;
    }

    @Override
    public void close() {
        watch.ifPresent(Ledger.Watch::close);
    }
}
