package org.qmk.server.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.qmk.device.Condition;
import org.qmk.device.Supply;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.WaitCause;
import org.qmk.server.calls.Caller;
import org.qmk.server.edge.Gateway;
import org.qmk.server.engine.Engine;
import org.qmk.server.engine.EngineProbe;
import org.qmk.server.engine.EpochView;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.SubmitTimes;
import org.qmk.server.store.Archive;
import org.qmk.wire.CallRefused;
import org.qmk.wire.RpcCall;

/// A server in numbers, as Prometheus reads them. The names are in docs/guide/operator.md.
///
/// Labels come from closed sets: calls, error codes, states and causes. Tenants' names are labels
/// only of those metrics that `TenantMetrics` has, and only if the configuration says so.
public final class Metrics implements EngineProbe, Gateway.Observer, AutoCloseable {

    private static final Duration[] CALL_BUCKETS = {
        Duration.ofNanos(250_000),
        Duration.ofMillis(1),
        Duration.ofMillis(2),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private static final Duration[] STEP_BUCKETS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(200_000),
        Duration.ofNanos(500_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofSeconds(1)
    };

    /// Of a call that was carried out.
    static final String OK = "OK";

    private record Outcome(String method, String code) {}

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Map<Outcome, Counter> calls = new ConcurrentHashMap<>();
    private final Map<String, Timer> callTimes = new ConcurrentHashMap<>();
    private final Timer epochs = timer("qmk.epoch", "Epochs, and how long they took.");
    private final Timer forces = timer("qmk.journal.force", "Forces of the journal to the disk.");
    private final DistributionSummary groups =
            DistributionSummary.builder("qmk.journal.group.epochs")
                    .description("Epochs that one force made durable.")
                    .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
                    .register(registry);
    private final Counter accepted =
            counter("qmk.jobs.accepted", "Jobs whose acceptance is durable.");
    private final Map<EndCause, Map<JobState, Counter>> ended = new ConcurrentHashMap<>();
    private final Counter[] waits = new Counter[WaitCause.values().length];
    private final LongAdder magicStates = new LongAdder();
    private final LongAdder bellPairs = new LongAdder();
    private volatile EpochView view;
    private final Optional<TenantMetrics> tenants;

    /// @param tenants whether tenants' names may be labels
    public Metrics(boolean tenants) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
        for (WaitCause cause : WaitCause.values()) {
            if (cause == WaitCause.NOTHING) continue;
            waits[cause.ordinal()] =
                    Counter.builder("qmk.job.waits")
                            .description("Epochs in which a job did not do all that it could.")
                            .tag("cause", cause.name())
                            .register(registry);
        }
        this.tenants = tenants ? Optional.of(new TenantMetrics(registry)) : Optional.empty();
    }

    /// Reads the engine and the archive whenever somebody asks for the metrics.
    public void watch(Engine engine, Archive archive) {
        view = engine.view();
        gauge("qmk.blocks.held", "Blocks that jobs hold.", () -> view.blocksHeld());
        gauge("qmk.blocks", "Blocks of the machine.", () -> engine.machine().shape().blocks());
        gauge("qmk.jobs.running", "Jobs with a wave.", () -> view.running());
        gauge("qmk.jobs.queued", "Jobs without a wave.", () -> view.queued());
        gauge("qmk.epoch.number", "The epoch that was closed last.", () -> view.number());
        gauge("qmk.kernel.queue", "Requests that wait for the kernel.", engine::queued);
        gauge("qmk.journal.bytes", "Length of the journal.", engine::journalBytes);
        gauge("qmk.archive.queue", "Ended jobs that wait for the archive.", archive::queued);
        gauge(
                "qmk.archive.healthy",
                "1 while the archive can be written, otherwise 0.",
                () -> archive.health().isEmpty() ? 1 : 0);
        gauge(
                "qmk.engine.running",
                "1 while the kernel takes requests, otherwise 0.",
                () -> engine.stopped().isEmpty() ? 1 : 0);
        gauge("qmk.draining", "1 while no new jobs are taken.", () -> engine.draining() ? 1 : 0);
        gauge(
                "qmk.decoder.backlog.rounds",
                "Rounds that the decoders have yet to decode.",
                () -> supply().backlogRounds());
        sum("qmk.magic.states", "Magic states that factories made.", magicStates);
        sum("qmk.bell.pairs", "Raw Bell pairs that links made.", bellPairs);
        for (Condition condition : Condition.values()) {
            Gauge.builder("qmk.mode.level", () -> level(engine, condition))
                    .description("The highest level of a degraded mode; 0 for none.")
                    .tag("condition", condition.name())
                    .register(registry);
        }
        tenants.ifPresent(each -> each.watch(engine));
    }

    private Supply supply() {
        EpochView seen = view;
        return seen.epochs().isEmpty() ? Supply.NONE : seen.epochs().getFirst().report().supply();
    }

    private static int level(Engine engine, Condition condition) {
        int highest = 0;
        for (Notice.ModeChanged mode : engine.modes().modes()) {
            if (mode.condition() == condition) highest = Math.max(highest, mode.level());
        }
        return highest;
    }

    /// All of it in Prometheus's text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void called(RpcCall call, Caller caller, long nanos, Optional<CallRefused> refusal) {
        String code = refusal.map(refused -> refused.error().name()).orElse(OK);
        calls.computeIfAbsent(new Outcome(call.method(), code), this::calls).increment();
        callTimes
                .computeIfAbsent(call.method(), this::callTime)
                .record(nanos, TimeUnit.NANOSECONDS);
        if (tenants.isPresent() && caller.tenant().isPresent()) {
            tenants.get().called(caller.name(), code);
        }
    }

    private Counter calls(Outcome outcome) {
        return Counter.builder("qmk.calls")
                .description("Calls, by what came of them.")
                .tag("method", outcome.method())
                .tag("code", outcome.code())
                .register(registry);
    }

    private Timer callTime(String method) {
        return Timer.builder("qmk.call")
                .description("How long calls took.")
                .tag("method", method)
                .serviceLevelObjectives(CALL_BUCKETS)
                .register(registry);
    }

    @Override
    public void closed(EpochView closed, Map<WaitCause, Integer> causes, long nanos) {
        epochs.record(nanos, TimeUnit.NANOSECONDS);
        view = closed;
        causes.forEach((cause, jobs) -> waits[cause.ordinal()].increment(jobs));
        Supply supply = supply();
        long states = 0;
        for (int factory = 0; factory < supply.factories(); factory++) {
            states += supply.magic(factory);
        }
        magicStates.add(states);
        long pairs = 0;
        for (int link = 0; link < supply.links(); link++) pairs += supply.pairs(link);
        bellPairs.add(pairs);
    }

    @Override
    public void accepted(JobRecord record, SubmitTimes times) {
        accepted.increment();
    }

    @Override
    public void ended(JobRecord record) {
        var standing = record.standing();
        ended.computeIfAbsent(standing.cause(), _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(standing.state(), state -> ended(state, standing.cause()))
                .increment();
    }

    private Counter ended(JobState state, EndCause cause) {
        return Counter.builder("qmk.jobs.ended")
                .description("Jobs whose end is durable.")
                .tag("state", state.name())
                .tag("cause", cause.code())
                .register(registry);
    }

    @Override
    public void committed(int group, long nanos) {
        groups.record(group);
        forces.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(STEP_BUCKETS)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void sum(String name, String description, LongAdder sum) {
        FunctionCounter.builder(name, sum, LongAdder::sum)
                .description(description)
                .register(registry);
    }

    private void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
