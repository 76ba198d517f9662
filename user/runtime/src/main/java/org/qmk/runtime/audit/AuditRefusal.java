package org.qmk.runtime.audit;

import java.io.IOException;

/// An audit log or a key is not what it must be. The message names the first bad thing.
public final class AuditRefusal extends IOException {
    private static final long serialVersionUID = 1L;

    AuditRefusal(String message) {
        super(message);
    }
}
