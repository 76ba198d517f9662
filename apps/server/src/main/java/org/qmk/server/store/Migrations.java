package org.qmk.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/// Brings a database to the tables of this version.
///
/// Flyway looks for files in folders and in the class path, and finds nothing in a named module: it
/// is handed the files, which are resources beside this class.
final class Migrations {

    static final List<String> FILES = List.of("V1__store.sql", "V2__stretches.sql");

    private Migrations() {}

    /// @throws IOException if the database is of a newer version, or not ours
    static void run(DataSource database, Dialect dialect) throws IOException {
        run(database, dialect, FILES.stream().<LoadableResource>map(Sql::of).toList());
    }

    static void run(DataSource database, Dialect dialect, List<LoadableResource> files)
            throws IOException {
        try {
            Flyway flyway =
                    Flyway.configure(Migrations.class.getClassLoader())
                            .dataSource(database)
                            .loggers("slf4j")
                            .locations(new String[0])
                            .resourceProvider(new Provided(files))
                            .javaMigrationClassProvider(List::of)
                            .placeholders(dialect.words())
                            .validateMigrationNaming(true)
                            .load();
            expectNotNewer(flyway);
            flyway.migrate();
        } catch (FlywayException refused) {
            throw new IOException(
                    "the database cannot be brought to this version: " + refused.getMessage(),
                    refused);
        }
    }

    /// Flyway alone would log a warning and go on.
    private static void expectNotNewer(Flyway flyway) throws IOException {
        Optional<MigrationInfo> newer =
                Stream.of(flyway.info().applied())
                        .filter(migration -> migration.getState().isApplied())
                        .filter(migration -> !migration.getState().isResolved())
                        .reduce((_, last) -> last);
        if (newer.isEmpty()) return;
        throw new IOException(
                ("the database is of version %s, and this server knows up to %d; run the server"
                                + " that wrote it or a newer one, or restore a backup")
                        .formatted(newer.get().getVersion(), FILES.size()));
    }

    private record Provided(List<LoadableResource> files) implements ResourceProvider {

        @Override
        public LoadableResource getResource(String name) {
            for (LoadableResource file : files) if (file.getFilename().equals(name)) return file;
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return files.stream()
                    .filter(file -> file.getFilename().startsWith(prefix))
                    .filter(file -> Stream.of(suffixes).anyMatch(file.getFilename()::endsWith))
                    .toList();
        }
    }

    /// A file of statements.
    static final class Sql extends LoadableResource {
        private final String name;
        private final String text;

        Sql(String name, String text) {
            this.name = name;
            this.text = text;
        }

        static Sql of(String name) {
            try (InputStream in = Migrations.class.getResourceAsStream(name)) {
                if (in == null) throw new IllegalStateException("there is no resource " + name);
                return new Sql(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        @Override
        public Reader read() {
            return new StringReader(text);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
