package org.qmk.server.page;

import org.qmk.kernel.call.TenantId;

/// Who looks at the page.
public sealed interface Viewer {

    /// An administrator, who sees everything.
    record Administrator() implements Viewer {}

    /// A tenant, who sees what is its own.
    record OneTenant(TenantId tenant) implements Viewer {}

    /// Whether what belongs to the tenant may be shown.
    default boolean sees(TenantId owner) {
        return switch (this) {
            case Administrator() -> true;
            case OneTenant(var tenant) -> tenant.equals(owner);
        };
    }
}
