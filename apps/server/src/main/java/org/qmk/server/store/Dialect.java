package org.qmk.server.store;

import java.util.Map;

/// Where the two databases use different words for the same table.
enum Dialect {
    SQLITE(Map.of("long", "INTEGER", "bytes", "BLOB", "strict", " STRICT")),
    POSTGRESQL(Map.of("long", "BIGINT", "bytes", "BYTEA", "strict", ""));

    private final Map<String, String> words;

    Dialect(Map<String, String> words) {
        this.words = words;
    }

    Map<String, String> words() {
        return words;
    }
}
