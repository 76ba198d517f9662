package org.qmk.runtime.token;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.qmk.kernel.call.SessionId;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.Capability;

/// One way in which a token allows less than it did. There are no others: a token with an unknown
/// caveat does not open.
public sealed interface Caveat {
    int TENANTS_MAX = 64;

    /// Only sessions of these tenants may use it; 1 to 64 of them.
    record Tenants(Set<TenantId> tenants) implements Caveat {
        public Tenants {
            tenants = Set.copyOf(tenants);
            require(!tenants.isEmpty() && tenants.size() <= TENANTS_MAX, "1 to 64 tenants");
            for (TenantId tenant : tenants) require(tenant.number() > 0, "tenants from 1 on");
        }
    }

    /// Only these rights, at least one.
    record Ops(Set<Capability> rights) implements Caveat {
        public Ops {
            require(!rights.isEmpty(), "at least one right");
            rights = Collections.unmodifiableSet(EnumSet.copyOf(rights));
        }
    }

    /// Up to this epoch, included.
    record Epoch(long last) implements Caveat {
        public Epoch {
            require(last >= 0, "an epoch from 0 on");
        }
    }

    /// At most so many uses, 1 or more, by all copies of the token together.
    record Quota(long uses) implements Caveat {
        public Quota {
            require(uses >= 1, "at least one use");
        }
    }

    /// At most so many logical qubits at once.
    record Qubits(int most) implements Caveat {
        public Qubits {
            require(most >= 0, "0 qubits or more");
        }
    }

    /// For this tenant: only his sessions may use it.
    record TenantAudience(TenantId tenant) implements Caveat {
        public TenantAudience {
            require(tenant.number() > 0, "a tenant from 1 on");
        }
    }

    /// For this session of this tenant alone.
    record SessionAudience(TenantId tenant, SessionId session) implements Caveat {
        public SessionAudience {
            require(tenant.number() > 0 && session.number() > 0, "tenant and session from 1 on");
        }
    }

    /// Only who proves to have this key.
    record HeldBy(Holder holder) implements Caveat {}

    private static void require(boolean condition, String expected) {
        if (!condition) throw new IllegalArgumentException("a caveat needs " + expected);
    }
}
