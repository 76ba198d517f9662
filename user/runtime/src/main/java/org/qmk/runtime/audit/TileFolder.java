package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Reads the tiles and entries of a log of a given size. What it reads is checked in length only:
/// whoever uses it compares roots.
final class TileFolder implements SubtreeSource {

    /// Private parts, laid out as the entries are; below the log's folder.
    static final String PARTS = "private/parts/";

    private static final int LEVELS = 8;

    private final Path folder;
    private final long size;
    private final TreeHash hash;

    /// The tile of each level that was read last.
    private final byte[][] tiles = new byte[LEVELS][];

    private final long[] tileIndex = new long[LEVELS];

    TileFolder(Path folder, long size, TreeHash hash) {
        this.folder = folder;
        this.size = size;
        this.hash = hash;
    }

    @Override
    public byte[] subtree(int level, long index) throws IOException {
        int depth = level % TilePath.HEIGHT;
        long first = index << depth;
        byte[] tile = tile(level / TilePath.HEIGHT, first / TilePath.FULL);
        int start = (int) (first % TilePath.FULL);
        if ((start + (1 << depth)) * TreeHash.BYTES > tile.length) {
            throw new IllegalArgumentException("no subtree " + index + " of level " + level);
        }
        return root(tile, start, 1 << depth);
    }

    /// The bytes of a tile of hashes, as far as the log's size goes.
    byte[] tile(int level, long index) throws IOException {
        if (tiles[level] == null || tileIndex[level] != index) {
            TilePath path = TilePath.hashes(level, index, TilePath.FULL);
            int width = path.widthIn(size);
            byte[] bytes = read(TilePath.hashes(level, index, width));
            tiles[level] = Arrays.copyOf(bytes, width * TreeHash.BYTES);
            tileIndex[level] = index;
        }
        return tiles[level];
    }

    /// The hash over `count` hashes of a tile, `count` being a power of two.
    byte[] root(byte[] tile, int start, int count) {
        byte[][] row = new byte[count][];
        for (int i = 0; i < count; i++) {
            int at = (start + i) * TreeHash.BYTES;
            row[i] = Arrays.copyOfRange(tile, at, at + TreeHash.BYTES);
        }
        for (int left = count; left > 1; left /= 2) {
            for (int i = 0; i < left; i += 2) row[i / 2] = hash.node(row[i], row[i + 1]);
        }
        return row[0];
    }

    /// The entries of a bundle, as far as the log's size goes.
    List<byte[]> entries(long index) throws IOException {
        int width = TilePath.entries(index, TilePath.FULL).widthIn(size);
        TilePath path = TilePath.entries(index, width);
        return pieces(path.text(), path.full().text(), width, Bundle.ENTRY);
    }

    /// The private parts of the epochs of a bundle.
    List<byte[]> parts(long index) throws IOException {
        int width = TilePath.entries(index, TilePath.FULL).widthIn(size);
        return pieces(parts(index, width), parts(index, TilePath.FULL), width, Bundle.PARTS);
    }

    static String parts(long index, int width) {
        return PARTS + TilePath.number(index) + (width == TilePath.FULL ? "" : ".p/" + width);
    }

    private List<byte[]> pieces(String path, String full, int width, int lengthBytes)
            throws IOException {
        boolean hasIt = Files.exists(folder.resolve(path));
        byte[] bytes = bytes(hasIt ? path : full, path);
        int count = hasIt ? width : TilePath.FULL;
        List<byte[]> pieces =
                Bundle.read(bytes, lengthBytes, count)
                        .orElseThrow(
                                () ->
                                        new AuditRefusal(
                                                "%s does not hold %d pieces after their lengths"
                                                        .formatted(path, width)));
        return pieces.subList(0, width);
    }

    /// A tile, or the full one that took its place: a log drops partial tiles that filled up.
    private byte[] read(TilePath path) throws IOException {
        String text = path.text();
        boolean hasIt = Files.exists(folder.resolve(text));
        byte[] bytes = bytes(hasIt ? text : path.full().text(), text);
        int expected = (hasIt ? path.width() : TilePath.FULL) * TreeHash.BYTES;
        if (bytes.length != expected) {
            throw new AuditRefusal(
                    "%s has %d bytes, expected %d".formatted(text, bytes.length, expected));
        }
        return bytes;
    }

    private byte[] bytes(String path, String wanted) throws IOException {
        try {
            return Files.readAllBytes(folder.resolve(path));
        } catch (NoSuchFileException missing) {
            throw new AuditRefusal(wanted + " is missing");
        }
    }
}
