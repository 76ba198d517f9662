package org.qmk.server.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.server.engine.EngineProbe;
import org.qmk.server.engine.EpochView;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.SubmitTimes;

/// A trace of each job, made when its end is durable: how it was submitted, how long it was queued,
/// its waves and what they waited for, its end.
///
/// A job that was accepted before the server was started has no trace: nobody knows when it was.
public final class JobTraces implements EngineProbe, AutoCloseable {

    /// Jobs in flight that have a trace; others beyond them have none.
    private static final int JOBS_MAX = 100_000;

    private record Accepted(SubmitTimes times, long durable) {}

    private final Map<JobKey, Accepted> inFlight = new ConcurrentHashMap<>();
    private final EpochClock epochs = new EpochClock();
    private final Function<TenantId, String> names;
    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /// What `System.nanoTime` lacks to nanoseconds since 1970.
    private final long offset =
            TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();

    /// Sends traces to a collector.
    ///
    /// @param url of the collector: OTLP over HTTP, without `/v1/traces`
    /// @param names of tenants
    public static JobTraces to(String url, String service, Function<TenantId, String> names) {
        String end = url.endsWith("/") ? "v1/traces" : "/v1/traces";
        var exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(url + end)
                        .setTimeout(Duration.ofSeconds(5))
                        .build();
        return new JobTraces(BatchSpanProcessor.builder(exporter).build(), service, names);
    }

    JobTraces(SpanProcessor processor, String service, Function<TenantId, String> names) {
        this.names = names;
        Resource resource =
                Resource.create(
                        Attributes.builder()
                                .put("service.name", "qmk")
                                .put("service.instance.id", service)
                                .build());
        provider =
                SdkTracerProvider.builder()
                        .setResource(resource)
                        .addSpanProcessor(processor)
                        .build();
        tracer = provider.get("org.qmk.server");
    }

    @Override
    public void closed(EpochView view, Map<WaitCause, Integer> waits, long nanos) {
        long now = System.nanoTime();
        epochs.closed(view.number(), now - nanos, now);
    }

    @Override
    public void accepted(JobRecord record, SubmitTimes times) {
        if (inFlight.size() >= JOBS_MAX) return;
        inFlight.put(record.key(), new Accepted(times, System.nanoTime()));
    }

    @Override
    public void ended(JobRecord record) {
        Accepted accepted = inFlight.remove(record.key());
        if (accepted == null) return;
        long now = System.nanoTime();
        SubmitTimes times = accepted.times();
        var standing = record.standing();
        Span job = begin("job", Context.root(), times.begun());
        job.setAttribute("qmk.ticket", record.key().ticket());
        job.setAttribute("qmk.tenant", names.apply(record.key().tenant()));
        job.setAttribute("qmk.shots", record.asked().shots());
        job.setAttribute("qmk.state", standing.state().name());
        job.setAttribute("qmk.cause", standing.cause().code());
        job.setAttribute("qmk.epochs", standing.epochs());
        standing.waited()
                .forEach((cause, waited) -> job.setAttribute("qmk.waited." + cause.name(), waited));
        if (standing.state() == JobState.FAILED) {
            job.setStatus(StatusCode.ERROR, standing.cause().sentence());
        }
        Context inJob = Context.root().with(job);
        Span submit = begin("submit", inJob, times.begun());
        Context inSubmit = inJob.with(submit);
        between("load", inSubmit, times.begun(), times.loaded());
        between("queue", inSubmit, times.loaded(), times.taken());
        between("durable", inSubmit, times.taken(), accepted.durable());
        end(submit, accepted.durable());
        waves(standing.stretches(), inJob, times.taken(), now);
        between("end", inJob, epochs.end(standing.endedEpoch(), now), now);
        end(job, now);
    }

    /// A span for each wave and for each time without one; within them, one for each time of
    /// waiting.
    private void waves(List<JobRecord.Stretch> stretches, Context inJob, long taken, long now) {
        int next = 0;
        while (next < stretches.size()) {
            int first = next;
            long wave = stretches.get(first).wave();
            while (next < stretches.size() && stretches.get(next).wave() == wave) next++;
            long begin = begin(stretches.get(first), taken);
            Span span = begin(wave == 0 ? "queued" : "wave " + wave, inJob, begin);
            span.setAttribute("qmk.epoch.from", stretches.get(first).from());
            span.setAttribute("qmk.epoch.to", stretches.get(next - 1).to());
            for (JobRecord.Stretch part : stretches.subList(first, next)) {
                if (part.cause() == WaitCause.NOTHING) continue;
                String name = "wait " + part.cause().name();
                between(name, inJob.with(span), begin(part, taken), epochs.end(part.to(), now));
            }
            end(span, epochs.end(stretches.get(next - 1).to(), now));
        }
    }

    /// The kernel may have taken the job within the epoch's time.
    private long begin(JobRecord.Stretch stretch, long taken) {
        long begin = epochs.begin(stretch.from(), taken);
        return begin - taken < 0 ? taken : begin;
    }

    private void between(String name, Context parent, long begin, long end) {
        end(begin(name, parent, begin), end - begin < 0 ? begin : end);
    }

    private Span begin(String name, Context parent, long nanos) {
        return tracer.spanBuilder(name)
                .setParent(parent)
                .setStartTimestamp(nanos + offset, TimeUnit.NANOSECONDS)
                .startSpan();
    }

    private void end(Span span, long nanos) {
        span.end(nanos + offset, TimeUnit.NANOSECONDS);
    }

    /// Sends what is left, for some seconds at most.
    @Override
    public void close() {
        provider.shutdown().join(5, TimeUnit.SECONDS);
    }
}
