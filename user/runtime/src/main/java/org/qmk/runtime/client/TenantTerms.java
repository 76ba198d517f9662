package org.qmk.runtime.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/// What a tenant is to have. What is absent stays as it is, or is the server's default for a new
/// tenant.
///
/// @param weight share when tenants compete
/// @param quotaBlocks logical blocks that it may hold at once
/// @param quotaJobs jobs that it may have queued or running
/// @param capabilities what sessions of a new tenant may have; empty for all but CAP_ADMIN
/// @param suspended whether calls of the tenant are refused; not for a new one
public record TenantTerms(
        OptionalInt weight,
        OptionalInt quotaBlocks,
        OptionalInt quotaJobs,
        OptionalInt requestsPerSecond,
        List<String> capabilities,
        Optional<Boolean> suspended) {

    public static final TenantTerms DEFAULT =
            new TenantTerms(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    List.of(),
                    Optional.empty());

    public TenantTerms {
        capabilities = List.copyOf(capabilities);
    }

    void write(JsonGenerator json) {
        weight.ifPresent(number -> json.writeNumberProperty("weight", number));
        quotaBlocks.ifPresent(number -> json.writeNumberProperty("quota_blocks", number));
        quotaJobs.ifPresent(number -> json.writeNumberProperty("quota_jobs", number));
        requestsPerSecond.ifPresent(
                number -> json.writeNumberProperty("requests_per_second", number));
        suspended.ifPresent(truth -> json.writeBooleanProperty("suspended", truth));
        if (!capabilities.isEmpty()) QmkClient.write(json, "capabilities", capabilities);
    }
}
