package org.qmk.server.store;

import java.nio.file.Path;
import java.util.Optional;

/// Where a store is, and how long it keeps jobs.
///
/// @param folder holds the database file, unless there is a server
/// @param url of a PostgreSQL server, as JDBC writes it; with user and password if it needs them
public record StoreSetting(Path folder, Optional<String> url, Retention retention) {}
