package org.qmk.server.calls;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.qmk.qvm.Capability;
import org.qmk.runtime.token.Allowance;

/// What a server knows of tenants beyond the kernel: keys, what sessions may have, rates.
public interface Accounts {

    /// @param capabilities what sessions of the tenant may have
    record Settings(EnumSet<Capability> capabilities, int requestsPerSecond) {
        public Settings {
            capabilities = EnumSet.copyOf(capabilities);
        }

        /// A copy.
        @Override
        public EnumSet<Capability> capabilities() {
            return EnumSet.copyOf(capabilities);
        }
    }

    /// A key as it is kept.
    ///
    /// @param tenant nothing for an administrator's
    record Key(String id, Optional<String> tenant, boolean revoked) {}

    /// A key that was just made, and its text, which is not kept.
    record NewKey(Key key, String text) {}

    Optional<Settings> settings(String tenant);

    void put(String tenant, Settings settings);

    /// @param tenant nothing for an administrator's key
    NewKey createKey(Optional<String> tenant);

    /// Whether there is such a key. A revoked one stays revoked.
    boolean revokeKey(String id);

    List<Key> keys(Optional<String> tenant);

    /// The key that a text proves to have; nothing if it is unknown, wrong or revoked.
    Optional<Key> authenticate(String text);

    /// Counts a use of each allowance, or of none where one of them is used up.
    boolean spend(List<Allowance> allowances);
}
