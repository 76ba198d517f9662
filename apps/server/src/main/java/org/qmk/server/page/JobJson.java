package org.qmk.server.page;

import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.WaitCause;
import org.qmk.server.engine.Directory;
import org.qmk.server.engine.JobRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// What a viewer's browser is told of jobs.
final class JobJson {

    /// Results of a histogram that are told one by one: the most frequent.
    private static final int RESULTS_MAX = 64;

    private final Directory directory;

    JobJson(Directory directory) {
        this.directory = directory;
    }

    String list(List<JobRecord> records) {
        var text = new StringWriter();
        try (JsonGenerator json =
                PictureJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("jobs");
            for (JobRecord record : records) {
                json.writeStartObject();
                summary(record, json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    /// @param epoch the last one that the timeline covers
    String detail(JobRecord record, JobTimeline timeline, long epoch) {
        var text = new StringWriter();
        try (JsonGenerator json =
                PictureJson.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            summary(record, json);
            json.writeStringProperty("digest", record.asked().digest());
            // As text: browsers round numbers beyond 2^53.
            json.writeStringProperty("seed", Long.toString(record.asked().seed()));
            json.writeNumberProperty("now", epoch);
            json.writeStringProperty("detail", record.standing().detail());
            json.writeArrayPropertyStart("warnings");
            for (String warning : record.asked().warnings()) json.writeString(warning);
            json.writeEndArray();
            json.writeArrayPropertyStart("waited");
            for (Map.Entry<WaitCause, Long> wait : record.standing().waited().entrySet()) {
                json.writeStartObject();
                json.writeStringProperty("cause", wait.getKey().name());
                json.writeStringProperty("sentence", wait.getKey().sentence());
                json.writeNumberProperty("epochs", wait.getValue());
                json.writeEndObject();
            }
            json.writeEndArray();
            results(record.results(), json);
            timeline(timeline, json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private void summary(JobRecord record, JsonGenerator json) {
        var key = record.key();
        var asked = record.asked();
        var standing = record.standing();
        String owner = directory.find(key.tenant()).map(Directory.Entry::name).orElse("");
        json.writeStringProperty("id", key.tenant().number() + "." + key.ticket());
        json.writeNumberProperty("tenant", key.tenant().number());
        json.writeStringProperty("owner", owner);
        json.writeNumberProperty("ticket", key.ticket());
        json.writeStringProperty("name", asked.name());
        json.writeStringProperty("state", standing.state().name());
        json.writeNumberProperty("shots", asked.shots());
        json.writeNumberProperty("shotsDone", standing.shotsDone());
        json.writeNumberProperty("blocks", standing.blocks());
        json.writeNumberProperty("accepted", asked.epoch());
        json.writeNumberProperty("ended", standing.endedEpoch());
        json.writeNumberProperty("epochs", standing.epochs());
        json.writeStringProperty("code", record.ended() ? standing.cause().code() : "");
        json.writeStringProperty("why", why(record));
    }

    /// Why it ended, or does not go on.
    private static String why(JobRecord record) {
        var standing = record.standing();
        if (record.ended()) return standing.cause().sentence();
        // The cause is of the epoch in which its wave ended.
        boolean between =
                standing.state() == JobState.QUEUED && standing.waitCause() == WaitCause.NOTHING;
        return (between ? WaitCause.QUEUE : standing.waitCause()).sentence();
    }

    private static void results(JobRecord.Results results, JsonGenerator json) {
        json.writeArrayPropertyStart("bits");
        for (String bit : results.bits()) json.writeString(bit);
        json.writeEndArray();
        List<Map.Entry<String, Long>> most =
                results.counts().entrySet().stream()
                        .sorted(
                                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .limit(RESULTS_MAX)
                        .sorted(Map.Entry.comparingByKey())
                        .toList();
        long told = 0;
        json.writeArrayPropertyStart("counts");
        for (Map.Entry<String, Long> count : most) {
            json.writeStartArray();
            json.writeString(count.getKey());
            json.writeNumber(count.getValue());
            json.writeEndArray();
            told += count.getValue();
        }
        json.writeEndArray();
        long all = 0;
        for (long count : results.counts().values()) all += count;
        json.writeNumberProperty("otherResults", results.counts().size() - most.size());
        json.writeNumberProperty("otherShots", all - told);
    }

    private static void timeline(JobTimeline timeline, JsonGenerator json) {
        json.writeArrayPropertyStart("spans");
        for (JobTimeline.Span span : timeline.spans()) {
            json.writeStartArray();
            json.writeString(span.doing().name());
            json.writeNumber(span.from());
            json.writeNumber(span.to());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("waves");
        for (JobTimeline.Wave wave : timeline.waves()) {
            json.writeStartObject();
            json.writeNumberProperty("from", wave.from());
            json.writeNumberProperty("to", wave.to());
            json.writeNumberProperty("firstShot", wave.firstShot());
            json.writeNumberProperty("shots", wave.shots());
            json.writeNumberProperty("blocks", wave.blocks());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("marks");
        for (JobTimeline.Mark mark : timeline.marks()) {
            json.writeStartArray();
            json.writeNumber(mark.epoch());
            json.writeString(mark.what());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeNumberProperty("dropped", timeline.dropped());
    }
}
