package org.qmk.runtime.client;

import java.util.List;

/// How the machine is, and what the tenant has of it.
///
/// @param epoch the epoch that was closed last
/// @param jobsRunning of all tenants, as `jobsQueued` and `blocksHeld`
/// @param modes conditions of the machine that are taken seriously
/// @param digest of the epoch that was closed last
/// @param auditHead the signed head of the audit log
public record Telemetry(
        long epoch,
        String machine,
        int blocks,
        int blocksHeld,
        int jobsRunning,
        int jobsQueued,
        int ownBlocks,
        int ownRunning,
        int ownQueued,
        List<Mode> modes,
        String digest,
        String auditHead) {

    /// @param condition its name in docs/spec/kernel.md
    /// @param subject the number of the module, link, factory or decoder that it is about
    /// @param level how bad it is
    public record Mode(String condition, int subject, int level) {
        private static Mode read(JsonFields in) {
            String condition = "";
            int subject = 0;
            int level = 0;
            in.enter();
            while (in.more()) {
                switch (in.name()) {
                    case "condition" -> condition = in.text();
                    case "subject" -> subject = in.count();
                    case "level" -> level = in.count();
                    default -> in.skip();
                }
            }
            return new Mode(condition, subject, level);
        }
    }

    public Telemetry {
        modes = List.copyOf(modes);
    }

    static Telemetry read(JsonFields in) {
        long epoch = 0;
        String machine = "";
        int blocks = 0;
        int blocksHeld = 0;
        int running = 0;
        int queued = 0;
        int ownBlocks = 0;
        int ownRunning = 0;
        int ownQueued = 0;
        List<Mode> modes = List.of();
        String digest = "";
        String head = "";
        in.enter();
        while (in.more()) {
            switch (in.name()) {
                case "epoch" -> epoch = in.whole();
                case "machine" -> machine = in.text();
                case "blocks" -> blocks = in.count();
                case "blocks_held" -> blocksHeld = in.count();
                case "jobs_running" -> running = in.count();
                case "jobs_queued" -> queued = in.count();
                case "own_blocks" -> ownBlocks = in.count();
                case "own_running" -> ownRunning = in.count();
                case "own_queued" -> ownQueued = in.count();
                case "modes" -> modes = in.list(Mode::read);
                case "digest" -> digest = in.text();
                case "audit_head" -> head = in.text();
                default -> in.skip();
            }
        }
        return new Telemetry(
                epoch,
                machine,
                blocks,
                blocksHeld,
                running,
                queued,
                ownBlocks,
                ownRunning,
                ownQueued,
                modes,
                digest,
                head);
    }
}
