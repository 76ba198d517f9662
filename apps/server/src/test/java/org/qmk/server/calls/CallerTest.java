package org.qmk.server.calls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.qmk.kernel.call.TenantId;
import org.qmk.wire.CallError;
import org.qmk.wire.CallRefused;
import org.qmk.wire.v1.Role;

class CallerTest {

    private static final Caller TENANT = new Caller(Optional.of(new TenantId(1)), "a");
    private static final Caller ADMIN = new Caller(Optional.empty(), "admin 1");

    private static void refused(Caller caller, Role role) {
        var refused = assertThrows(CallRefused.class, () -> caller.require(role));
        assertEquals(CallError.ACCESS_DENIED, refused.error());
    }

    @Test
    void a_call_of_either_role_is_open_to_all() {
        assertDoesNotThrow(() -> TENANT.require(Role.EITHER));
        assertDoesNotThrow(() -> ADMIN.require(Role.EITHER));
    }

    @Test
    void who_is_one_makes_no_calls_of_the_other() {
        assertDoesNotThrow(() -> TENANT.require(Role.TENANT));
        assertDoesNotThrow(() -> ADMIN.require(Role.ADMIN));
        refused(TENANT, Role.ADMIN);
        refused(ADMIN, Role.TENANT);
    }

    @Test
    void a_tenant_who_administers_makes_the_calls_of_both() throws Exception {
        Caller both = TENANT.administering();

        assertDoesNotThrow(() -> both.require(Role.ADMIN));
        assertEquals(new TenantId(1), both.requireTenant());
    }

    @Test
    void nobody_is_neither() {
        assertThrows(
                IllegalArgumentException.class, () -> new Caller(Optional.empty(), false, "x"));
    }
}
