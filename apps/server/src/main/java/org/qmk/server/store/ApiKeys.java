package org.qmk.server.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/// The API keys of tenants and operators. Any thread.
///
/// A key is 256 random bits. Of them the database has the SHA-256 alone: nobody can try 2^256 keys,
/// so a slow hash, which protects words that people choose, would only slow requests down.
///
/// All rows are in memory too: a request is checked without the database. So a key that is changed
/// in the database by other means than this class is known after a restart.
public final class ApiKeys {

    private static final String SIGN = "qmk_";

    private static final int ID_BYTES = 8;

    private static final int SECRET_BYTES = 32;

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private record Row(ApiKey key, byte[] digest) {}

    private final Database database;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Row> rows = new ConcurrentHashMap<>();

    ApiKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        for (Row row : database.read(ApiKeys::load)) rows.put(row.key().id(), row);
    }

    private static List<Row> load(Handle handle) {
        return handle.createQuery("SELECT id, digest, tenant, revoked, created FROM api_key")
                .map(
                        (result, _) -> {
                            String tenant = result.getString("tenant");
                            KeyHolder holder =
                                    tenant == null
                                            ? new KeyHolder.Admin()
                                            : new KeyHolder.OfTenant(tenant);
                            var key =
                                    new ApiKey(
                                            result.getString("id"),
                                            holder,
                                            result.getLong("revoked") != 0,
                                            Instant.ofEpochMilli(result.getLong("created")));
                            return new Row(key, result.getBytes("digest"));
                        })
                .list();
    }

    /// Makes the first admin key, or another one when all were revoked.
    ///
    /// @return its text, which nobody can ask for again; nothing if there is an admin key
    public synchronized Optional<String> bootstrap() {
        boolean any =
                rows.values().stream()
                        .map(Row::key)
                        .anyMatch(key -> key.holder() instanceof KeyHolder.Admin && !key.revoked());
        return any ? Optional.empty() : Optional.of(issue(new KeyHolder.Admin()));
    }

    /// Makes a key.
    ///
    /// @return its text, which nobody can ask for again
    /// @throws StoreFailed if it could not be kept
    public synchronized String issue(KeyHolder holder) {
        byte[] idBytes = new byte[ID_BYTES];
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(idBytes);
        random.nextBytes(secret);
        Instant created = Instant.ofEpochMilli(clock.millis());
        var key = new ApiKey(HexFormat.of().formatHex(idBytes), holder, false, created);
        var row = new Row(key, sha256(secret));
        Optional<String> tenant =
                switch (holder) {
                    case KeyHolder.Admin() -> Optional.empty();
                    case KeyHolder.OfTenant(var name) -> Optional.of(name);
                };
        database.durably(
                handle ->
                        handle.execute(
                                "INSERT INTO api_key (id, digest, tenant, revoked, created)"
                                        + " VALUES (?, ?, ?, 0, ?)",
                                key.id(),
                                row.digest(),
                                tenant.orElse(null),
                                created.toEpochMilli()));
        rows.put(key.id(), row);
        return SIGN + key.id() + "_" + ENCODER.encodeToString(secret);
    }

    /// Whose key the text is; nothing if it is none, or was revoked.
    public Optional<ApiKey> check(String text) {
        if (!text.startsWith(SIGN)) return Optional.empty();
        int end = text.indexOf('_', SIGN.length());
        if (end < 0) return Optional.empty();
        Row row = rows.get(text.substring(SIGN.length(), end));
        if (row == null || row.key().revoked()) return Optional.empty();
        byte[] secret;
        try {
            secret = Base64.getUrlDecoder().decode(text.substring(end + 1));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        // The comparison takes as long wherever the digests differ.
        boolean same = MessageDigest.isEqual(sha256(secret), row.digest());
        return same ? Optional.of(row.key()) : Optional.empty();
    }

    /// Ends a key, for ever.
    ///
    /// @return whether there is a key of that id
    /// @throws StoreFailed if that could not be kept: the key is still good
    public synchronized boolean revoke(String id) {
        Row row = rows.get(id);
        if (row == null) return false;
        database.durably(
                handle -> handle.execute("UPDATE api_key SET revoked = 1 WHERE id = ?", id));
        ApiKey key = row.key();
        rows.put(id, new Row(new ApiKey(id, key.holder(), true, key.created()), row.digest()));
        return true;
    }

    /// All keys, the oldest first.
    public List<ApiKey> list() {
        return rows.values().stream()
                .map(Row::key)
                .sorted(Comparator.comparing(ApiKey::created).thenComparing(ApiKey::id))
                .toList();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
