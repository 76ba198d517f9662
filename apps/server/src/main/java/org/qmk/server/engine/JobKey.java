package org.qmk.server.engine;

import org.qmk.kernel.call.TenantId;

/// What a job is called outside the kernel.
///
/// @param ticket its number among its tenant's jobs, from 1
public record JobKey(TenantId tenant, long ticket) {}
