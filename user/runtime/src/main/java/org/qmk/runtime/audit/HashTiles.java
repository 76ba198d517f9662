package org.qmk.runtime.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Cuts the hashes of a growing tree into tiles: hands over each that is full and keeps the others.
final class HashTiles {

    /// Takes tiles.
    @FunctionalInterface
    interface Sink {
        void tile(TilePath path, byte[] hashes) throws IOException;
    }

    /// The last tile of a level, which is not full.
    private static final class Open {
        private final byte[] hashes = new byte[TilePath.FULL * TreeHash.BYTES];
        private long index;
        private int width;
    }

    private final List<Open> levels = new ArrayList<>();

    /// Takes the hashes that the tree's last append completed.
    void grow(MerkleTree tree, Sink full) throws IOException {
        boolean filled = true;
        for (int level = 0; filled; level++) {
            if (level == levels.size()) levels.add(new Open());
            Open open = levels.get(level);
            byte[] hash = tree.completed(level * TilePath.HEIGHT);
            System.arraycopy(hash, 0, open.hashes, open.width * TreeHash.BYTES, TreeHash.BYTES);
            open.width++;
            filled = open.width == TilePath.FULL;
            if (filled) {
                full.tile(TilePath.hashes(level, open.index, open.width), open.hashes.clone());
                open.index++;
                open.width = 0;
            }
        }
    }

    /// Hands over the tiles that are not full.
    void partials(Sink sink) throws IOException {
        for (int level = 0; level < levels.size(); level++) {
            Open open = levels.get(level);
            if (open.width == 0) continue;
            sink.tile(
                    TilePath.hashes(level, open.index, open.width),
                    Arrays.copyOf(open.hashes, open.width * TreeHash.BYTES));
        }
    }

    /// The last tile of level 0, which may be empty.
    TilePath leaves() {
        if (levels.isEmpty()) return TilePath.hashes(0, 0, 0);
        return TilePath.hashes(0, levels.getFirst().index, levels.getFirst().width);
    }

    /// A hash of the last tile of level 0.
    byte[] leaf(int place) {
        int at = place * TreeHash.BYTES;
        return Arrays.copyOfRange(levels.getFirst().hashes, at, at + TreeHash.BYTES);
    }
}
