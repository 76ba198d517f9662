package org.qmk.kernel.mapping;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.qvm.*;

/// The blocks of the machine: free, or held by a job.
public final class BlockMap {

    private final int blocks;
    private final int perModule;

    /// Free extents, length by start; no two touch.
    private final TreeMap<Integer, Integer> free = new TreeMap<>();

    /// By module: its free blocks.
    private final int[] freeIn;

    private int freeCount;

    public BlockMap(int modules, int blocksPerModule) {
        this.blocks = modules * blocksPerModule;
        this.perModule = blocksPerModule;
        this.freeCount = blocks;
        this.freeIn = new int[modules];
        for (int module = 0; module < modules; module++) freeIn[module] = blocksPerModule;
        free.put(0, blocks);
    }

    /// A copy, to see what would be if.
    public BlockMap(BlockMap other) {
        this.blocks = other.blocks;
        this.perModule = other.perModule;
        this.freeCount = other.freeCount;
        this.freeIn = other.freeIn.clone();
        free.putAll(other.free);
    }

    public int freeCount() {
        return freeCount;
    }

    public int heldCount() {
        return blocks - freeCount;
    }

    public int module(int block) {
        return block / perModule;
    }

    /// The modules that a placement touches.
    public BitSet modules(Placement placement) {
        var modules = new BitSet();
        for (Extent extent : placement.extents()) {
            modules.set(module(extent.start()), module(extent.end() - 1) + 1);
        }
        return modules;
    }

    /// Shots of the given width that have room among the free blocks from `from` to `to` - 1, a
    /// shot that fits into one module in one; counted until there are `enough`.
    ///
    /// @param modules in how many modules they may lie; from and to are everything if not in all
    public long room(int slots, int from, int to, int modules, long enough) {
        if (slots == 0) return enough;
        boolean whole = from == 0 && to == blocks;
        if (whole && freeIn.length == 1) return Math.min(enough, freeCount / slots);
        if (slots > perModule || !whole) return roomIn(slots, from, to, enough);
        int[] most = freeIn;
        if (modules < most.length) Arrays.sort(most = freeIn.clone());
        long shots = 0;
        for (int i = 1; i <= modules && shots < enough; i++) shots += most[most.length - i] / slots;
        return shots;
    }

    private long roomIn(int slots, int from, int to, long enough) {
        long shots = 0;
        long wide = 0;
        long inModule = 0;
        int module = -1;
        for (Extent extent : freeExtents(from, to)) {
            wide += extent.length();
            for (int at = extent.start(); at < extent.end(); ) {
                if (at / perModule != module) {
                    shots += inModule / slots;
                    inModule = 0;
                    module = at / perModule;
                }
                int end = Math.min(extent.end(), (module + 1) * perModule);
                inModule += end - at;
                at = end;
            }
        }
        shots += inModule / slots;
        return Math.min(enough, slots > perModule ? wide / slots : shots);
    }

    /// The free extents from block `from` to block `to` - 1, ascending.
    public List<Extent> freeExtents(int from, int to) {
        List<Extent> extents = new ArrayList<>();
        Map.Entry<Integer, Integer> first = free.floorEntry(from);
        int begin = first == null ? from : first.getKey();
        for (Map.Entry<Integer, Integer> entry : free.tailMap(begin, true).entrySet()) {
            if (entry.getKey() >= to) break;
            int start = Math.max(from, entry.getKey());
            int end = Math.min(to, entry.getKey() + entry.getValue());
            if (start < end) extents.add(new Extent(start, end - start));
        }
        return extents;
    }

    /// Why the placement cannot be taken, or nothing if it can: every block must be from `from` to
    /// `to` - 1, free, and named once; a shot that fits into one module must lie in one.
    ///
    /// @param modules in how many modules it may lie at the most
    public Optional<Notice.Refused> check(
            Placement placement, int slots, int from, int to, int modules) {
        TreeMap<Integer, Integer> wanted = new TreeMap<>();
        for (Extent extent : placement.extents()) {
            if (extent.start() < from || extent.end() > to) {
                int outside = extent.start() < from ? extent.start() : Math.max(extent.start(), to);
                return refused(Refusal.PLACEMENT_OUTSIDE, outside);
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
        if (freeIn.length == 1 || slots == 0 || slots > perModule) return Optional.empty();
        BitSet touched = modules(placement);
        if (touched.cardinality() <= modules) return spread(placement, slots);
        return refused(Refusal.PLACEMENT_SPREAD, touched.previousSetBit(freeIn.length) * perModule);
    }

    /// Whether some shot lies in more than one module, though it fits into one.
    private Optional<Notice.Refused> spread(Placement placement, int slots) {
        int slot = 0;
        int module = -1;
        for (Extent extent : placement.extents()) {
            for (int block = extent.start(); block < extent.end(); block++) {
                if (slot == 0) module = module(block);
                if (module(block) != module) return refused(Refusal.PLACEMENT_SPREAD, block);
                slot = slot + 1 == slots ? 0 : slot + 1;
            }
        }
        return Optional.empty();
    }

    public void take(Placement placement) {
        for (Extent extent : placement.extents()) {
            Map.Entry<Integer, Integer> room = free.floorEntry(extent.start());
            int roomStart = room.getKey();
            int roomEnd = roomStart + room.getValue();
            Invariant.hold(roomEnd >= extent.end(), "blocks that are taken were free");
            free.remove(roomStart);
            if (roomStart < extent.start()) free.put(roomStart, extent.start() - roomStart);
            if (extent.end() < roomEnd) free.put(extent.end(), roomEnd - extent.end());
            count(extent, -1);
        }
    }

    /// Frees blocks that are held.
    public void release(Placement placement) {
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
            count(extent, 1);
        }
        Invariant.hold(freeCount <= blocks, "no block is freed twice");
    }

    private void count(Extent extent, int sign) {
        freeCount += sign * extent.length();
        for (int at = extent.start(); at < extent.end(); ) {
            int module = module(at);
            int end = Math.min(extent.end(), (module + 1) * perModule);
            freeIn[module] += sign * (end - at);
            at = end;
        }
    }

    /// Writes the free extents of every slices-th module.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        out.uint(freeCount);
        for (int module = slice; module < freeIn.length; module += slices) {
            out.uint(freeIn[module]);
            int from = module * perModule;
            for (Extent extent : freeExtents(from, from + perModule)) {
                out.uint(extent.start()).uint(extent.length());
            }
        }
    }

    private static Optional<Notice.Refused> refused(Refusal refusal, int block) {
        return Optional.of(new Notice.Refused(refusal, Integer.toString(block)));
    }
}
