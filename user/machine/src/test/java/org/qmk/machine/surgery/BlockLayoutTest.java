package org.qmk.machine.surgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.device.TileFloor;

class BlockLayoutTest {

    /// Oracle 3.3 (Litinski, arXiv:1808.02892): compact 1.5n + 3, intermediate 2n + 4, fast 2n +
    /// √(8n) + 1, rounded up.
    @ParameterizedTest
    @CsvSource({
        "COMPACT, 100, 153, 9",
        "INTERMEDIATE, 100, 204, 5",
        "FAST, 100, 230, 1",
        "COMPACT, 2, 6, 9",
        "INTERMEDIATE, 2, 8, 5",
        "FAST, 2, 9, 1",
        "FAST, 8, 25, 1",
        "FAST, 50, 121, 1",
    })
    void tiles_and_steps_are_the_published_ones(
            BlockLayout block, int qubits, int tiles, int stepsPerMagicState) {
        assertEquals(tiles, block.tiles(qubits));
        assertEquals(stepsPerMagicState, block.stepsPerMagicState());
    }

    @ParameterizedTest
    @EnumSource(BlockLayout.class)
    void a_layout_has_as_many_tiles_as_published_for_every_number_of_qubits(BlockLayout block) {
        for (int n = 1; n <= 1200; n++) {
            TileFloor floor = block.floor(n);

            int lanes = floor.count(TileFloor.LANE);
            assertEquals(n, floor.count(TileFloor.BLOCK), "qubits of " + n);
            assertEquals(block.tiles(n), n + lanes, "tiles of " + n);
        }
    }

    @ParameterizedTest
    @EnumSource(BlockLayout.class)
    void every_patch_of_a_layout_can_be_joined_with_every_other(BlockLayout block) {
        for (int n : List.of(2, 3, 7, 16, 41)) {
            var grid = new TileGrid(block.floor(n), 1);
            var router = new TileRouter(grid);
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < a; b++) {
                    var ends = List.of(end(grid, a), end(grid, b));
                    var connections = List.of(new Connection(ends));
                    assertFalse(router.connect(connections, 1).getFirst().isEmpty());
                }
            }
        }
    }

    /// All patches of a fast block have lanes above and below: two boundaries of each qubit.
    @Test
    void every_patch_of_a_fast_block_lies_between_lanes() {
        for (int n = 1; n < 300; n++) {
            var floor = BlockLayout.FAST.floor(n);
            for (int tile = 0; tile < floor.size(); tile++) {
                if (floor.kind(tile) != TileFloor.BLOCK) continue;
                assertEquals(TileFloor.LANE, floor.kind(tile - floor.columns()), "n " + n);
                assertEquals(TileFloor.LANE, floor.kind(tile + floor.columns()), "n " + n);
            }
        }
    }

    @Test
    void only_a_fast_block_reaches_both_boundaries_at_once() {
        assertTrue(BlockLayout.FAST.reaches(Boundary.X));
        assertFalse(BlockLayout.COMPACT.reaches(Boundary.X));
        assertTrue(BlockLayout.COMPACT.reaches(Boundary.Z));
    }

    @Test
    void a_block_without_qubits_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> BlockLayout.FAST.floor(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> BlockLayout.FAST.tiles(BlockLayout.QUBITS_MAX + 1));
    }

    @Test
    void operations_take_the_steps_of_their_sources() {
        assertEquals(3 * 17, SurgeryOperation.ROTATE.cycles(17));
        assertEquals(2 * 17, SurgeryOperation.CNOT.cycles(17));
        assertEquals(17, SurgeryOperation.MERGE_ZZ.cycles(17));
        assertEquals(0, SurgeryOperation.SPLIT.cycles(17));
        assertEquals(10, SurgeryOperation.Y_BASIS.cycles(17));
        assertEquals(1, SurgeryOperation.Y_BASIS.epochs(17, 17));
        assertEquals(2, SurgeryOperation.CNOT.epochs(17, 17));
        assertEquals(3, SurgeryOperation.CNOT.epochs(17, 13));
    }

    private static RouteEnd end(TileGrid grid, int block) {
        return RouteEnd.anySide(List.of(grid.tileOf(block)));
    }
}
