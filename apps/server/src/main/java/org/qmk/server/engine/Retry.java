package org.qmk.server.engine;

import org.qmk.kernel.call.TenantId;

/// What makes two submissions the same.
///
/// @param idempotencyKey empty if the client gave none, and then nothing is the same
record Retry(TenantId tenant, String idempotencyKey) {}
