package org.qmk.server.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.qmk.qvm.Capability;

/// What the server, and not the kernel, knows of a tenant.
///
/// @param capabilities that its sessions may have, in the order of `Capability`
/// @param requestsPerSecond that it may make in the long run
public record TenantSetting(String name, List<Capability> capabilities, int requestsPerSecond) {

    public TenantSetting {
        Set<Capability> ordered = EnumSet.noneOf(Capability.class);
        ordered.addAll(capabilities);
        capabilities = List.copyOf(ordered);
        if (requestsPerSecond < 1) {
            throw new IllegalArgumentException(
                    "requests per second are " + requestsPerSecond + ", expected 1 or more");
        }
    }
}
