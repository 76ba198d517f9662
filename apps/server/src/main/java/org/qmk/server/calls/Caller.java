package org.qmk.server.calls;

import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.TenantId;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.v1.Role;

/// Who calls, as his key proved.
///
/// @param tenant nothing for an administrator
/// @param name the tenant's name, or the key's number of an administrator: for logs
public record Caller(Optional<TenantId> tenant, String name) {

    /// The tenant that the call is for.
    ///
    /// @throws CallRefused if the key is an administrator's, who has no jobs and capabilities
    public TenantId requireTenant() throws CallRefused {
        if (tenant.isPresent()) return tenant.get();
        throw new CallRefused(
                CallError.ACCESS_DENIED,
                "QMK-SERVER-1",
                "this call is a tenant's, and the key is an administrator's; use a tenant's key",
                List.of());
    }

    void require(Role role) throws CallRefused {
        if (role == Role.TENANT) {
            requireTenant();
        } else if (tenant.isPresent()) {
            throw new CallRefused(
                    CallError.ACCESS_DENIED,
                    "QMK-SERVER-2",
                    "this call is an administrator's; use an administrator's key",
                    List.of());
        }
    }
}
