package org.qmk.runtime.client;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A tenant, as an administrator sees it.
///
/// @param weight its share when tenants compete
/// @param quotaBlocks logical blocks that it may hold at once; nothing for no bound
/// @param quotaJobs jobs that it may have queued or running
/// @param capabilities what its sessions may have
/// @param secret its first key, if the tenant was just made
/// @param jobs queued or running
public record RemoteTenant(
        String name,
        int weight,
        OptionalInt quotaBlocks,
        int quotaJobs,
        boolean suspended,
        List<String> capabilities,
        int requestsPerSecond,
        Optional<String> secret,
        List<RemoteKey> keys,
        int jobs) {

    public RemoteTenant {
        capabilities = List.copyOf(capabilities);
        keys = List.copyOf(keys);
    }

    static RemoteTenant read(JsonFields in) {
        String name = "";
        int weight = 0;
        OptionalInt quotaBlocks = OptionalInt.empty();
        int quotaJobs = 0;
        boolean suspended = false;
        List<String> capabilities = List.of();
        int rate = 0;
        Optional<String> secret = Optional.empty();
        List<RemoteKey> keys = List.of();
        int jobs = 0;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "name" -> name = in.text();
                case "weight" -> weight = in.count();
                case "quota_blocks" -> quotaBlocks = OptionalInt.of(in.count());
                case "quota_jobs" -> quotaJobs = in.count();
                case "suspended" -> suspended = in.truth();
                case "capabilities" -> capabilities = in.texts();
                case "requests_per_second" -> rate = in.count();
                case "api_key" -> secret = Optional.of(in.text());
                case "keys" -> keys = in.list(RemoteKey::read);
                case "jobs" -> jobs = in.count();
                default -> in.skip();
            }
        }
        return new RemoteTenant(
                name,
                weight,
                quotaBlocks,
                quotaJobs,
                suspended,
                capabilities,
                rate,
                secret,
                keys,
                jobs);
    }

    /// Without the secret.
    @Override
    public String toString() {
        return "tenant " + name;
    }
}
