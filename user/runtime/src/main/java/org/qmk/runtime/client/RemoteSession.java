package org.qmk.runtime.client;

import java.util.List;
import java.util.OptionalInt;

/// A session that was opened.
///
/// @param id names it in calls; see `QmkClient.withSession`
/// @param granted capabilities that it has
/// @param denied capabilities that were asked for and not granted
/// @param families of operations that the server has
/// @param features of the server beyond version 1
/// @param quotaBlocks logical blocks that the tenant may hold at once; nothing for no bound
/// @param quotaJobs jobs that the tenant may have queued or running
public record RemoteSession(
        String id,
        String tenant,
        List<String> granted,
        List<String> denied,
        String version,
        List<String> families,
        List<String> features,
        OptionalInt quotaBlocks,
        int quotaJobs) {

    public RemoteSession {
        granted = List.copyOf(granted);
        denied = List.copyOf(denied);
        families = List.copyOf(families);
        features = List.copyOf(features);
    }

    static RemoteSession read(JsonFields in) {
        String id = "";
        String tenant = "";
        List<String> granted = List.of();
        List<String> denied = List.of();
        String version = "";
        List<String> families = List.of();
        List<String> features = List.of();
        OptionalInt quotaBlocks = OptionalInt.empty();
        int quotaJobs = 0;
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "session_id" -> id = in.text();
                case "tenant" -> tenant = in.text();
                case "granted" -> granted = in.texts();
                case "denied" -> denied = in.texts();
                case "version" -> version = in.text();
                case "families" -> families = in.texts();
                case "features" -> features = in.texts();
                case "quota_blocks" -> quotaBlocks = OptionalInt.of(in.count());
                case "quota_jobs" -> quotaJobs = in.count();
                default -> in.skip();
            }
        }
        return new RemoteSession(
                id, tenant, granted, denied, version, families, features, quotaBlocks, quotaJobs);
    }
}
