package org.qmk.simulation;

import java.util.List;
import org.qmk.device.Extent;
import org.qmk.device.MachineShape;
import org.qmk.device.Placement;

/// Which wave holds which block, from placements, moves and ends alone.
final class BlockLedger {

    private final MachineShape machine;
    private final int parts;

    /// By block: the number of the job that holds it, 0 if it is free.
    private final long[] owner;

    private int held;

    BlockLedger(MachineShape machine, int parts) {
        this.machine = machine;
        this.parts = parts;
        this.owner = new long[machine.blocks()];
    }

    int held() {
        return held;
    }

    /// The first block of a part of the machine; one part past the last is the end.
    private int border(int part) {
        return (int) ((long) machine.blocks() * part / parts);
    }

    /// Whether a shot has room in its tenant's part while all of it is free.
    boolean fits(TenantTrack tenant, int width) {
        int from = 0;
        int to = owner.length;
        if (parts > 0) {
            int part = tenant.number % parts;
            from = border(part);
            to = border(part + 1);
        }
        long rounds = machine.rates().decoderRounds();
        long decoded = rounds / Math.max(1, parts) / machine.roundsPerEpoch();
        if (rounds < MachineShape.UNLIMITED && width > decoded) return false;
        if (width > machine.blocksPerModule()) return width <= to - from;
        int most = 0;
        int here = 0;
        for (int block = from; block < to; block++) {
            here = block % machine.blocksPerModule() == 0 ? 1 : here + 1;
            most = Math.max(most, here);
        }
        return width <= most;
    }

    void take(JobTrack job, Placement placement, int slots) {
        long place = 0;
        int module = -1;
        for (Extent extent : placement.extents()) {
            for (int block = extent.start(); block < extent.end(); block++, place++) {
                LawBroken.unless(
                        block < owner.length,
                        Law.PLACED_AS_WANTED,
                        job + " is at block " + block + " of " + owner.length);
                LawBroken.unless(
                        owner[block] == 0,
                        Law.BLOCKS_OWNED_ONCE,
                        job + " is given block " + block + " of job " + owner[block]);
                owner[block] = job.id.number();
                if (slots <= machine.blocksPerModule()) {
                    int here = block / machine.blocksPerModule();
                    if (place % slots == 0) module = here;
                    LawBroken.unless(
                            here == module,
                            Law.PLACED_AS_WANTED,
                            "a shot of " + job + " is in two modules at block " + block);
                }
                if (parts > 0) {
                    int part = job.tenant.number % parts;
                    LawBroken.unless(
                            border(part) <= block && block < border(part + 1),
                            Law.PARTS_APART,
                            job + " is at block " + block + " outside of part " + part);
                }
            }
        }
        held += (int) placement.blocks();
        job.tenant.blocks += placement.blocks();
    }

    void release(JobTrack job, Placement placement) {
        for (Extent extent : placement.extents()) {
            for (int block = extent.start(); block < extent.end(); block++) {
                LawBroken.unless(
                        owner[block] == job.id.number(),
                        Law.BLOCKS_KEPT,
                        job + " gives back block " + block + " of job " + owner[block]);
                owner[block] = 0;
            }
        }
        held -= (int) placement.blocks();
        job.tenant.blocks -= placement.blocks();
    }

    /// Holds the blocks that the kernel calls free against those that are.
    ///
    /// @param epoch the one that comes next
    void compare(List<Extent> free, long epoch) {
        int from = 0;
        int to = owner.length;
        if (parts > 0) {
            int part = (int) (epoch % parts);
            from = border(part);
            to = border(part + 1);
        }
        int at = from;
        for (Extent extent : free) {
            for (; at < extent.start(); at++) {
                LawBroken.unless(
                        owner[at] != 0, Law.BLOCKS_KEPT, "block " + at + " is nobody's, and lost");
            }
            for (; at < extent.end(); at++) {
                LawBroken.unless(
                        owner[at] == 0,
                        Law.BLOCKS_KEPT,
                        "block " + at + " of job " + owner[at] + " is called free");
            }
        }
        for (; at < to; at++) {
            LawBroken.unless(
                    owner[at] != 0, Law.BLOCKS_KEPT, "block " + at + " is nobody's, and lost");
        }
    }
}
