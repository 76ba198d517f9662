package org.qmk.simulation;

/// A bug planted in the kernel: one text of one of its sources replaced by another.
///
/// The test asks that some seed breaks the law that the bug offends.
enum KernelMutant {
    PLACEMENT_CHECK_SKIPPED(
            Law.KERNEL_STANDS,
            "mapping/BlockMap.java",
            "            if (roomEnd < extent.end()) {\n                return refused",
            "            if (roomEnd < 0) {\n                return refused"),
    BLOCKS_GIVEN_TWICE(
            Law.BLOCKS_OWNED_ONCE,
            "mapping/BlockMap.java",
            "            if (extent.end() < roomEnd) free.put(extent.end(), roomEnd -"
                    + " extent.end());",
            "            free.put(extent.start(), roomEnd - extent.start());"),
    BLOCKS_RELEASED_WHILE_HELD(
            Law.BLOCKS_KEPT,
            "Applying.java",
            "            if (move.done()) state.blocks().release(move.job().placement());",
            "            state.blocks().release(move.job().moving());"),
    BLOCKS_LOST_AT_THE_END(
            Law.BLOCKS_KEPT,
            "Applying.java",
            "            state.blocks().release(job.placement());\n",
            "            if (job.waveShots() != 3) state.blocks().release(job.placement());\n"),
    PARTS_NOT_CHECKED(
            Law.PARTS_APART,
            "Deciding.java",
            "        int to = view.to(job.tenant());",
            "        int to = machine.blocks();"),
    SPREAD_NOT_CHECKED(
            Law.PLACED_AS_WANTED,
            "mapping/BlockMap.java",
            "                if (module(block) != module) return refused",
            "                if (block < 0) return refused"),
    QUOTA_OF_JOBS_OFF_BY_ONE(
            Law.QUOTAS_HELD,
            "Deciding.java",
            "if (inFlight >= state.capabilities().terms(tenant).quotas().jobs())",
            "if (inFlight > state.capabilities().terms(tenant).quotas().jobs())"),
    QUOTA_OF_BLOCKS_IGNORED(
            Law.QUOTAS_HELD,
            "epoch/WaveQueue.java",
            "return (long) surroundings.quota(job.tenant) - table.blocksOf(job.tenant);",
            "return (long) surroundings.quota(job.tenant);"),
    REVOCATION_FORGETS_CHILDREN(
            Law.CAPABILITIES_MONOTONE,
            "capability/Slot.java",
            "for (; child != null; child = child.next) subtree.add(child);",
            "child = null;"),
    USES_NOT_COUNTED(
            Law.CAPABILITIES_MONOTONE,
            "capability/CapabilityTable.java",
            "for (Slot slot : selection.slots) slot.take(1);",
            "for (Slot slot : selection.slots) slot.take(0);"),
    GENERATION_USED_AGAIN(Law.HANDLES_FRESH, "capability/Slot.java", "        generation++;\n", ""),
    LOST_RIGHTS_IGNORED(
            Law.RIGHTS_HELD,
            "Applying.java",
            "            else if (job.entitled()) state.jobs().disentitle(job);",
            ""),
    SUSPENDED_TENANTS_PLACED(
            Law.RIGHTS_HELD,
            "epoch/WaveQueue.java",
            "boolean stands = job.cancelled || !job.entitled ||"
                    + " surroundings.suspended(job.tenant);",
            "boolean stands = job.cancelled || !job.entitled;"),
    EXPIRED_CAPABILITY_TAKEN(
            Law.REFUSED_RIGHTLY,
            "capability/Slot.java",
            "if (epoch > bounds.lastEpoch()) return",
            "if (epoch > bounds.lastEpoch() + 1) return"),
    STRANGERS_JOINED(
            Law.FIREWALL_HELD,
            "channel/Partition.java",
            "        if (!apart(c, d)) return false;\n",
            "        if (c >= 0 && d >= 0) return false;\n"),
    CHANNEL_OF_ANYBODY(
            Law.CHANNELS_KEPT,
            "channel/ChannelTable.java",
            "            return tenant.equals(caller.tenant)\n                    && (session",
            "            return (session"),
    ENDS_NOT_TOLD(
            Law.PLAN_TRUE,
            "epoch/JobTable.java",
            "            if (job.started) untoldEnds.add(job.id);\n",
            ""),
    FENCE_IGNORED(
            Law.ORDER_KEPT, "epoch/Layers.java", "            if (fence) floor = level;\n", ""),
    OUTCOMES_NOT_AWAITED(
            Law.FEED_FORWARD,
            "epoch/EpochRound.java",
            "        if (!layers.waits()) return end;",
            "        if (end >= 0) return end;"),
    MEASUREMENT_TAKEN_BACK(
            Law.UNDONE_RIGHTLY,
            "epoch/Layers.java",
            "        return undone && opcode.shape().outputs == 0;",
            "        return true;"),
    MAGIC_NOT_CHARGED(
            Law.RESOURCES_HELD,
            "epoch/EpochRound.java",
            "] -= wanted[Resource.MAGIC.ordinal()];",
            "] -= 0;"),
    BELL_PAIRS_NOT_CHARGED(
            Law.RESOURCES_HELD,
            "MachineView.java",
            "        System.arraycopy(have, 0, pairs, 0, pairs.length);\n",
            ""),
    OPERATIONS_THAT_GO_ON_FREE(
            Law.RESOURCES_HELD,
            "MachineView.java",
            "        left[Resource.OPERATIONS.ordinal()] -= state.jobs().held();\n",
            ""),
    TAIL_CUT_SHORT(
            Law.LASTS_AS_LONG,
            "epoch/Layers.java",
            "(int) rows[layer * ROW + TAIL] : 0);",
            "(int) rows[layer * ROW + TAIL] / 2 : 0);"),
    SIDES_USED_TWICE(
            Law.ROUTES_JOIN,
            "mapping/RouteCheck.java",
            "if (!isSide(side) || used.get(side) || own",
            "if (!isSide(side) || own"),
    STARVED_SKIPPED(
            Law.SERVED_IN_TIME,
            "epoch/EpochRound.java",
            "                    serveStarved();\n",
            ""),
    WEIGHT_IGNORED(
            Law.SHARED_BY_WEIGHT,
            "epoch/FairShare.java",
            "share == 0 ? 0 : Math.max(1, share / weight)",
            "share == 0 ? 0 : Math.max(1, share)"),
    QUEUE_OVERTAKEN(
            Law.SERVED_IN_ORDER,
            "epoch/WaveQueue.java",
            "                policy.order() != Policy.Order.FAIR\n"
                    + "                        || head.passedBy",
            "                head.passedBy"),
    RESERVED_ONE_MODULE_LESS(
            Law.DEADLINES_KEPT,
            "epoch/Agenda.java",
            "units = Math.ceilDiv(waveShots, perUnit);",
            "units = Math.ceilDiv(waveShots, perUnit + 1);"),
    NO_ROOM_FOR_THE_RESERVED(
            Law.DEADLINES_KEPT,
            "epoch/EpochScheduler.java",
            "        if (table.reserved(needy)) return true;\n",
            ""),
    WRONG_CAUSE(
            Law.ENDS_ONCE,
            "epoch/ReportReading.java",
            "        if (job.cancelled) return EndCause.CANCELLED_BY_OWNER;\n",
            "        if (job.cancelled || job.parked) return EndCause.CANCELLED_BY_OWNER;\n"),
    CANCELLATION_FORGOTTEN(
            Law.ENDS_SURELY,
            "epoch/ReportReading.java",
            "        if (job.cancelled) return EndCause.CANCELLED_BY_OWNER;\n",
            ""),
    LOST_WAVE_COUNTED(
            Law.SHOTS_COUNTED,
            "epoch/JobTable.java",
            "job.waveOver(job.arrived) && !closing.lost(job)",
            "job.waveOver(job.arrived)"),
    PARTS_OF_RECORDS_KEPT(Law.AUDIT_TRUE, "audit/Trail.java", "        parts.clear();\n", ""),
    OUTCOMES_NOT_IN_THE_DIGEST(
            Law.DIGEST_COVERS,
            "audit/Trail.java",
            "open.u8(12).raw(outcomes).uint(faults);",
            "open.u8(12).uint(faults);"),
    CLOCK_IN_THE_DIGEST(
            Law.RECOVERY_WHOLE,
            "audit/Trail.java",
            "open.u8(12).raw(outcomes).uint(faults);",
            "open.u8(12).raw(outcomes).u64(System.nanoTime()).uint(faults);");

    /// The law that it offends.
    final Law law;

    final String file;
    final String original;
    final String changed;

    KernelMutant(Law law, String file, String original, String changed) {
        this.law = law;
        this.file = file;
        this.original = original;
        this.changed = changed;
    }
}
