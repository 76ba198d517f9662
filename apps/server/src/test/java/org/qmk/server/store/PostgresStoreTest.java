package org.qmk.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.qmk.server.engine.JobRecord;

/// The contract on a PostgreSQL server that this test starts.
class PostgresStoreTest extends StoreContract {

    private static Optional<PostgresServer> server = Optional.empty();

    private static int schemas;

    private String schema;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
        Assumptions.assumeTrue(server.isPresent(), "there is no PostgreSQL");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server.isPresent()) server.get().close();
    }

    @BeforeEach
    void begin() {
        schema = "test" + schemas++;
    }

    @Override
    StoreSetting setting(Retention retention) {
        return new StoreSetting(
                Path.of("."), Optional.of(server.orElseThrow().url(schema)), retention);
    }

    @Override
    void makeForeignTable() throws SQLException {
        execute(
                server.orElseThrow().url(schema),
                "CREATE SCHEMA " + schema,
                "CREATE TABLE notes (a TEXT)");
    }

    @Test
    void nothing_is_lost_when_the_server_is_away_for_a_while() throws Exception {
        try (Store store = open()) {
            String before = store.keys().issue(new KeyHolder.OfTenant("a"));
            archive(store, bells(1, 100));

            server.orElseThrow().down();
            try {
                for (JobRecord bell : bells(101, 2_000)) store.archive().accept(bell);
                await(() -> store.archive().health().isPresent());

                String health = store.archive().health().orElse("well");
                assertTrue(health.startsWith("1900 ended jobs wait for the archive"), health);
                assertThrows(StoreFailed.class, () -> store.keys().issue(new KeyHolder.Admin()));
                assertTrue(store.keys().check(before).isPresent());
            } finally {
                server.orElseThrow().up();
            }

            assertTrue(store.archive().flush(LONG));
            await(() -> store.archive().health().isEmpty());
            assertEquals(Optional.empty(), store.archive().health());
            for (JobRecord bell : bells(1, 2_000)) {
                assertTrue(store.archive().find(bell.key()).isPresent(), bell.key().toString());
            }
            assertEquals(1, store.keys().list().size());
            assertTrue(store.keys().bootstrap().isPresent());
        }
    }

    @Test
    void a_server_that_is_not_there_is_named() {
        var setting =
                new StoreSetting(
                        Path.of("."),
                        Optional.of("jdbc:postgresql://127.0.0.1:1/none?user=a&password=secret"),
                        Retention.FOREVER);

        var refused = assertThrows(IOException.class, () -> Store.open(setting, JOURNAL, AT_NOON));

        String message = refused.getMessage();
        assertTrue(message.startsWith("the PostgreSQL server cannot be opened: "), message);
        assertFalse(message.contains("secret"), message);
    }
}
