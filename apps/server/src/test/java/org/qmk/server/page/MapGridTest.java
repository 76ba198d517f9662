package org.qmk.server.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.TenantId;

final class MapGridTest {

    private static final Optional<TenantId> ALL = Optional.empty();

    private static MachineShape shape(int modules, int blocks) {
        var rates = new MachineShape.Rates(1, 1, 1, 1);
        return new MachineShape("m", modules, blocks, 1, rates, 0, List.of(), List.of());
    }

    private static BlockRuns runs(int... startLengthTenantTicket) {
        var draft = new BlockRuns.Draft(0);
        for (int i = 0; i < startLengthTenantTicket.length; i += 4) {
            draft.add(
                    startLengthTenantTicket[i],
                    startLengthTenantTicket[i + 1],
                    startLengthTenantTicket[i + 2],
                    startLengthTenantTicket[i + 3]);
        }
        return draft.runs();
    }

    @Test
    void a_map_has_runs_of_equal_cells() {
        MapGrid grid = MapGrid.of(shape(2, 4));

        assertEquals("[8,0,0]", grid.map(BlockRuns.NONE, ALL, false));
        assertEquals(
                "[1,0,0,3,7,1,2,8,2,2,0,0]",
                grid.map(runs(1, 2, 7, 1, 3, 1, 7, 1, 4, 2, 8, 2), ALL, false));
    }

    @Test
    void a_tenant_is_told_of_others_blocks_and_not_whose_they_are() {
        MapGrid grid = MapGrid.of(shape(1, 8));
        BlockRuns runs = runs(0, 2, 1, 9, 2, 2, 2, 5, 4, 1, 3, 6);
        Optional<TenantId> two = Optional.of(new TenantId(2));

        assertEquals("[2,-1,0,2,2,5,1,-1,0,3,0,0]", grid.map(runs, two, false));
        assertEquals(
                "[4,-1,0,1,3,6,3,0,0]",
                grid.map(runs, Optional.of(new TenantId(3)), false),
                "two others side by side look like one");
    }

    @Test
    void a_tenant_that_is_kept_apart_is_told_of_its_own_blocks_alone() {
        MapGrid grid = MapGrid.of(shape(1, 8));
        BlockRuns runs = runs(0, 2, 1, 9, 2, 2, 2, 5, 4, 1, 3, 6);

        assertEquals("[2,0,0,2,2,5,4,0,0]", grid.map(runs, Optional.of(new TenantId(2)), true));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 16, 1, 1",
        "100, 100, 100, 1",
        "1, 1048576, 1, 64",
        "1024, 33, 1024, 4",
        "16777216, 1, 1, 1024",
        "3, 5461, 3, 1",
        "3, 5462, 3, 2"
    })
    void every_machine_has_a_map_of_bounded_size(int modules, int blocks, int groups, int each) {
        MapGrid grid = MapGrid.of(shape(modules, blocks));

        assertEquals(groups, grid.groups());
        assertEquals(each, grid.blocksPerCell());
        assertTrue(grid.groups() * grid.cellsPerGroup() <= 1 << 14);
        assertTrue((long) grid.cellsPerGroup() * each * groups >= (long) modules * blocks);
    }

    @Test
    void a_cell_of_many_blocks_is_shown_as_the_longest_run_in_it() {
        // Two modules of 33 blocks; cells of 4 blocks, the last of each module of one.
        var grid = new MapGrid(2, 33, 4);

        String map = grid.map(runs(3, 4, 1, 1, 7, 1, 2, 2, 32, 2, 3, 3), ALL, false);

        assertEquals("[2,1,1,6,0,0,2,3,3,8,0,0]", map);
    }
}
