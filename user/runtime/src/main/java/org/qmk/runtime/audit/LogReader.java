package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Reads what the signed head of a log's folder covers, and makes proofs under it. The log may be
/// at work meanwhile. One thread at a time.
final class LogReader {

    private final String note;
    private final TreeHead head;
    private final TreeHash hash = new TreeHash();
    private final TileFolder tiles;

    /// @throws java.nio.file.NoSuchFileException if the folder has no head
    LogReader(Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(AuditLog.HEAD));
        head = TreeHead.of(SignedNote.unverified(bytes));
        note = new String(bytes, StandardCharsets.UTF_8);
        tiles = new TileFolder(folder, head.size(), hash);
    }

    /// The signed head as it is kept; the signature is not verified.
    String note() {
        return note;
    }

    TreeHead head() {
        return head;
    }

    TreeHash hash() {
        return hash;
    }

    /// The place of an epoch's entry in the log; -1 if the head does not cover it.
    long index(long epoch) throws IOException {
        if (head.size() == 0) return -1;
        long first = AuditLog.decode(tiles.entries(0).getFirst(), 0).epoch();
        long index = epoch - first;
        return index < 0 || index >= head.size() ? -1 : index;
    }

    /// The entries of the bundle that has the entry of that index.
    List<byte[]> entries(long index) throws IOException {
        return tiles.entries(index / TilePath.FULL);
    }

    /// The private parts of the epochs of that bundle.
    List<byte[]> parts(long index) throws IOException {
        return tiles.parts(index / TilePath.FULL);
    }

    List<byte[]> inclusion(long index) throws IOException {
        return MerkleProof.inclusion(index, head.size(), tiles, hash);
    }
}
