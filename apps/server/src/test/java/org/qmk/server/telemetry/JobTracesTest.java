package org.qmk.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.server.engine.EpochView;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;
import org.qmk.server.engine.SubmitTimes;

class JobTracesTest {

    /// Keeps what it is given.
    private static final class Kept implements SpanExporter {
        final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            spans.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private static JobRecord job() {
        var waited = new TreeMap<>(Map.of(WaitCause.QUEUE, 2L, WaitCause.MAGIC, 1L));
        var stretches =
                List.of(
                        new JobRecord.Stretch(1, 2, 0, WaitCause.QUEUE),
                        new JobRecord.Stretch(3, 3, 1, WaitCause.NOTHING),
                        new JobRecord.Stretch(4, 4, 1, WaitCause.MAGIC),
                        new JobRecord.Stretch(5, 5, 2, WaitCause.NOTHING));
        return new JobRecord(
                new JobKey(new TenantId(3), 7),
                new JobRecord.Asked("bell", "", 100, 1, "", List.of(), 1),
                new JobRecord.Standing(
                        JobState.COMPLETED,
                        EndCause.ALL_SHOTS_DONE,
                        "",
                        100,
                        5,
                        5,
                        3,
                        0,
                        WaitCause.NOTHING,
                        waited,
                        stretches),
                new JobRecord.Results(List.of(), new TreeMap<>()));
    }

    private static void run(JobTraces traces) {
        traces.accepted(job(), SubmitTimes.now());
        for (long epoch = 1; epoch <= 5; epoch++) {
            traces.closed(new EpochView(epoch, "", List.of(), 0, 0, 0), Map.of(), 1_000);
        }
        traces.ended(job());
        traces.ended(job());
    }

    @Test
    void a_job_is_one_trace_from_submission_to_end() {
        var kept = new Kept();
        try (var traces = new JobTraces(SimpleSpanProcessor.create(kept), "here", _ -> "alice")) {
            run(traces);
        }

        List<String> names = new ArrayList<>(kept.spans.stream().map(SpanData::getName).toList());
        names.sort(null);
        assertEquals(
                List.of(
                        "durable",
                        "end",
                        "job",
                        "load",
                        "queue",
                        "queued",
                        "submit",
                        "wait MAGIC",
                        "wait QUEUE",
                        "wave 1",
                        "wave 2"),
                names);
        SpanData job = span(kept, "job");
        assertEquals("alice", job.getAttributes().get(AttributeKey.stringKey("qmk.tenant")));
        assertEquals(7, job.getAttributes().get(AttributeKey.longKey("qmk.ticket")));
        assertEquals(2, job.getAttributes().get(AttributeKey.longKey("qmk.waited.QUEUE")));
        for (SpanData span : kept.spans) {
            assertEquals(job.getTraceId(), span.getTraceId(), span.getName());
            assertTrue(span.getEndEpochNanos() >= span.getStartEpochNanos(), span.getName());
            assertTrue(span.getStartEpochNanos() >= job.getStartEpochNanos(), span.getName());
            assertTrue(span.getEndEpochNanos() <= job.getEndEpochNanos(), span.getName());
        }
        assertEquals(span(kept, "wave 1").getSpanId(), span(kept, "wait MAGIC").getParentSpanId());
        assertEquals(span(kept, "submit").getSpanId(), span(kept, "load").getParentSpanId());
    }

    private static SpanData span(Kept kept, String name) {
        return kept.spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_collector_gets_the_spans_over_http() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer collector = HttpServer.create(here, 0);
        collector.createContext(
                "/v1/traces",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
                        body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
                    }
                    received.add(new String(body, StandardCharsets.ISO_8859_1));
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        collector.start();
        try {
            String url = "http://127.0.0.1:" + collector.getAddress().getPort();
            try (var traces = JobTraces.to(url, "here", _ -> "alice")) {
                run(traces);
            }
        } finally {
            collector.stop(0);
        }

        String all = String.join("", received);
        for (String word : List.of("wave 2", "wait MAGIC", "alice", "service.name", "submit")) {
            assertTrue(all.contains(word), word);
        }
    }
}
