package org.qmk.server.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.qmk.device.EpochPlan;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobStatus;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Policy;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.machine.FirstFitPlanner;
import org.qmk.machine.MachineModel;
import org.qmk.runtime.Journal;
import org.qmk.runtime.KernelLoop;
import org.qmk.runtime.Witness;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;
import org.qmk.runtime.audit.TreeHead;
import org.qmk.runtime.audit.VerifierKey;
import org.qmk.wire.ServerRule;

/// A kernel in a thread of its own, fed by a bounded queue.
///
/// The thread takes what was asked, runs an epoch if there are jobs, writes the journal, and goes
/// on; the committer makes the journal durable and only then tells those who asked. After a crash
/// everything is as the durable part of the journal says: whoever was told something finds it so.
public final class Engine implements AutoCloseable {

    /// Requests that one epoch takes in.
    private static final int BATCH = 1_024;

    /// Epochs without any work after which the next one waits for a request, a little longer each
    /// time, up to so many milliseconds.
    private static final int IDLE_EPOCHS = 16;

    private static final int IDLE_MILLIS_MAX = 20;

    /// Looks at the free space of the disk once in so many requests.
    private static final int SPACE_EVERY = 64;

    /// Something to do in the kernel's thread.
    private interface Work {
        /// @return what is to be told when it is durable
        Committer.Effect run() throws IOException;
    }

    /// Work, and who waits for its answer.
    private record Task(CompletableFuture<?> answer, Work work) {
        void fail(Throwable why) {
            answer.completeExceptionally(why);
        }
    }

    /// A head is signed on demand at most once in that time, whoever asks.
    private static final long NANOS_PER_HEAD = 1_000_000_000;

    private final EngineSetting setting;
    private final Journal journal;
    private final AuditLog audit;
    private final KernelLoop loop;
    private final Kernel kernel;
    private final JobBook book;
    private final Directory directory;
    private final ChannelBook channels;
    private final ModeBook modes;
    private final Ledger ledger;

    /// Jobs with an idempotency key that ended and are not in the ledger as ended yet.
    private final Map<RetryKey, JobRecord> leaving = new ConcurrentHashMap<>();

    private final Committer committer;
    private final BlockingQueue<Task> queue;
    private final Consumer<JobRecord> archive;
    private final List<Consumer<EpochView>> observers;
    private final EngineProbe probe;
    private final Thread thread;
    private volatile long journalBytes;
    private volatile Optional<String> stopped = Optional.empty();
    private volatile boolean draining;
    private volatile boolean closing;
    private volatile EpochView view = EpochView.NONE;
    private final AuditKey key;
    private TreeHead head;
    private volatile String auditHead;
    private OptionalLong signedAt = OptionalLong.empty();
    private int idle;
    private long asked;

    /// @param archive takes the records of ended jobs, in the committer's thread
    /// @param observers are told of every epoch, in the kernel's thread: they must not block
    public static Engine start(
            EngineSetting setting, Consumer<JobRecord> archive, List<Consumer<EpochView>> observers)
            throws IOException {
        return start(setting, archive, observers, Witness.NOBODY);
    }

    /// @param follower sees every input, also those that a recovery takes from the journal, and in
    ///     the kernel's thread from then on: it must not block
    public static Engine start(
            EngineSetting setting,
            Consumer<JobRecord> archive,
            List<Consumer<EpochView>> observers,
            Witness follower)
            throws IOException {
        return start(setting, archive, observers, follower, EngineProbe.NONE);
    }

    /// @param probe measures the engine
    public static Engine start(
            EngineSetting setting,
            Consumer<JobRecord> archive,
            List<Consumer<EpochView>> observers,
            Witness follower,
            EngineProbe probe)
            throws IOException {
        var followers = new Followers(setting, archive, follower);
        return new Engine(setting, archive, observers, probe, followers);
    }

    private Engine(
            EngineSetting setting,
            Consumer<JobRecord> archive,
            List<Consumer<EpochView>> observers,
            EngineProbe probe,
            Followers followers)
            throws IOException {
        this.setting = setting;
        this.probe = probe;
        this.archive = archive;
        this.observers = List.copyOf(observers);
        directory = followers.directory;
        channels = followers.channels;
        modes = followers.modes;
        book = followers.book;
        ledger = followers.ledger;
        Opening opening = Opening.of(setting, followers);
        kernel = opening.kernel();
        journal = opening.journal();
        audit = opening.audit();
        key = opening.key();
        loop =
                new KernelLoop(
                        kernel,
                        followers.device,
                        new FirstFitPlanner(setting.machine().shape()),
                        Optional.of(journal),
                        Optional.of(audit),
                        followers.running());
        head = audit.head();
        auditHead = new String(head.sign(key), StandardCharsets.UTF_8);
        goOn(opening.open(), followers);
        journalBytes = journal.write();
        queue = new ArrayBlockingQueue<>(setting.queue());
        committer = new Committer(setting.fsync() ? journal::force : () -> {}, this::fail, probe);
        thread = Thread.ofPlatform().name("qmk-kernel").start(this::run);
    }

    /// Ends the epoch that was begun before, and publishes what a recovery found.
    private void goOn(Optional<EpochPlan> open, Followers followers) throws IOException {
        try {
            if (open.isPresent()) loop.finish(open.get());
            journal.sync();
        } catch (IOException | RuntimeException failed) {
            audit.abandon();
            journal.close();
            throw failed;
        }
        followers.publish();
    }

    /// Asks the kernel for one thing. The answer comes when it is durable.
    ///
    /// @throws EngineBusy if the queue is full
    /// @throws EngineStopped if the kernel takes nothing more; both also in the future
    /// @throws KernelRefusal in the future, if the kernel refuses
    public CompletableFuture<List<Notice>> ask(Input input) {
        var answer = new CompletableFuture<List<Notice>>();
        offer(answer, () -> new Told<>(answer, call(input)));
        return answer;
    }

    /// Gives the kernel one input.
    ///
    /// @throws KernelRefusal if it refuses
    private List<Notice> call(Input input) throws IOException {
        List<Notice> notices = loop.call(input);
        if (!notices.isEmpty() && notices.getFirst() instanceof Notice.Refused refused) {
            throw new KernelRefusal(refused);
        }
        return notices;
    }

    /// Submits a job. The answer is its record, when it is durable that it was accepted; or the
    /// record of the job that the tenant submitted with the same key before.
    ///
    /// @throws EngineBusy also where the server takes no new jobs
    public CompletableFuture<JobRecord> submit(TenantId tenant, Submission submission) {
        return submit(tenant, submission, SubmitTimes.now());
    }

    /// As above.
    ///
    /// @param times for the probe
    public CompletableFuture<JobRecord> submit(
            TenantId tenant, Submission submission, SubmitTimes times) {
        var answer = new CompletableFuture<JobRecord>();
        if (draining) {
            throw new EngineBusy(ServerRule.DRAINING);
        }
        offer(
                answer,
                () -> {
                    var before = again(tenant, submission.idempotencyKey());
                    if (before.isPresent()) return new Told<>(answer, before.get());
                    expectSpace();
                    journal.note(submission.note());
                    book.noted(submission.note());
                    List<Notice> notices = call(submission.input());
                    if (!(notices.getFirst() instanceof Notice.Accepted(var _, long ticket))) {
                        throw new IllegalStateException("a submission was answered " + notices);
                    }
                    var accepted = book.find(new JobKey(tenant, ticket)).orElseThrow();
                    return new AcceptedTold(
                            answer, accepted.record(book.epoch()), times.takenNow());
                });
        return answer;
    }

    /// A job that was accepted.
    private final class AcceptedTold implements Committer.Effect {
        private final Told<JobRecord> told;
        private final SubmitTimes times;

        AcceptedTold(CompletableFuture<JobRecord> answer, JobRecord record, SubmitTimes times) {
            told = new Told<>(answer, record);
            this.times = times;
        }

        @Override
        public void tell() {
            probe.accepted(told.value(), times);
            told.tell();
        }

        @Override
        public void fail(IOException why) {
            told.fail(why);
        }
    }

    /// The job of the same key: in flight, on its way to the ledger, or there.
    private Optional<JobRecord> again(TenantId tenant, String idempotencyKey) {
        if (idempotencyKey.isEmpty()) return Optional.empty();
        var retry = new RetryKey(tenant, idempotencyKey);
        return book.find(retry)
                .map(job -> job.record(book.epoch()))
                .or(() -> Optional.ofNullable(leaving.get(retry)))
                .or(() -> ledger.find(retry));
    }

    /// Looks at the kernel between two steps.
    public <T> CompletableFuture<T> look(Function<Kernel, T> question) {
        var answer = new CompletableFuture<T>();
        offer(answer, () -> new Told<>(answer, question.apply(kernel)));
        return answer;
    }

    /// Asks the kernel for something about a job, and answers with its record.
    ///
    /// @throws JobEnded in the future, if the job is not in flight
    public CompletableFuture<JobRecord> act(JobKey key, Function<Job, Input> request) {
        var answer = new CompletableFuture<JobRecord>();
        offer(
                answer,
                () -> {
                    LiveJob job = book.find(key).orElseThrow(JobEnded::new);
                    call(request.apply(new Job(job.session, job.id)));
                    return new Told<>(answer, job.record(book.epoch()));
                });
        return answer;
    }

    /// The record of a job as it is now. The ledger has the one of its last change.
    ///
    /// @throws JobEnded in the future, if the job is not in flight
    public CompletableFuture<JobRecord> refresh(JobKey key) {
        var answer = new CompletableFuture<JobRecord>();
        offer(
                answer,
                () -> {
                    LiveJob job = book.find(key).orElseThrow(JobEnded::new);
                    return new Told<>(answer, job.record(book.epoch()));
                });
        return answer;
    }

    /// The blocks that a job holds; nothing if its session may not know.
    ///
    /// @throws JobEnded in the future, if the job is not in flight
    public CompletableFuture<Optional<Placement>> mapping(JobKey key) {
        var answer = new CompletableFuture<Optional<Placement>>();
        offer(
                answer,
                () -> {
                    LiveJob job = book.find(key).orElseThrow(JobEnded::new);
                    return new Told<>(answer, kernel.mapping(job.session, job.id));
                });
        return answer;
    }

    /// A job as the kernel calls it.
    public record Job(SessionId session, JobId id) {}

    /// The job is not in flight any more.
    public static final class JobEnded extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void offer(CompletableFuture<?> answer, Work work) {
        stopped.ifPresent(
                why -> {
                    throw new EngineStopped(why);
                });
        if (!queue.offer(new Task(answer, work))) {
            throw new EngineBusy(ServerRule.QUEUE_FULL, setting.queue());
        }
        if (stopped.isPresent()) failQueued();
    }

    public Directory directory() {
        return directory;
    }

    public ChannelBook channels() {
        return channels;
    }

    public ModeBook modes() {
        return modes;
    }

    public MachineModel machine() {
        return setting.machine();
    }

    /// The head of the audit log that was signed last, as a C2SP checkpoint.
    public String auditHead() {
        return auditHead;
    }

    /// Signs a head over all epochs so far, and answers with it as a C2SP checkpoint. It makes the
    /// journal durable in the kernel's thread, so it is not for every request.
    public CompletableFuture<String> signHead() {
        var answer = new CompletableFuture<String>();
        offer(
                answer,
                () -> {
                    audit.checkpoint();
                    noteHead();
                    return new Told<>(answer, auditHead);
                });
        return answer;
    }

    /// As `signHead`, but the head that is there if one was signed so not long ago: for requests of
    /// anybody.
    public synchronized CompletableFuture<String> freshHead() {
        long now = System.nanoTime();
        if (signedAt.isPresent() && now - signedAt.getAsLong() < NANOS_PER_HEAD) {
            return CompletableFuture.completedFuture(auditHead);
        }
        signedAt = OptionalLong.of(now);
        return signHead();
    }

    /// The folder of the audit log.
    public Path auditFolder() {
        return setting.folder().resolve(AuditLog.FOLDER);
    }

    /// The key that heads of the audit log are verified with.
    public VerifierKey auditKey() {
        return key.verifier();
    }

    /// How long the journal is.
    public long journalBytes() {
        return journalBytes;
    }

    /// How the kernel shares the machine.
    public Policy policy() {
        return setting.policy();
    }

    public Ledger ledger() {
        return ledger;
    }

    /// The epoch that was closed last. It may not be durable yet.
    public EpochView view() {
        return view;
    }

    /// Why the kernel takes nothing more; nothing while it runs.
    public Optional<String> stopped() {
        return stopped;
    }

    /// Whether new jobs are refused, and the others run to their ends.
    public void drain(boolean on) {
        draining = on;
    }

    public boolean draining() {
        return draining;
    }

    /// Requests that wait for the kernel.
    public int queued() {
        return queue.size();
    }

    private void expectSpace() throws IOException {
        if (asked++ % SPACE_EVERY != 0) return;
        long usable = Files.getFileStore(setting.folder()).getUsableSpace();
        if (usable < setting.spaceLeft()) {
            asked = 0;
            throw new EngineBusy(ServerRule.DISK_FULL, usable >> 20, setting.spaceLeft() >> 20);
        }
    }

    private void run() {
        List<Task> batch = new ArrayList<>();
        try {
            while (!closing || !queue.isEmpty()) {
                long begun = System.nanoTime();
                gather(batch);
                List<Committer.Effect> answers = new ArrayList<>();
                for (Task task : batch) take(task, answers);
                if (kernel.jobsInFlight() > 0) epoch();
                // Whoever has an answer finds the job that it is about.
                List<Committer.Effect> effects = published();
                effects.addAll(answers);
                journalBytes = journal.write();
                if (!effects.isEmpty()) committer.commit(effects);
                batch.clear();
                pace(begun);
            }
        } catch (IOException failed) {
            fail(failed);
        } catch (InterruptedException interrupted) {
            stop("its thread was interrupted");
        } catch (RuntimeException | Error broken) {
            stop("a fault of ours: " + broken);
            throw broken;
        } finally {
            for (Task task : batch) task.fail(new EngineStopped(stopped.orElse("it was closed")));
        }
    }

    private List<Committer.Effect> published() {
        List<Committer.Effect> effects = new ArrayList<>();
        for (JobRecord record : book.takeChanged()) {
            if (record.ended()) record.retry().ifPresent(retry -> leaving.put(retry, record));
            effects.add(new Published(record));
        }
        return effects;
    }

    /// Waits for something to do, and takes what is there.
    private void gather(List<Task> batch) throws InterruptedException {
        if (kernel.jobsInFlight() == 0) {
            Task first = queue.poll(IDLE_MILLIS_MAX, TimeUnit.MILLISECONDS);
            if (first != null) batch.add(first);
        } else if (idle > IDLE_EPOCHS) {
            int millis = Math.min(idle - IDLE_EPOCHS, IDLE_MILLIS_MAX);
            Task first = queue.poll(millis, TimeUnit.MILLISECONDS);
            if (first != null) batch.add(first);
        }
        queue.drainTo(batch, BATCH - batch.size());
    }

    private void take(Task task, List<Committer.Effect> effects) throws IOException {
        try {
            effects.add(task.work().run());
        } catch (KernelRefusal | EngineBusy | JobEnded refused) {
            // What is refused is in the journal too, but nobody has to wait for that.
            task.fail(refused);
        } catch (IOException failed) {
            task.fail(new EngineStopped(failed));
            throw failed;
        }
    }

    private void epoch() throws IOException {
        long begun = System.nanoTime();
        KernelLoop.Epoch epoch = loop.epoch();
        EpochPlan plan = epoch.plan();
        boolean nothing =
                plan.starts().isEmpty()
                        && plan.issues().isEmpty()
                        && plan.moves().isEmpty()
                        && plan.ends().isEmpty()
                        && epoch.report().outcomes().isEmpty();
        idle = nothing ? Math.min(idle + 1, IDLE_EPOCHS + IDLE_MILLIS_MAX) : 0;
        int held = 0;
        Map<WaitCause, Integer> waits = new EnumMap<>(WaitCause.class);
        for (LiveJob job : book.placed()) {
            held += job.blocks;
            WaitCause cause =
                    kernel.status(job.session, job.id)
                            .map(JobStatus::waitCause)
                            .orElse(WaitCause.NOTHING);
            job.waits(plan.epoch(), cause);
            if (cause != WaitCause.NOTHING) waits.merge(cause, 1, Integer::sum);
        }
        int running = book.placed().size();
        noteHead();
        view = EpochView.of(epoch, held, running, kernel.jobsInFlight() - running);
        if (view.queued() > 0) waits.put(WaitCause.QUEUE, view.queued());
        for (Consumer<EpochView> observer : observers) observer.accept(view);
        probe.closed(view, waits, System.nanoTime() - begun);
    }

    private void noteHead() {
        if (audit.head() == head) return;
        head = audit.head();
        auditHead = new String(head.sign(key), StandardCharsets.UTF_8);
    }

    private void pace(long begun) throws InterruptedException {
        long left = setting.epochAtLeast().toNanos() - (System.nanoTime() - begun);
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
    }

    /// A job's new record.
    private final class Published implements Committer.Effect {
        private final JobRecord record;

        Published(JobRecord record) {
            this.record = record;
        }

        @Override
        public void tell() {
            if (record.ended()) {
                archive.accept(record);
                probe.ended(record);
            }
            ledger.put(record);
            if (record.ended()) record.retry().ifPresent(retry -> leaving.remove(retry, record));
        }

        @Override
        public void fail(IOException why) {
            ledger.stop(new EngineStopped(why));
        }
    }

    private void fail(IOException failed) {
        stop("its journal cannot be written: " + failed.getMessage());
    }

    private void stop(String why) {
        if (stopped.isEmpty()) stopped = Optional.of(why);
        closing = true;
        failQueued();
        ledger.stop(new EngineStopped(why));
    }

    private void failQueued() {
        List<Task> left = new ArrayList<>();
        queue.drainTo(left);
        for (Task task : left) task.fail(new EngineStopped(stopped.orElse("it was closed")));
    }

    /// Ends after what was asked. Jobs in flight stay in the journal, and go on after a restart.
    @Override
    public void close() throws IOException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        committer.close();
        if (stopped.isEmpty()) stopped = Optional.of("it was closed");
        failQueued();
        ledger.stop(new EngineStopped("it was closed"));
        try (journal) {
            audit.close();
        }
    }
}
