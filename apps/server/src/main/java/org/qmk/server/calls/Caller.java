package org.qmk.server.calls;

import java.util.Optional;
import org.qmk.kernel.call.TenantId;
import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;
import org.qmk.wire.v1.Role;

/// Who calls, as his key or the system proved.
///
/// Who runs a server may be a tenant too, on the Unix-domain socket: such a caller makes a tenant's
/// calls for the tenant, and administers the server with the others.
///
/// @param tenant nothing for one who only administers the server
/// @param admin whether the caller administers the server; true where there is no tenant
/// @param name the tenant's name where there is one, else who administers: for logs
public record Caller(Optional<TenantId> tenant, boolean admin, String name) {

    public Caller {
        if (tenant.isEmpty() && !admin) throw new IllegalArgumentException(name + " is nobody");
    }

    /// A tenant, or an administrator where that is nothing.
    public Caller(Optional<TenantId> tenant, String name) {
        this(tenant, tenant.isEmpty(), name);
    }

    /// The same caller, who administers the server as well.
    public Caller administering() {
        return new Caller(tenant, true, name);
    }

    /// The tenant that the call is for.
    ///
    /// @throws CallRefused if the caller only administers: such have no jobs and capabilities
    public TenantId requireTenant() throws CallRefused {
        if (tenant.isPresent()) return tenant.get();
        throw ServerRule.TENANTS_CALL.refused();
    }

    void require(Role role) throws CallRefused {
        if (role == Role.TENANT) requireTenant();
        if (role != Role.ADMIN || admin) return;
        throw ServerRule.ADMINISTRATORS_CALL.refused();
    }
}
