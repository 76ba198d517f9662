package org.qmk.server.calls;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.qmk.device.Extent;
import org.qmk.device.Placement;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Refusal;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.optimizer.Optimizer;
import org.qmk.optimizer.OptimizerSettings;
import org.qmk.qir.QirValidation;
import org.qmk.qvm.Violation;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineBusy;
import org.qmk.server.engine.EngineStopped;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.Submission;
import org.qmk.server.engine.SubmitTimes;
import org.qmk.sim.Choice;
import org.qmk.sim.NoiseModel;
import org.qmk.sim.Simulators;
import org.qmk.source.Diagnostic;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;
import org.qmk.verifier.Rejected;
import org.qmk.verifier.Verified;
import org.qmk.verifier.Verifier;
import org.qmk.wire.CallDetail;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.BlockRange;
import org.qmk.wire.v1.CompileFields;
import org.qmk.wire.v1.EpochStretch;
import org.qmk.wire.v1.JobPolicyFields;
import org.qmk.wire.v1.JobReply;
import org.qmk.wire.v1.JobRequest;
import org.qmk.wire.v1.JobsReply;
import org.qmk.wire.v1.JobsRequest;
import org.qmk.wire.v1.MappingReply;
import org.qmk.wire.v1.MigrateRequest;
import org.qmk.wire.v1.SubmitRequest;
import org.qmk.wire.v1.WaitRequest;

/// Jobs: submitted, asked about, waited for, steered.
final class Jobs {

    private static final int LIST_DEFAULT = 50;
    private static final int LIST_MAX = 1_000;

    private final Engine engine;
    private final Sessions sessions;
    private final PastJobs past;
    private final Duration waitMax;
    private final int simulatorSecondsMax;
    private final SecureRandom random = new SecureRandom();

    Jobs(Engine engine, Sessions sessions, PastJobs past, Calls.Setting setting) {
        this.engine = engine;
        this.sessions = sessions;
        this.past = past;
        this.waitMax = setting.waitMax();
        this.simulatorSecondsMax = setting.simulatorSecondsMax();
    }

    JobReply submit(Caller caller, SubmitRequest request) throws CallRefused {
        long begun = System.nanoTime();
        SessionId session = sessions.of(caller, request.getSessionId());
        TenantId tenant = caller.requireTenant();
        String idempotencyKey = request.getIdempotencyKey();
        Optional<JobRecord> before =
                idempotencyKey.isEmpty() ? Optional.empty() : past.find(tenant, idempotencyKey);
        JobRecord record;
        if (before.isPresent()) {
            record = before.get();
        } else {
            Loading.Accepted loaded = load(request);
            Verified program = optimized(loaded.program(), request.getCompile());
            JobPolicy policy = policy(request.getPolicy());
            expectSimulator(program, policy.shots());
            var input = new Input.Submit(session, program, policy);
            var submission =
                    new Submission(input, request.getName(), idempotencyKey, loaded.warnings());
            SubmitTimes times = SubmitTimes.loadedSince(begun);
            record = Answers.of(() -> engine.submit(tenant, submission, times));
        }
        if (request.getWait() && !record.ended()) {
            record = await(record.key(), request.getPolicy().getTimeoutMs());
        }
        return reply(record, request.getPolicy().getDebug());
    }

    private static Loading.Accepted load(SubmitRequest request) throws CallRefused {
        String name = request.getName().isEmpty() ? "program" : request.getName();
        byte[] bytes =
                switch (request.getProgramCase()) {
                    case GRAPH_JSON -> request.getGraphJson().getBytes(StandardCharsets.UTF_8);
                    case GRAPH_PB -> bytes(request.getGraphPb());
                    case SOURCE -> request.getSource().getBytes(StandardCharsets.UTF_8);
                    case FILE -> bytes(request.getFile());
                    case PROGRAM_NOT_SET -> throw ServerRule.NO_PROGRAM.refused();
                };
        return switch (Loading.of(name, bytes, settings(request.getCompile()))) {
            case Loading.Accepted accepted -> accepted;
            case Loading.Refused refused -> throw invalid(refused);
        };
    }

    /// The program, made cheaper as far as the submitter asks.
    private static Verified optimized(Verified program, CompileFields fields) throws CallRefused {
        int level = fields.getOptimize();
        if (level < 0 || level > OptimizerSettings.LINEAR_LEVEL_MAX) {
            throw ServerRule.OPTIMIZE.refused(
                    Integer.toUnsignedString(level), OptimizerSettings.LINEAR_LEVEL_MAX);
        }
        if (level == 0) return program;
        var asked = new OptimizerSettings(level, OptimizerSettings.Target.IDEAL);
        return switch (Verifier.verify(Optimizer.optimize(program.graph(), asked))) {
            case Verified better -> better;
            case Rejected rejected ->
                    throw new IllegalStateException("The optimiser broke the program: " + rejected);
        };
    }

    private static LoadSettings settings(CompileFields fields) throws CallRefused {
        QirValidation validation =
                fields.getQir().isEmpty()
                        ? LoadSettings.DEFAULT.validation()
                        : QirValidation.named(fields.getQir())
                                .orElseThrow(
                                        () -> ServerRule.QIR_VALIDATION.refused(fields.getQir()));
        int bound = fields.getLoopBound();
        if (bound < 0 || bound > LoadSettings.LOOP_BOUND_MAX) {
            throw ServerRule.LOOP_BOUND.refused(
                    Integer.toUnsignedString(bound), LoadSettings.LOOP_BOUND_MAX);
        }
        return new LoadSettings(
                fields.getInputsMap(),
                bound == 0 ? OptionalInt.empty() : OptionalInt.of(bound),
                validation);
    }

    /// The machine is a simulated one, and a wave is simulated at once: a program that it cannot
    /// carry out, or that would keep all others waiting, is refused before it is a job.
    private void expectSimulator(Verified program, long shots) throws CallRefused {
        switch (Simulators.choose(program.graph(), NoiseModel.NONE, shots)) {
            case Choice.Chosen(var _, var _, var estimate) -> {
                if (estimate.seconds() <= simulatorSecondsMax) return;
                throw ServerRule.PROGRAM_LONG.refused(estimate.text(), simulatorSecondsMax);
            }
            case Choice.Refused(var rule, var message) ->
                    throw new CallRefused(CallError.INVALID_GRAPH, rule.code(), message);
        }
    }

    private static byte[] bytes(ByteString string) {
        return string.toByteArray();
    }

    private static CallRefused invalid(Loading.Refused refused) {
        List<CallDetail> details = new ArrayList<>();
        for (Diagnostic diagnostic : refused.diagnostics()) {
            Map<String, String> facts = new LinkedHashMap<>();
            for (Violation.Fact fact : diagnostic.facts()) facts.put(fact.name(), fact.value());
            String where = diagnostic.place().text().replaceFirst(": $", "");
            details.add(new CallDetail(diagnostic.code(), where, diagnostic.message(), facts));
        }
        Diagnostic first = refused.diagnostics().getFirst();
        long more = refused.diagnostics().size() + refused.omitted() - 1;
        String rest = more == 0 ? "" : " (and %d more)".formatted(more);
        return new CallRefused(CallError.INVALID_GRAPH, first.code(), first.text() + rest, details);
    }

    private JobPolicy policy(JobPolicyFields fields) {
        long shots = fields.getShots() == 0 ? 1 : fields.getShots();
        // Not negative, so that it reads the same signed and unsigned.
        long seed = fields.hasSeed() ? fields.getSeed() : random.nextLong() & Long.MAX_VALUE;
        // Numbers past the signed range are more than any that the kernel would take.
        return new JobPolicy(
                Unsigned.whole(shots),
                seed,
                Unsigned.whole(fields.getPriority()),
                Unsigned.whole(fields.getDeadlineEpochs()));
    }

    JobReply status(Caller caller, JobRequest request) throws CallRefused {
        return reply(current(find(caller, request.getSessionId(), request.getJobId())), true);
    }

    /// The job as it is now, not as it was when it last changed.
    private JobRecord current(JobRecord known) throws CallRefused {
        if (known.ended()) return known;
        try {
            return engine.refresh(known.key()).join();
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof Engine.JobEnded)) {
                throw Answers.refusal(failed.getCause());
            }
            // It ended meanwhile; its record comes with the end.
            return Answers.of(() -> engine.ledger().end(known.key()));
        } catch (EngineBusy | EngineStopped failed) {
            throw Answers.refusal(failed);
        }
    }

    JobReply waitFor(Caller caller, WaitRequest request) throws CallRefused {
        JobRecord record = find(caller, request.getSessionId(), request.getJobId());
        if (!record.ended()) record = await(record.key(), request.getTimeoutMs());
        return reply(record, false);
    }

    private JobRecord await(JobKey key, long timeoutMillis) throws CallRefused {
        long most = waitMax.toMillis();
        long millis = timeoutMillis <= 0 ? most : Math.min(timeoutMillis, most);
        CompletableFuture<JobRecord> end = engine.ledger().end(key);
        try {
            return end.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw ServerRule.JOB_GOES_ON.refused(key.ticket(), millis);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Engine.JobEnded ended) {
                return past.find(key).orElseThrow(() -> Answers.refusal(ended));
            }
            throw Answers.refusal(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ServerRule.STOPPED.refused("the server stops");
        }
    }

    JobWatch watch(Caller caller, JobRequest request) throws CallRefused {
        JobRecord now = find(caller, request.getSessionId(), request.getJobId());
        return new JobWatch(engine.ledger(), now, () -> find(now.key()));
    }

    JobReply cancel(Caller caller, JobRequest request) throws CallRefused {
        return act(caller, request, job -> new Input.Cancel(job.session(), job.id()));
    }

    JobReply checkpoint(Caller caller, JobRequest request) throws CallRefused {
        return act(caller, request, job -> new Input.Checkpoint(job.session(), job.id()));
    }

    JobReply restore(Caller caller, JobRequest request) throws CallRefused {
        return act(caller, request, job -> new Input.Restore(job.session(), job.id()));
    }

    JobReply migrate(Caller caller, MigrateRequest request) throws CallRefused {
        if (request.getModule() < 0) {
            throw Answers.refused(Refusal.MODULE_UNKNOWN, "there is no module of that number");
        }
        var job =
                JobRequest.newBuilder()
                        .setSessionId(request.getSessionId())
                        .setJobId(request.getJobId())
                        .build();
        return act(
                caller,
                job,
                found -> new Input.Migrate(found.session(), found.id(), request.getModule()));
    }

    private JobReply act(Caller caller, JobRequest request, Function<Engine.Job, Input> input)
            throws CallRefused {
        JobRecord record = find(caller, request.getSessionId(), request.getJobId());
        if (record.ended()) throw Answers.refusal(new Engine.JobEnded());
        return reply(Answers.of(() -> engine.act(record.key(), input)), false);
    }

    MappingReply mapping(Caller caller, JobRequest request) throws CallRefused {
        JobRecord record = find(caller, request.getSessionId(), request.getJobId());
        if (record.ended()) throw Answers.refusal(new Engine.JobEnded());
        Optional<Placement> placement = Answers.of(() -> engine.mapping(record.key()));
        if (placement.isEmpty()) {
            throw Answers.refused(
                    Refusal.CAPABILITY_MISSING,
                    "the job's session does not hold CAP_OBSERVE; ask an operator to grant it");
        }
        var reply = MappingReply.newBuilder().setJobId(record.key().ticket());
        for (Extent extent : placement.get().extents()) {
            reply.addBlocks(
                    BlockRange.newBuilder().setStart(extent.start()).setLength(extent.length()));
        }
        return reply.build();
    }

    JobsReply list(Caller caller, JobsRequest request) throws CallRefused {
        TenantId tenant = caller.requireTenant();
        int asked = request.getLimit() == 0 ? LIST_DEFAULT : request.getLimit();
        int limit = asked < 0 ? LIST_MAX : Math.min(asked, LIST_MAX);
        long before =
                request.getBefore() == 0 ? Long.MAX_VALUE : Unsigned.whole(request.getBefore());
        Optional<JobState> state = stateOf(request.getState());
        List<JobRecord> found = engine.ledger().list(tenant, before, limit, state);
        if (found.size() < limit) {
            long oldest = found.isEmpty() ? before : found.getLast().key().ticket();
            var more = past.list(tenant, oldest, limit - found.size(), state);
            List<JobRecord> both = new ArrayList<>(found);
            both.addAll(more);
            found = both;
        }
        var reply = JobsReply.newBuilder();
        for (JobRecord record : found) reply.addJobs(reply(record, false));
        return reply.build();
    }

    private static Optional<JobState> stateOf(String name) throws CallRefused {
        if (name.isEmpty()) return Optional.empty();
        for (JobState state : JobState.values()) {
            if (state.name().equals(name)) return Optional.of(state);
        }
        throw ServerRule.JOB_STATE.refused(name, List.of(JobState.values()));
    }

    private JobRecord find(Caller caller, String session, long ticket) throws CallRefused {
        if (!session.isEmpty()) sessions.of(caller, session);
        return find(new JobKey(caller.requireTenant(), ticket))
                .orElseThrow(
                        () -> Answers.refused(Refusal.JOB_UNKNOWN, "the tenant has no such job"));
    }

    private Optional<JobRecord> find(JobKey key) {
        return engine.ledger().find(key).or(() -> past.find(key));
    }

    static JobReply reply(JobRecord record, boolean debug) {
        var asked = record.asked();
        var standing = record.standing();
        var reply =
                JobReply.newBuilder()
                        .setJobId(record.key().ticket())
                        .setState(standing.state().name())
                        .setShots(asked.shots())
                        .setShotsDone(standing.shotsDone())
                        .setSeed(asked.seed())
                        .setAcceptedEpoch(asked.epoch())
                        .setEpochs(standing.epochs())
                        .addAllWarnings(asked.warnings())
                        .setDigest("sha256:" + asked.digest())
                        .setName(asked.name());
        if (record.ended()) {
            reply.setEndedEpoch(standing.endedEpoch());
            String detail = standing.detail().isEmpty() ? "" : ": " + standing.detail();
            reply.setCause(standing.cause().code());
            reply.setMessage(standing.cause().sentence() + detail);
        } else {
            reply.setWaitCause(standing.waitCause().name());
        }
        if (debug) {
            standing.waited().forEach((cause, epochs) -> reply.putWaited(cause.name(), epochs));
            for (JobRecord.Stretch stretch : standing.stretches()) {
                reply.addStretches(
                        EpochStretch.newBuilder()
                                .setFrom(stretch.from())
                                .setTo(stretch.to())
                                .setWave(stretch.wave())
                                .setWaitCause(stretch.cause().name()));
            }
        }
        results(record, reply);
        return reply.build();
    }

    /// A job of one shot has an event for each bit, one of more shots has counts. The bits in
    /// their order are told of both: a reader of JSON may lose the order of events.
    private static void results(JobRecord record, JobReply.Builder reply) {
        var results = record.results();
        reply.addAllBits(results.bits());
        if (record.asked().shots() > 1) {
            reply.putAllCounts(results.counts());
        } else if (!results.counts().isEmpty()) {
            String key = results.counts().firstKey();
            for (int i = 0; i < key.length(); i++) {
                reply.putEvents(results.bits().get(i), key.charAt(i) - '0');
            }
        }
    }
}
