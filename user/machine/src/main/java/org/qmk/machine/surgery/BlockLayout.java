package org.qmk.machine.surgery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.qmk.device.TileFloor;

/// Layouts of n logical qubits on tiles, and how fast they consume magic states.
///
/// Source: Litinski, A Game of Surface Codes, arXiv:1808.02892, section 3.
public enum BlockLayout {

    /// Two rows of patches with a lane between them: 1.5n + 3 tiles. A patch turns one kind of
    /// boundary to the lane, so the rows are rotated one after the other.
    COMPACT(6, 2),

    /// A row of patches and a lane: 2n + 4 tiles. The patches rotate all at once, on their way to
    /// the other row.
    INTERMEDIATE(2, 2),

    /// Rows of two-tile patches between lanes, as square as can be: 2n + √(8n) + 1 tiles. Every
    /// boundary lies on a lane.
    FAST(0, 0);

    /// Qubits of the largest block.
    public static final int QUBITS_MAX = 1 << 20;

    /// The joint measurement with a magic state.
    private static final int MEASUREMENT = 1;

    private final int rotation;
    private final int yBasis;

    /// @param rotation steps until the wanted boundaries lie on a lane, at worst
    /// @param yBasis steps of the two explicit π/4 rotations that stand for Y operators
    BlockLayout(int rotation, int yBasis) {
        this.rotation = rotation;
        this.yBasis = yBasis;
    }

    public static Optional<BlockLayout> named(String name) {
        for (BlockLayout block : values()) {
            if (block.word().equals(name)) return Optional.of(block);
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Steps in which one magic state is consumed by a π/8 rotation, at worst.
    public int stepsPerMagicState() {
        return rotation + yBasis + MEASUREMENT;
    }

    /// The published number of tiles, rounded up.
    ///
    /// @param qubits 1 to `QUBITS_MAX`
    public int tiles(int qubits) {
        checkQubits(qubits);
        return switch (this) {
            case COMPACT -> (3 * qubits + 1) / 2 + 3;
            case INTERMEDIATE -> 2 * qubits + 4;
            case FAST -> 2 * qubits + rootUp(8L * qubits) + 1;
        };
    }

    /// The layout; its tiles other than `TileFloor.NOTHING` are as many as `tiles` says.
    public TileFloor floor(int qubits) {
        checkQubits(qubits);
        return new TileFloor(
                switch (this) {
                    case COMPACT -> compact(qubits);
                    case INTERMEDIATE -> intermediate(qubits);
                    case FAST -> fast(qubits);
                });
    }

    /// The boundaries that patches turn to the lanes as the layout stands: before any rotation.
    ///
    /// @return whether operators of that boundary can be measured at once
    public boolean reaches(Boundary boundary) {
        return switch (this) {
            case COMPACT, INTERMEDIATE -> boundary == Boundary.Z;
            case FAST -> true;
        };
    }

    private static List<String> compact(int qubits) {
        int top = (qubits + 1) / 2;
        int bottom = qubits / 2;
        return List.of(
                row(top, 1, top + 1),
                lanes(top + 1),
                // Of an odd number of qubits the last column has one.
                tiles(TileFloor.BLOCK, bottom) + tiles(TileFloor.NOTHING, top - bottom) + lanes(1));
    }

    private static List<String> intermediate(int qubits) {
        return List.of(lanes(1) + row(qubits, 1, qubits + 1), lanes(qubits + 2));
    }

    /// Rows of patches, each with a lane above it, and a last lane; a column of lane joins them.
    /// What is not needed beside and below a last row that is shorter is left out.
    private static List<String> fast(int qubits) {
        int width = fastWidth(qubits);
        int columns = width + 1;
        List<String> rows = new ArrayList<>();
        int left = qubits;
        rows.add(lanes(columns));
        while (left > width) {
            rows.add(lanes(1) + tiles(TileFloor.BLOCK, width));
            rows.add(lanes(columns));
            left -= width;
        }
        String beside = tiles(TileFloor.NOTHING, width - left);
        rows.add(lanes(1) + tiles(TileFloor.BLOCK, left) + beside);
        rows.add(lanes(1 + left) + beside);
        return rows;
    }

    /// The patches in a row with which width and twice the number of rows are least together.
    private static int fastWidth(int qubits) {
        int best = 1;
        int least = Integer.MAX_VALUE;
        for (int width = 1; width <= Math.min(qubits, rootUp(8L * qubits)); width++) {
            int cost = width + 2 * Math.ceilDiv(qubits, width);
            if (cost >= least) continue;
            least = cost;
            best = width;
        }
        return best;
    }

    private static int rootUp(long square) {
        int root = (int) Math.sqrt(square);
        while ((long) root * root < square) root++;
        return root;
    }

    private static String row(int patches, int lanes, int columns) {
        return tiles(TileFloor.BLOCK, patches)
                + lanes(lanes)
                + tiles(TileFloor.NOTHING, columns - patches - lanes);
    }

    private static String lanes(int count) {
        return tiles(TileFloor.LANE, count);
    }

    private static String tiles(char kind, int count) {
        return String.valueOf(kind).repeat(count);
    }

    private static void checkQubits(int qubits) {
        if (qubits < 1 || qubits > QUBITS_MAX) {
            throw new IllegalArgumentException(
                    "qubits are %d, expected 1 to %d".formatted(qubits, QUBITS_MAX));
        }
    }
}
