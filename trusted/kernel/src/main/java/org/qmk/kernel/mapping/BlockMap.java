package org.qmk.kernel.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.qmk.device.Extent;
import org.qmk.device.JobId;
import org.qmk.device.Placement;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Refusal;
import org.qmk.qvm.ByteWriter;
import org.qmk.qvm.Invariant;

/// The blocks of the machine: free, or held by a job.
public final class BlockMap {

    private final int blocks;

    /// Free extents, length by start; no two touch.
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    private final TreeMap<JobId, Placement> held = new TreeMap<>();
    private int freeCount;

    public BlockMap(int blocks) {
        this.blocks = blocks;
        this.freeCount = blocks;
        free.put(0, blocks);
    }

    public int freeCount() {
        return freeCount;
    }

    /// Blocks that the job holds; 0 if it holds none.
    public int heldBy(JobId job) {
        Placement placement = held.get(job);
        return placement == null ? 0 : (int) placement.blocks();
    }

    /// The free extents, ascending.
    public List<Extent> freeExtents() {
        List<Extent> extents = new ArrayList<>(free.size());
        for (Map.Entry<Integer, Integer> entry : free.entrySet()) {
            extents.add(new Extent(entry.getKey(), entry.getValue()));
        }
        return extents;
    }

    /// Why the placement cannot be taken, or nothing if it can: every block must be a block of the
    /// machine, free, and named once.
    public Optional<Notice.Refused> check(Placement placement) {
        TreeMap<Integer, Integer> wanted = new TreeMap<>();
        for (Extent extent : placement.extents()) {
            if (extent.end() > blocks) {
                return refused(Refusal.PLACEMENT_OUTSIDE, Math.max(extent.start(), blocks));
            }
            Map.Entry<Integer, Integer> before = wanted.floorEntry(extent.end() - 1);
            if (before != null && before.getKey() + before.getValue() > extent.start()) {
                return refused(Refusal.PLACEMENT_TAKEN, Math.max(extent.start(), before.getKey()));
            }
            wanted.put(extent.start(), extent.length());
            Map.Entry<Integer, Integer> room = free.floorEntry(extent.start());
            int roomEnd = room == null ? 0 : room.getKey() + room.getValue();
            if (roomEnd < extent.end()) {
                return refused(Refusal.PLACEMENT_TAKEN, Math.max(extent.start(), roomEnd));
            }
        }
        return Optional.empty();
    }

    public void take(JobId job, Placement placement) {
        Invariant.hold(!held.containsKey(job), "a job holds one placement");
        for (Extent extent : placement.extents()) {
            Map.Entry<Integer, Integer> room = free.floorEntry(extent.start());
            int roomStart = room.getKey();
            int roomEnd = roomStart + room.getValue();
            Invariant.hold(roomEnd >= extent.end(), "blocks that are taken were free");
            free.remove(roomStart);
            if (roomStart < extent.start()) free.put(roomStart, extent.start() - roomStart);
            if (extent.end() < roomEnd) free.put(extent.end(), roomEnd - extent.end());
            freeCount -= extent.length();
        }
        held.put(job, placement);
    }

    /// Frees what the job holds, if anything.
    public void release(JobId job) {
        Placement placement = held.remove(job);
        if (placement == null) return;
        for (Extent extent : placement.extents()) {
            int start = extent.start();
            int end = extent.end();
            Map.Entry<Integer, Integer> before = free.lowerEntry(start);
            if (before != null && before.getKey() + before.getValue() == start) {
                start = before.getKey();
            }
            Integer after = free.remove(end);
            if (after != null) end += after;
            free.put(start, end - start);
            freeCount += extent.length();
        }
        Invariant.hold(freeCount <= blocks, "no block is freed twice");
    }

    /// Writes all that this map remembers.
    public void writeTo(ByteWriter out) {
        out.uint(blocks).uint(held.size());
        for (Map.Entry<JobId, Placement> entry : held.entrySet()) {
            out.uint(entry.getKey().number()).uint(entry.getValue().extents().size());
            for (Extent extent : entry.getValue().extents()) {
                out.uint(extent.start()).uint(extent.length());
            }
        }
    }

    private static Optional<Notice.Refused> refused(Refusal refusal, int block) {
        return Optional.of(new Notice.Refused(refusal, Integer.toString(block)));
    }
}
