package org.qmk.device;

import java.util.List;

/// The tiles of one module, row by row; all modules of a machine are alike.
///
/// The blocks of a module are its tiles of kind `BLOCK`, numbered row by row. Tiles of all modules
/// are numbered module by module, row by row. Side 2t is the one between tile t and its neighbour
/// to the right, side 2t + 1 the one between it and its neighbour below.
///
/// @param rows of one length, one letter a tile; none at all where only rates limit what is routed
public record TileFloor(List<String> rows) {

    /// A tile that holds one block.
    public static final char BLOCK = 'Q';

    /// A tile that routes lead through.
    public static final char LANE = '.';

    /// A tile where magic states and halves of Bell pairs come in.
    public static final char PORT = 'P';

    /// No tile.
    public static final char NOTHING = '#';

    public static final TileFloor NONE = new TileFloor(List.of());

    private static final int TILES_MAX = 1 << 24;

    public TileFloor {
        rows = List.copyOf(rows);
        int columns = rows.isEmpty() ? 0 : rows.getFirst().length();
        if ((long) rows.size() * columns > TILES_MAX) {
            throw new IllegalArgumentException("the floor has more than " + TILES_MAX + " tiles");
        }
        for (String row : rows) {
            boolean formed = row.length() == columns && columns > 0;
            for (int i = 0; i < row.length(); i++) formed &= "Q.P#".indexOf(row.charAt(i)) >= 0;
            if (!formed) {
                throw new IllegalArgumentException(
                        "row " + row + ", expected " + columns + " of the letters Q . P #");
            }
        }
    }

    public boolean isNone() {
        return rows.isEmpty();
    }

    public int columns() {
        return isNone() ? 0 : rows.getFirst().length();
    }

    /// Places for tiles in one module.
    public int size() {
        return rows.size() * columns();
    }

    /// The kind of a tile, by its number in its module.
    public char kind(int tile) {
        return rows.get(tile / columns()).charAt(tile % columns());
    }

    /// How many tiles of a module are of a kind.
    public int count(char kind) {
        int count = 0;
        for (int tile = 0; tile < size(); tile++) if (kind(tile) == kind) count++;
        return count;
    }
}
