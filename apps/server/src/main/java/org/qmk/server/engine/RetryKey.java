package org.qmk.server.engine;

import org.qmk.kernel.call.TenantId;

/// What makes two submissions one.
record RetryKey(TenantId tenant, String idempotencyKey) {}
