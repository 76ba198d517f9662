package org.qmk.simulation;

/// A bug planted in the kernel: one text of one of its sources replaced by another.
///
/// The test asks that some seed breaks some law.
enum KernelMutant {
    PLACEMENT_CHECK_SKIPPED(
            "mapping/BlockMap.java",
            "            if (roomEnd < extent.end()) {\n                return refused",
            "            if (roomEnd < 0) {\n                return refused"),
    QUOTA_OF_JOBS_OFF_BY_ONE(
            "Deciding.java",
            "if (inFlight >= state.capabilities().terms(tenant).quotas().jobs())",
            "if (inFlight > state.capabilities().terms(tenant).quotas().jobs())"),
    QUOTA_OF_BLOCKS_IGNORED(
            "epoch/WaveQueue.java",
            "return (long) surroundings.quota(job.tenant) - table.blocksOf(job.tenant);",
            "return (long) surroundings.quota(job.tenant);"),
    REVOCATION_FORGETS_CHILDREN(
            "capability/Slot.java",
            "for (; child != null; child = child.next) subtree.add(child);",
            "child = null;"),
    GENERATION_USED_AGAIN("capability/Slot.java", "        generation++;\n", ""),
    BLOCKS_RELEASED_WHILE_HELD(
            "Applying.java",
            "            if (move.done()) state.blocks().release(move.job().placement());",
            "            state.blocks().release(move.job().moving());"),
    BLOCKS_LOST_AT_THE_END(
            "Applying.java",
            "            state.blocks().release(job.placement());\n",
            "            if (job.waveShots() != 3) state.blocks().release(job.placement());\n"),
    OUTCOMES_NOT_AWAITED(
            "epoch/EpochRound.java",
            "        if (!layers.waits()) return end;",
            "        if (end >= 0) return end;"),
    MAGIC_NOT_CHARGED("epoch/EpochRound.java", "] -= wanted[Resource.MAGIC.ordinal()];", "] -= 0;"),
    WEIGHT_IGNORED(
            "epoch/FairShare.java",
            "share == 0 ? 0 : Math.max(1, share / weight)",
            "share == 0 ? 0 : Math.max(1, share)"),
    CANCELLATION_FORGOTTEN(
            "epoch/ReportReading.java",
            "        if (job.cancelled) return EndCause.CANCELLED_BY_OWNER;\n",
            ""),
    EXPIRED_CAPABILITY_TAKEN(
            "capability/Slot.java",
            "if (epoch > bounds.lastEpoch()) return",
            "if (epoch > bounds.lastEpoch() + 1) return"),
    USES_NOT_COUNTED(
            "capability/CapabilityTable.java",
            "for (Slot slot : selection.slots) slot.take(1);",
            "for (Slot slot : selection.slots) slot.take(0);"),
    CHANNEL_OF_ANYBODY(
            "channel/ChannelTable.java",
            "            return tenant.equals(caller.tenant)\n                    && (session",
            "            return (session"),
    STARVED_SKIPPED("epoch/EpochRound.java", "                    serveStarved();\n", ""),
    OUTCOMES_NOT_IN_THE_DIGEST(
            "audit/Trail.java",
            "open.u8(12).raw(outcomes).uint(faults);",
            "open.u8(12).uint(faults);"),
    LOST_WAVE_COUNTED(
            "epoch/JobTable.java", "job.waveOver() && !closing.lost(job)", "job.waveOver()"),
    PARTS_NOT_CHECKED(
            "Deciding.java",
            "        int from = view.from(job.tenant());\n"
                    + "        return state.blocks().check(placement, job.slots(), from,"
                    + " view.to(job.tenant()));",
            "        return state.blocks().check(placement, job.slots(), 0, machine.blocks());");

    final String file;
    final String original;
    final String changed;

    KernelMutant(String file, String original, String changed) {
        this.file = file;
        this.original = original;
        this.changed = changed;
    }
}
