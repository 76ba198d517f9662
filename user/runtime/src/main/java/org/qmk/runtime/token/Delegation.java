package org.qmk.runtime.token;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.qmk.kernel.call.CapabilityHandle;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// What a session hands on: some of the rights of one of its capabilities.
///
/// @param tenant the tenant of the session that delegates
/// @param session the session that delegates, which holds the handle
/// @param handle the capability from which the kernel is to derive
/// @param rights at least one
public record Delegation(
        TenantId tenant, SessionId session, CapabilityHandle handle, Set<Capability> rights) {
    public Delegation {
        if (tenant.number() == 0 || session.number() == 0 || rights.isEmpty()) {
            throw new IllegalArgumentException(
                    "delegation is by %s, %s, of %s; expected a tenant, a session and a right"
                            .formatted(tenant, session, rights));
        }
        rights = Collections.unmodifiableSet(EnumSet.copyOf(rights));
    }
}
