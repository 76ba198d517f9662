package org.qmk.server.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.kernel.call.WaitCause;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;

/// Jobs as rows of a table.
final class JobRows {

    private static final String COLUMNS =
            "tenant, ticket, name, digest, shots, seed, idempotency_key, retry, warnings, epoch,"
                    + " state, cause, detail, shots_done, ended_epoch, epochs, wait_cause, waited,"
                    + " bits, counts, ended_at, stretches";

    /// A job that is there already is left as it is: it was told first, and knows more.
    private static final String INSERT =
            "INSERT INTO job (%s) VALUES (%s?) ON CONFLICT DO NOTHING"
                    .formatted(COLUMNS, "?, ".repeat(21));

    private static final String SELECT = "SELECT %s FROM job WHERE ".formatted(COLUMNS);

    private static final String NO_KEY = JsonColumn.of("");

    private JobRows() {}

    static void insert(Handle handle, List<JobRecord> records, Instant now) {
        try (PreparedBatch batch = handle.prepareBatch(INSERT)) {
            for (JobRecord record : records) {
                var asked = record.asked();
                var standing = record.standing();
                var results = record.results();
                String idempotencyKey = JsonColumn.of(asked.idempotencyKey());
                batch.add(
                        record.key().tenant().number(),
                        record.key().ticket(),
                        JsonColumn.of(asked.name()),
                        asked.digest(),
                        asked.shots(),
                        asked.seed(),
                        idempotencyKey,
                        retry(idempotencyKey),
                        JsonColumn.of(asked.warnings()),
                        asked.epoch(),
                        standing.state().name(),
                        standing.cause().name(),
                        JsonColumn.of(standing.detail()),
                        standing.shotsDone(),
                        standing.endedEpoch(),
                        standing.epochs(),
                        standing.waitCause().name(),
                        JsonColumn.of(standing.waited()),
                        JsonColumn.of(results.bits()),
                        JsonColumn.of(results.counts()),
                        now.toEpochMilli(),
                        JsonColumn.of(standing.stretches()));
            }
            batch.execute();
        }
    }

    /// What the index has of an idempotency key: one small size, however long the key is.
    private static Long retry(String json) {
        if (json.equals(NO_KEY)) return null;
        byte[] digest = ApiKeys.sha256(json.getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.wrap(digest).getLong();
    }

    static Optional<ArchivedJob> find(Handle handle, JobKey key) {
        return handle.select(
                        SELECT + "tenant = ? AND ticket = ?", key.tenant().number(), key.ticket())
                .map((row, _) -> read(row))
                .findOne();
    }

    static Optional<ArchivedJob> find(Handle handle, TenantId tenant, String idempotencyKey) {
        String json = JsonColumn.of(idempotencyKey);
        return handle.select(
                        SELECT
                                + "tenant = ? AND retry = ? AND idempotency_key = ?"
                                + " ORDER BY ticket DESC LIMIT 1",
                        tenant.number(),
                        retry(json),
                        json)
                .map((row, _) -> read(row))
                .findOne();
    }

    static List<ArchivedJob> list(
            Handle handle, TenantId tenant, long before, int limit, Optional<JobState> state) {
        String filter = state.map(JobRows::filter).orElse("");
        return handle.select(
                        SELECT + filter + "tenant = ? AND ticket < ? ORDER BY ticket DESC LIMIT ?",
                        tenant.number(),
                        before,
                        limit)
                .map((row, _) -> read(row))
                .list();
    }

    /// Most jobs complete, so the others have an index of their own, which wants its own words.
    private static String filter(JobState state) {
        String filter = "state = '%s' AND ".formatted(state.name());
        return state == JobState.COMPLETED ? filter : filter + "state <> 'COMPLETED' AND ";
    }

    private static ArchivedJob read(ResultSet row) throws SQLException {
        var asked =
                new JobRecord.Asked(
                        JsonColumn.text(row.getString("name")),
                        row.getString("digest"),
                        row.getLong("shots"),
                        row.getLong("seed"),
                        JsonColumn.text(row.getString("idempotency_key")),
                        JsonColumn.texts(row.getString("warnings")),
                        row.getLong("epoch"));
        SortedMap<WaitCause, Long> waited = new TreeMap<>();
        JsonColumn.counts(row.getString("waited"))
                .forEach((cause, epochs) -> waited.put(WaitCause.valueOf(cause), epochs));
        // It stands as in the epoch of its end, and holds no blocks.
        long ended = row.getLong("ended_epoch");
        var standing =
                new JobRecord.Standing(
                        JobState.valueOf(row.getString("state")),
                        EndCause.valueOf(row.getString("cause")),
                        JsonColumn.text(row.getString("detail")),
                        row.getLong("shots_done"),
                        ended,
                        ended,
                        row.getLong("epochs"),
                        0,
                        WaitCause.valueOf(row.getString("wait_cause")),
                        waited,
                        JsonColumn.stretches(row.getString("stretches")));
        var results =
                new JobRecord.Results(
                        JsonColumn.texts(row.getString("bits")),
                        JsonColumn.counts(row.getString("counts")));
        var key = new JobKey(new TenantId(row.getInt("tenant")), row.getLong("ticket"));
        return new ArchivedJob(
                new JobRecord(key, asked, standing, results),
                Instant.ofEpochMilli(row.getLong("ended_at")));
    }
}
