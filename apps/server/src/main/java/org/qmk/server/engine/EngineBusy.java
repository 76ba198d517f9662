package org.qmk.server.engine;

import org.qmk.wire.CallRefused;
import org.qmk.wire.ServerRule;

/// There is no room for a request; nothing happened.
public final class EngineBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient CallRefused refused;

    EngineBusy(ServerRule rule, Object... facts) {
        this(rule.refused(facts));
    }

    private EngineBusy(CallRefused refused) {
        super(refused.getMessage(), null, false, false);
        this.refused = refused;
    }

    /// What the caller is told.
    public CallRefused refused() {
        return refused;
    }
}
