package org.qmk.server;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Capability;
import org.qmk.runtime.token.Allowance;
import org.qmk.server.calls.Accounts;
import org.qmk.server.store.ApiKey;
import org.qmk.server.store.KeyHolder;
import org.qmk.server.store.Store;
import org.qmk.server.store.TenantSetting;

/// The accounts as calls ask for them, from the store.
final class StoredAccounts implements Accounts {

    private final Store store;

    StoredAccounts(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Settings> settings(String tenant) {
        return store.tenants().find(tenant).map(StoredAccounts::settings);
    }

    private static Settings settings(TenantSetting found) {
        EnumSet<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(found.capabilities());
        return new Settings(capabilities, found.requestsPerSecond());
    }

    @Override
    public void put(String tenant, Settings settings) {
        List<Capability> capabilities = List.copyOf(settings.capabilities());
        int rate = settings.requestsPerSecond();
        store.tenants().put(new TenantSetting(tenant, capabilities, rate));
    }

    @Override
    public NewKey createKey(Optional<String> tenant) {
        KeyHolder holder =
                tenant.isPresent() ? new KeyHolder.OfTenant(tenant.get()) : new KeyHolder.Admin();
        String text = store.keys().issue(holder);
        return new NewKey(authenticate(text).orElseThrow(), text);
    }

    @Override
    public boolean revokeKey(String id) {
        return store.keys().revoke(id);
    }

    @Override
    public List<Key> keys(Optional<String> tenant) {
        return store.keys().list().stream()
                .map(StoredAccounts::key)
                .filter(key -> key.tenant().equals(tenant))
                .toList();
    }

    @Override
    public Optional<Key> authenticate(String text) {
        return store.keys().check(text).map(StoredAccounts::key);
    }

    private static Key key(ApiKey key) {
        Optional<String> tenant =
                switch (key.holder()) {
                    case KeyHolder.Admin() -> Optional.empty();
                    case KeyHolder.OfTenant(var name) -> Optional.of(name);
                };
        return new Key(key.id(), tenant, key.revoked());
    }

    @Override
    public boolean spend(List<Allowance> allowances) {
        return store.allowances().use(allowances).isEmpty();
    }
}
