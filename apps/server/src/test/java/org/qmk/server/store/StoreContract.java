package org.qmk.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.JobState;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;
import org.qmk.runtime.token.Allowance;
import org.qmk.runtime.token.Word128;
import org.qmk.server.engine.JobKey;
import org.qmk.server.engine.JobRecord;

/// What a store promises, whatever database it has.
abstract class StoreContract {

    static final String JOURNAL = "journal one";

    static final Duration LONG = Duration.ofSeconds(20);

    static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    static final InstantSource AT_NOON = InstantSource.fixed(NOON);

    /// A place that no other test has, the same each time it is asked in a test.
    abstract StoreSetting setting(Retention retention) throws IOException;

    /// A table of somebody else, in the same place.
    abstract void makeForeignTable() throws SQLException;

    static void execute(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) statement.execute(sql);
        }
    }

    Store open() throws IOException {
        return open(Retention.FOREVER, AT_NOON);
    }

    Store open(Retention retention, InstantSource clock) throws IOException {
        return Store.open(setting(retention), JOURNAL, clock);
    }

    static void archive(Store store, List<JobRecord> records) throws InterruptedException {
        for (JobRecord record : records) store.archive().accept(record);
        assertTrue(store.archive().flush(LONG), () -> "health: " + store.archive().health());
    }

    /// Bell jobs with these tickets, each of which ended in the epoch of its number.
    static List<JobRecord> bells(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(ticket -> JobSamples.bell(1, ticket, ticket))
                .toList();
    }

    private static List<Long> tickets(Store store, int tenant) {
        return store
                .archive()
                .list(new TenantId(tenant), Long.MAX_VALUE, 1_000, Optional.empty())
                .stream()
                .map(job -> job.record().key().ticket())
                .toList();
    }

    // Keys

    @Test
    void the_first_admin_key_is_told_once() throws IOException {
        String first;
        try (Store store = open()) {
            first = store.keys().bootstrap().orElseThrow();

            assertEquals(Optional.empty(), store.keys().bootstrap());
        }

        try (Store store = open()) {
            assertEquals(Optional.empty(), store.keys().bootstrap());
            ApiKey key = store.keys().check(first).orElseThrow();
            assertEquals(new KeyHolder.Admin(), key.holder());
            assertEquals(NOON, key.created());

            store.keys().revoke(key.id());
            String second = store.keys().bootstrap().orElseThrow();
            assertTrue(store.keys().check(second).isPresent());
        }
    }

    @Test
    void a_key_speaks_for_its_holder_and_no_other_text_does() throws IOException {
        try (Store store = open()) {
            String ours = store.keys().issue(new KeyHolder.OfTenant("ours"));
            String theirs = store.keys().issue(new KeyHolder.OfTenant("theirs"));

            KeyHolder holder = store.keys().check(ours).orElseThrow().holder();

            assertEquals(new KeyHolder.OfTenant("ours"), holder);
            int secret = "qmk_".length() + 17;
            List<String> wrong =
                    List.of(
                            "",
                            "qmk_",
                            "qmk__",
                            ours.substring(1),
                            ours.substring(0, secret),
                            ours.substring(0, ours.length() - 1),
                            ours + "A",
                            ours + "%",
                            ours.substring(0, secret) + theirs.substring(secret),
                            "qmk_0000000000000000_" + ours.substring(secret),
                            ours.toUpperCase(java.util.Locale.ROOT));
            for (String text : wrong) {
                assertEquals(Optional.empty(), store.keys().check(text), text);
            }
        }
    }

    @Test
    void a_revoked_key_stays_revoked() throws IOException {
        String text;
        try (Store store = open()) {
            text = store.keys().issue(new KeyHolder.OfTenant("a"));
            String id = store.keys().check(text).orElseThrow().id();

            assertTrue(store.keys().revoke(id));
            assertEquals(Optional.empty(), store.keys().check(text));
            assertEquals(false, store.keys().revoke("0000"));
        }

        try (Store store = open()) {
            assertEquals(Optional.empty(), store.keys().check(text));
            assertTrue(store.keys().list().getFirst().revoked());
        }
    }

    @Test
    void the_database_has_the_digest_of_a_key_and_not_its_secret() throws IOException {
        String text;
        try (Store store = open()) {
            text = store.keys().issue(new KeyHolder.OfTenant("a"));
        }
        byte[] secret = Base64.getUrlDecoder().decode(text.substring(text.length() - 43));

        try (Database database = Database.open(setting(Retention.FOREVER))) {
            Map<String, Object> row =
                    database.read(
                            handle -> handle.createQuery("SELECT * FROM api_key").mapToMap().one());

            assertEquals(32, secret.length);
            assertArrayEquals(ApiKeys.sha256(secret), (byte[]) row.get("digest"));
            assertEquals(text.split("_")[1], row.get("id"));
            assertEquals(
                    List.of("id", "digest", "tenant", "revoked", "created"),
                    List.copyOf(row.keySet()));
        }
    }

    // Tenants

    @Test
    void settings_of_tenants_outlive_a_restart() throws IOException {
        var first = new TenantSetting("a", List.of(Capability.MAGIC, Capability.ALLOC), 10);
        var other = new TenantSetting("b", List.of(), 1);
        var changed = new TenantSetting("a", List.of(Capability.ALLOC), 20);
        try (Store store = open()) {
            store.tenants().put(first);
            store.tenants().put(other);
            assertEquals(Optional.of(first), store.tenants().find("a"));
            store.tenants().put(changed);
        }

        try (Store store = open()) {
            assertEquals(List.of(changed, other), store.tenants().list());
            assertEquals(Optional.empty(), store.tenants().find("c"));
        }
    }

    // Uses of tokens

    @Test
    void a_quota_is_used_up_once_whoever_asks_at_the_same_time() throws Exception {
        var allowance = new Allowance(new Word128(1, 2), 25);
        try (Store store = open();
                var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Boolean>> uses = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                uses.add(() -> store.allowances().use(List.of(allowance)).isEmpty());
            }

            int granted = 0;
            for (var use : pool.invokeAll(uses)) if (use.get()) granted++;

            assertEquals(25, granted);
        }
        try (Store store = open()) {
            assertEquals(Optional.of(allowance), store.allowances().use(List.of(allowance)));
            var other = new Allowance(new Word128(1, 3), 1);
            assertEquals(Optional.empty(), store.allowances().use(List.of(other)));
        }
    }

    @Test
    void a_use_counts_for_all_allowances_of_a_token_or_for_none() throws IOException {
        var wide = new Allowance(new Word128(-1, 0), 3);
        var narrow = new Allowance(new Word128(7, 0), 1);
        try (Store store = open()) {
            assertEquals(Optional.empty(), store.allowances().use(List.of(wide, narrow)));
            assertEquals(Optional.of(narrow), store.allowances().use(List.of(wide, narrow)));
            assertEquals(Optional.of(narrow), store.allowances().use(List.of(narrow, wide)));

            assertEquals(Optional.empty(), store.allowances().use(List.of(wide)));
            assertEquals(Optional.empty(), store.allowances().use(List.of(wide)));
            assertEquals(Optional.of(wide), store.allowances().use(List.of(wide)));
            assertEquals(Optional.empty(), store.allowances().use(List.of()));
        }
    }

    // Jobs

    @Test
    void an_archived_job_is_found_as_it_was() throws Exception {
        var random = new SplittableRandom(4);
        List<JobRecord> records = new ArrayList<>();
        for (int i = 1; i <= 500; i++) records.add(JobSamples.any(random, 1 + i % 3, i));
        try (Store store = open()) {
            archive(store, records);
        }

        try (Store store = open()) {
            for (JobRecord record : records) {
                var expected = Optional.of(new ArchivedJob(record, NOON));
                assertEquals(expected, store.archive().find(record.key()));
                String retry = record.asked().idempotencyKey();
                var again = store.archive().find(record.key().tenant(), retry);
                assertEquals(
                        retry.isEmpty() ? Optional.empty() : Optional.of(retry),
                        again.map(job -> job.record().asked().idempotencyKey()));
            }
        }
    }

    @Test
    void results_may_be_longer_than_any_program_makes_them() throws Exception {
        var counts = new TreeMap<String, Long>();
        for (int i = 0; i < 20_000; i++) counts.put("0".repeat(60 + i % 7) + i, 1L);
        counts.put("1".repeat(100_000), 7L);
        JobRecord bell = JobSamples.bell(1, 1, 1, JobState.COMPLETED, "k".repeat(100_000));
        var results = new JobRecord.Results(List.of("c"), counts);
        var large = new JobRecord(bell.key(), bell.asked(), bell.standing(), results);
        try (Store store = open()) {
            archive(store, List.of(large));

            assertEquals(
                    results, store.archive().find(large.key()).orElseThrow().record().results());
            String retry = large.asked().idempotencyKey();
            assertTrue(store.archive().find(new TenantId(1), retry).isPresent());
            assertEquals(Optional.empty(), store.archive().find(new TenantId(1), retry + "k"));
        }
    }

    @Test
    void a_job_that_comes_again_changes_nothing() throws Exception {
        JobRecord first = JobSamples.bell(1, 1, 5, JobState.COMPLETED, "retry");
        JobRecord again = JobSamples.bell(1, 1, 5, JobState.FAILED, "retry");
        try (Store store = open()) {
            archive(store, List.of(first, first));
        }

        try (Store store = open(Retention.FOREVER, InstantSource.fixed(NOON.plusSeconds(60)))) {
            archive(store, List.of(again));

            assertEquals(
                    List.of(new ArchivedJob(first, NOON)),
                    store.archive().list(new TenantId(1), Long.MAX_VALUE, 9, Optional.empty()));
        }
    }

    @Test
    void a_list_is_of_one_tenant_from_the_youngest_on() throws Exception {
        List<JobRecord> records = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            JobState state = i % 5 == 0 ? JobState.FAILED : JobState.COMPLETED;
            records.add(JobSamples.bell(1, i, i, state, ""));
            records.add(JobSamples.bell(2, i, i));
        }
        try (Store store = open()) {
            archive(store, records);

            assertEquals(List.of(7L, 6L, 5L), listed(store, 8, 3, Optional.empty()));
            assertEquals(List.of(15L, 10L, 5L), listed(store, 20, 9, Optional.of(JobState.FAILED)));
            assertEquals(List.of(4L, 3L), listed(store, 6, 2, Optional.of(JobState.COMPLETED)));
            assertEquals(List.of(), listed(store, 99, 9, Optional.of(JobState.CANCELLED)));
            assertEquals(Optional.empty(), store.archive().find(new JobKey(new TenantId(3), 1)));
        }
    }

    private static List<Long> listed(
            Store store, long before, int limit, Optional<JobState> state) {
        return store.archive().list(new TenantId(1), before, limit, state).stream()
                .map(job -> job.record().key().ticket())
                .toList();
    }

    @Test
    void a_key_used_for_two_jobs_finds_the_later_one_of_that_tenant() throws Exception {
        try (Store store = open()) {
            archive(
                    store,
                    List.of(
                            JobSamples.bell(1, 1, 1, JobState.COMPLETED, "k"),
                            JobSamples.bell(1, 2, 1, JobState.COMPLETED, "k"),
                            JobSamples.bell(2, 3, 1, JobState.COMPLETED, "k")));

            var found = store.archive().find(new TenantId(1), "k").orElseThrow();

            assertEquals(2, found.record().key().ticket());
            assertEquals(Optional.empty(), store.archive().find(new TenantId(3), "k"));
        }
    }

    @Test
    void of_each_tenant_the_jobs_that_ended_last_are_kept_and_the_others_never_return()
            throws Exception {
        var retention = new Retention(Optional.empty(), OptionalInt.of(3));
        // The first one ended last.
        List<JobRecord> records = new ArrayList<>(List.of(JobSamples.bell(1, 1, 100)));
        for (int i = 2; i <= 10; i++) records.add(JobSamples.bell(1, i, i / 2));
        records.add(JobSamples.bell(2, 1, 1));
        try (Store store = open()) {
            archive(store, records);
        }

        for (int start = 0; start < 3; start++) {
            try (Store store = open(retention, AT_NOON)) {
                if (start == 1) archive(store, records);
                if (start == 2) archive(store, records.reversed());
                awaitTickets(store, 1, List.of(10L, 9L, 1L));
                assertEquals(List.of(1L), tickets(store, 2));
            }
        }
    }

    @Test
    void jobs_go_when_they_are_older_than_their_age_and_never_return() throws Exception {
        var retention = new Retention(Optional.of(Duration.ofDays(30)), OptionalInt.empty());
        List<JobRecord> old = new ArrayList<>();
        // More than one transaction deletes.
        for (int i = 1; i <= 4_500; i++) old.add(JobSamples.bell(1, i, i));
        List<JobRecord> young = List.of(JobSamples.bell(1, 5_000, 5_000));
        try (Store store = open(retention, AT_NOON)) {
            archive(store, old);
        }
        Instant later = NOON.plus(Duration.ofDays(20));
        try (Store store = open(retention, InstantSource.fixed(later))) {
            archive(store, young);
            assertEquals(1_000, tickets(store, 1).size());
        }

        var after = InstantSource.fixed(NOON.plus(Duration.ofDays(31)));
        for (int start = 0; start < 2; start++) {
            try (Store store = open(retention, after)) {
                if (start == 1) archive(store, old);
                awaitTickets(store, 1, List.of(5_000L));
            }
        }
    }

    /// What is deleted is deleted by a thread of its own.
    private static void awaitTickets(Store store, int tenant, List<Long> expected) {
        await(() -> tickets(store, tenant).equals(expected));
        assertEquals(expected, tickets(store, tenant));
    }

    /// Returns when it is so, or after a long time.
    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) Thread.yield();
    }

    @Test
    void closing_writes_what_waits() throws Exception {
        int count = 3_000;
        try (Store store = open()) {
            for (int i = 1; i <= count; i++) store.archive().accept(JobSamples.bell(1, i, i));
        }

        try (Store store = open()) {
            assertEquals(Optional.empty(), store.archive().health());
            long missing =
                    LongStream.rangeClosed(1, count)
                            .mapToObj(ticket -> new JobKey(new TenantId(1), ticket))
                            .filter(key -> store.archive().find(key).isEmpty())
                            .count();
            assertEquals(0, missing);
        }
    }

    // The database as a whole

    @Test
    void a_database_of_another_journal_is_refused() throws IOException {
        open().close();

        var refused =
                assertThrows(
                        IOException.class,
                        () -> Store.open(setting(Retention.FOREVER), "journal two", AT_NOON));

        assertTrue(refused.getMessage().contains("belongs to the journal journal one"));
        open().close();
    }

    @Test
    void an_empty_database_is_brought_to_this_version_once() throws IOException {
        for (int time = 0; time < 2; time++) {
            try (Database database = Database.open(setting(Retention.FOREVER))) {
                List<String> versions =
                        database.read(
                                handle ->
                                        handle.createQuery(
                                                        "SELECT version FROM flyway_schema_history"
                                                                + " WHERE version IS NOT NULL")
                                                .mapTo(String.class)
                                                .list());

                assertEquals(List.of("1", "2"), versions);
            }
        }
    }

    @Test
    void a_database_of_a_newer_version_is_refused() throws IOException {
        StoreSetting setting = setting(Retention.FOREVER);
        try (Database database = Database.open(setting)) {
            List<LoadableResource> newer = new ArrayList<>();
            for (String file : Migrations.FILES) newer.add(Migrations.Sql.of(file));
            newer.add(new Migrations.Sql("V99__more.sql", "CREATE TABLE more (a TEXT);"));
            Migrations.run(database.pool(), database.dialect(), newer);
        }

        var refused = assertThrows(IOException.class, () -> Database.open(setting));

        assertTrue(
                refused.getMessage().startsWith("the database is of version 99, and this server"),
                refused.getMessage());
    }

    @Test
    void a_database_with_other_tables_is_refused() throws Exception {
        makeForeignTable();

        var refused = assertThrows(IOException.class, this::open);

        assertTrue(refused.getMessage().contains("non-empty schema"), refused.getMessage());
    }
}
