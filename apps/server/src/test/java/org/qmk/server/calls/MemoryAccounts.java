package org.qmk.server.calls;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.qmk.runtime.token.Allowance;

/// Accounts that last as long as the test. The text of a key is its number after `qmk_`.
public final class MemoryAccounts implements Accounts {
    private final Map<String, Settings> settings = new ConcurrentHashMap<>();
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Map<String, Long> spent = new ConcurrentHashMap<>();

    @Override
    public Optional<Settings> settings(String tenant) {
        return Optional.ofNullable(settings.get(tenant));
    }

    @Override
    public void put(String tenant, Settings next) {
        settings.put(tenant, next);
    }

    @Override
    public NewKey createKey(Optional<String> tenant) {
        var key = new Key("key" + keys.size(), tenant, false);
        keys.put(key.id(), key);
        return new NewKey(key, "qmk_" + key.id());
    }

    @Override
    public boolean revokeKey(String id) {
        return keys.computeIfPresent(id, (_, key) -> new Key(id, key.tenant(), true)) != null;
    }

    @Override
    public List<Key> keys(Optional<String> tenant) {
        return keys.values().stream().filter(key -> key.tenant().equals(tenant)).toList();
    }

    @Override
    public Optional<Key> authenticate(String text) {
        return Optional.ofNullable(keys.get(text.replace("qmk_", "")))
                .filter(key -> !key.revoked());
    }

    @Override
    public synchronized boolean spend(List<Allowance> allowances) {
        for (Allowance each : allowances) {
            if (spent.getOrDefault(each.id().text(), 0L) >= each.uses()) return false;
        }
        for (Allowance each : allowances) spent.merge(each.id().text(), 1L, Long::sum);
        return true;
    }
}
