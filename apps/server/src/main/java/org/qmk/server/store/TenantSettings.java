package org.qmk.server.store;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.qmk.qvm.Capability;

/// The settings of tenants. Any thread; all rows are in memory too, as those of `ApiKeys`.
public final class TenantSettings {

    private final Database database;
    private final Map<String, TenantSetting> byName = new ConcurrentHashMap<>();

    TenantSettings(Database database) {
        this.database = database;
        for (TenantSetting setting : database.read(TenantSettings::load)) {
            byName.put(setting.name(), setting);
        }
    }

    private static List<TenantSetting> load(Handle handle) {
        return handle.createQuery("SELECT name, capabilities, requests_per_second FROM tenant")
                .map(
                        (result, _) ->
                                new TenantSetting(
                                        result.getString("name"),
                                        capabilities(result.getString("capabilities")),
                                        result.getInt("requests_per_second")))
                .list();
    }

    private static List<Capability> capabilities(String text) {
        return Stream.of(text.split(" "))
                .filter(word -> !word.isEmpty())
                .map(Capability::valueOf)
                .toList();
    }

    public Optional<TenantSetting> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// All settings, by name.
    public List<TenantSetting> list() {
        return byName.values().stream().sorted(Comparator.comparing(TenantSetting::name)).toList();
    }

    /// Sets, or changes.
    ///
    /// @throws StoreFailed if it could not be kept: the tenant is as before
    public synchronized void put(TenantSetting setting) {
        String capabilities =
                String.join(" ", setting.capabilities().stream().map(Capability::name).toList());
        database.durably(
                handle ->
                        handle.execute(
                                "INSERT INTO tenant (name, capabilities, requests_per_second)"
                                        + " VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                                        + " capabilities = excluded.capabilities,"
                                        + " requests_per_second = excluded.requests_per_second",
                                setting.name(),
                                capabilities,
                                setting.requestsPerSecond()));
        byName.put(setting.name(), setting);
    }
}
