package org.qmk.server.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.qmk.server.engine.JobRecord;

/// Deletes the jobs that are not kept any longer, and sees to it that they do not come back when
/// the journal is read again. One thread.
///
/// Of each tenant the jobs that ended first are deleted, so one mark, the last deleted job in the
/// order of their ends, tells what is gone.
final class Horizons {

    /// Jobs of a tenant that one transaction deletes.
    private static final int CHUNK = 2_000;

    /// A place in the order in which a tenant's jobs ended. Tickets begin at 1.
    private record Mark(long endedEpoch, long ticket) implements Comparable<Mark> {
        static final Mark START = new Mark(0, 0);

        private static final Comparator<Mark> ORDER =
                Comparator.comparingLong(Mark::endedEpoch).thenComparingLong(Mark::ticket);

        static Mark of(JobRecord record) {
            return new Mark(record.standing().endedEpoch(), record.key().ticket());
        }

        @Override
        public int compareTo(Mark other) {
            return ORDER.compare(this, other);
        }
    }

    private record Aged(Mark mark, long endedAt) {}

    private final Retention retention;
    private final Map<Integer, Mark> marks = new TreeMap<>();

    Horizons(Handle handle, Retention retention) {
        this.retention = retention;
        handle.createQuery("SELECT tenant, ended_epoch, ticket FROM horizon")
                .map(
                        (row, _) ->
                                marks.put(
                                        row.getInt("tenant"),
                                        new Mark(
                                                row.getLong("ended_epoch"), row.getLong("ticket"))))
                .list();
    }

    /// Those of the jobs that were not deleted before.
    List<JobRecord> kept(List<JobRecord> records) {
        List<JobRecord> kept = new ArrayList<>(records.size());
        for (JobRecord record : records) {
            Mark mark = marks.getOrDefault(record.key().tenant().number(), Mark.START);
            if (Mark.of(record).compareTo(mark) > 0) kept.add(record);
        }
        return kept;
    }

    /// Deletes some of what is not kept.
    ///
    /// @return whether there may be more
    boolean prune(Database database, Instant now) {
        if (retention.forever()) return false;
        List<Integer> tenants = database.read(Horizons::tenants);
        boolean more = false;
        for (int tenant : tenants) more |= prune(database, tenant, now);
        return more;
    }

    /// Steps through an index from tenant to tenant: DISTINCT would read all of it.
    private static List<Integer> tenants(Handle handle) {
        return handle.createQuery(
                        "WITH RECURSIVE step (tenant) AS (SELECT MIN(tenant) FROM job UNION ALL"
                                + " SELECT (SELECT MIN(tenant) FROM job WHERE tenant > step.tenant)"
                                + " FROM step WHERE step.tenant IS NOT NULL)"
                                + " SELECT tenant FROM step WHERE tenant IS NOT NULL")
                .mapTo(Integer.class)
                .list();
    }

    private boolean prune(Database database, int tenant, Instant now) {
        List<Aged> oldest = database.read(handle -> oldest(handle, tenant));
        Optional<Mark> surplus = database.read(handle -> surplus(handle, tenant));
        long limit = retention.age().map(age -> now.minus(age).toEpochMilli()).orElse(0L);
        int gone = 0;
        while (gone < oldest.size()) {
            Aged job = oldest.get(gone);
            boolean tooMany = surplus.isPresent() && job.mark().compareTo(surplus.get()) <= 0;
            if (!tooMany && job.endedAt() >= limit) break;
            gone++;
        }
        if (gone == 0) return false;
        Mark last = oldest.get(gone - 1).mark();
        database.inOrder(handle -> delete(handle, tenant, last));
        marks.put(tenant, last);
        return gone == CHUNK;
    }

    private static List<Aged> oldest(Handle handle, int tenant) {
        return handle.select(
                        "SELECT ended_epoch, ticket, ended_at FROM job WHERE tenant = ?"
                                + " ORDER BY ended_epoch, ticket LIMIT ?",
                        tenant,
                        CHUNK)
                .map(
                        (row, _) ->
                                new Aged(
                                        new Mark(row.getLong("ended_epoch"), row.getLong("ticket")),
                                        row.getLong("ended_at")))
                .list();
    }

    /// The last of the jobs that are too many.
    private Optional<Mark> surplus(Handle handle, int tenant) {
        if (retention.perTenant().isEmpty()) return Optional.empty();
        return handle.select(
                        "SELECT ended_epoch, ticket FROM job WHERE tenant = ?"
                                + " ORDER BY ended_epoch DESC, ticket DESC LIMIT 1 OFFSET ?",
                        tenant,
                        retention.perTenant().getAsInt())
                .map((row, _) -> new Mark(row.getLong("ended_epoch"), row.getLong("ticket")))
                .findOne();
    }

    private static int delete(Handle handle, int tenant, Mark last) {
        handle.execute(
                "INSERT INTO horizon (tenant, ended_epoch, ticket) VALUES (?, ?, ?)"
                        + " ON CONFLICT (tenant) DO UPDATE SET"
                        + " ended_epoch = excluded.ended_epoch, ticket = excluded.ticket",
                tenant,
                last.endedEpoch(),
                last.ticket());
        return handle.execute(
                "DELETE FROM job WHERE tenant = ? AND (ended_epoch, ticket) <= (?, ?)",
                tenant,
                last.endedEpoch(),
                last.ticket());
    }
}
