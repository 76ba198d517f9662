package org.qmk.server.page;

import java.util.Optional;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.TenantId;

/// How a machine's blocks lie on the map: groups of cells, each cell of one or more blocks, so that
/// even the largest machine has a map of bounded size.
///
/// @param groups modules; one for the whole machine where it has very many modules
/// @param blocksPerGroup blocks of a group; the last cell of a group may have fewer blocks
/// @param blocksPerCell a power of two
record MapGrid(int groups, int blocksPerGroup, int blocksPerCell) {

    /// Who holds a cell that others hold.
    static final int OTHERS = -1;

    private static final int FREE = 0;

    private static final int GROUPS_MAX = 1_024;
    private static final int CELLS_MAX = 1 << 14;

    static MapGrid of(MachineShape shape) {
        boolean many = shape.modules() > GROUPS_MAX;
        int groups = many ? 1 : shape.modules();
        int blocks = many ? shape.blocks() : shape.blocksPerModule();
        int perCell = 1;
        while ((long) groups * cells(blocks, perCell) > CELLS_MAX) perCell *= 2;
        return new MapGrid(groups, blocks, perCell);
    }

    private static int cells(int blocks, int perCell) {
        return (blocks + perCell - 1) / perCell;
    }

    int cellsPerGroup() {
        return cells(blocksPerGroup, blocksPerCell);
    }

    private int cell(int block) {
        return block / blocksPerGroup * cellsPerGroup() + block % blocksPerGroup / blocksPerCell;
    }

    /// The block past the last one of the cell that has the block.
    private long cellEnd(int block) {
        long groupStart = (long) block / blocksPerGroup * blocksPerGroup;
        long cellStart = (block - groupStart) / blocksPerCell * blocksPerCell;
        return groupStart + Math.min(blocksPerGroup, cellStart + blocksPerCell);
    }

    /// The map as JSON: for each run of equal cells how many there are, the number of the tenant
    /// that holds them, 0 for nobody, and the ticket of its job. A cell that several hold is shown
    /// as that of the longest run in it.
    ///
    /// @param tenant whose own blocks are told from others'; nothing to tell all
    /// @param apart whether others' blocks are not shown at all
    String map(BlockRuns runs, Optional<TenantId> tenant, boolean apart) {
        int cells = groups * cellsPerGroup();
        int[] holders = new int[cells];
        long[] tickets = new long[cells];
        int[] most = new int[cells];
        for (int run = 0; run < runs.size(); run++) {
            int holder = runs.tenant(run);
            boolean others = tenant.isPresent() && tenant.get().number() != holder;
            if (others && apart) continue;
            int at = runs.start(run);
            int end = at + runs.length(run);
            while (at < end) {
                int cell = cell(at);
                int next = (int) Math.min(end, cellEnd(at));
                if (next - at > most[cell]) {
                    most[cell] = next - at;
                    holders[cell] = others ? OTHERS : holder;
                    tickets[cell] = others ? 0 : runs.ticket(run);
                }
                at = next;
            }
        }
        return json(holders, tickets);
    }

    private static String json(int[] holders, long[] tickets) {
        var json = new StringBuilder("[");
        int begun = 0;
        for (int cell = 1; cell <= holders.length; cell++) {
            boolean goesOn =
                    cell < holders.length
                            && holders[cell] == holders[begun]
                            && tickets[cell] == tickets[begun];
            if (goesOn) continue;
            if (begun > 0) json.append(',');
            json.append(cell - begun).append(',').append(holders[begun]).append(',');
            json.append(holders[begun] == FREE ? 0 : tickets[begun]);
            begun = cell;
        }
        return json.append(']').toString();
    }
}
