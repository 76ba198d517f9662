package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Verifies a log from its folder and the public key alone.
public final class AuditCheck {

    /// A log that is what its head says.
    ///
    /// @param firstEpoch the epoch of the first entry; 0 if there is none
    /// @param past files that hold more than the head covers: a log at work has such
    public record Sound(TreeHead head, long firstEpoch, int past) {}

    /// A log that begins with all of an older one.
    ///
    /// @param proof of RFC 6962, from the older head to the newer
    public record Extension(TreeHead old, TreeHead head, List<byte[]> proof) {}

    private final TileFolder read;
    private final TreeHead head;
    private final TreeHash hash = new TreeHash();
    private long firstEpoch;

    private AuditCheck(Path folder, TreeHead head) {
        this.head = head;
        read = new TileFolder(folder, head.size(), hash);
    }

    /// Checks the signature, every tile, every entry, and that epochs follow one another.
    ///
    /// @throws AuditRefusal naming the first bad thing
    /// @throws java.nio.file.NoSuchFileException if the folder has no head
    public static Sound of(Path folder, VerifierKey key) throws IOException {
        var check = new AuditCheck(folder, head(folder, key));
        check.tree();
        int past = check.files(folder);
        return new Sound(check.head, check.firstEpoch, past);
    }

    /// Checks that the log of the folder begins with all that the older head covers.
    ///
    /// @param old a note that was once the head of the log
    /// @throws AuditRefusal if it does not, or one of the heads is not signed by the key
    public static Extension extension(Path folder, byte[] old, VerifierKey key) throws IOException {
        TreeHead head = head(folder, key);
        TreeHead older = open(old, key, "the older head");
        if (older.size() > head.size()) {
            throw new AuditRefusal(
                    "the log has %d epochs, the older head has %d"
                            .formatted(head.size(), older.size()));
        }
        var hash = new TreeHash();
        var read = new TileFolder(folder, head.size(), hash);
        List<byte[]> proof = MerkleProof.consistency(older.size(), head.size(), read, hash);
        if (!MerkleProof.isExtended(
                older.root(), older.size(), head.root(), head.size(), proof, hash)) {
            throw new AuditRefusal(
                    "the log of %d epochs does not begin with the %d of the older head"
                            .formatted(head.size(), older.size()));
        }
        return new Extension(older, head, proof);
    }

    /// The head of the folder's log.
    ///
    /// @throws AuditRefusal if it is not signed by the key
    private static TreeHead head(Path folder, VerifierKey key) throws IOException {
        return open(Files.readAllBytes(folder.resolve(AuditLog.HEAD)), key, AuditLog.HEAD);
    }

    private static TreeHead open(byte[] note, VerifierKey key, String what) throws AuditRefusal {
        try {
            return TreeHead.open(note, key);
        } catch (AuditRefusal refusal) {
            throw new AuditRefusal(what + ": " + refusal.getMessage());
        }
    }

    private void tree() throws IOException {
        var tree = new MerkleTree(hash);
        var tiles = new HashTiles();
        HashTiles.Sink same = (path, hashes) -> same(path, hashes, read);
        for (long bundle = 0; bundle * TilePath.FULL < head.size(); bundle++) {
            byte[] leaves = read.tile(0, bundle);
            List<byte[]> entries = read.entries(bundle);
            for (int i = 0; i < entries.size(); i++) {
                byte[] leafHash = hash.leaf(entries.get(i));
                int at = i * TreeHash.BYTES;
                if (!Arrays.equals(leafHash, 0, TreeHash.BYTES, leaves, at, at + TreeHash.BYTES)) {
                    throw new AuditRefusal(
                            "entry %d does not match its hash in %s"
                                    .formatted(
                                            tree.size(),
                                            TilePath.hashes(0, bundle, entries.size()).text()));
                }
                epoch(entries.get(i), tree.size());
                tree.append(leafHash);
                tiles.grow(tree, same);
            }
        }
        tiles.partials(same);
        if (!Arrays.equals(tree.root(), head.root())) {
            throw new AuditRefusal(
                    "the %d entries do not have the root that %s signs"
                            .formatted(head.size(), AuditLog.HEAD));
        }
    }

    private void epoch(byte[] entry, long index) throws AuditRefusal {
        long epoch = AuditLog.decode(entry, index).epoch();
        if (index == 0) firstEpoch = epoch;
        if (epoch != firstEpoch + index) {
            throw new AuditRefusal(
                    "entry %d is of epoch %d, expected epoch %d"
                            .formatted(index, epoch, firstEpoch + index));
        }
    }

    /// Holds files that the head does not need against it too: partial tiles of older heads, and
    /// the beginning of what came after.
    private int files(Path folder) throws IOException {
        int past = 0;
        for (Path file : TileWriter.files(folder.resolve(TilePath.FOLDER))) {
            String text = TileWriter.text(folder.relativize(file));
            Optional<TilePath> known = TilePath.of(text);
            if (known.isEmpty()) throw new AuditRefusal(text + " is no tile of a log");
            TilePath path = known.get();
            int covered = path.widthIn(head.size());
            if (path.width() > covered) past++;
            int width = Math.min(path.width(), covered);
            if (width > 0 && !agrees(path, Files.readAllBytes(file), width)) {
                throw new AuditRefusal(text + " differs from the log that the head covers");
            }
        }
        return past;
    }

    private boolean agrees(TilePath path, byte[] bytes, int width) throws IOException {
        if (!path.isEntries()) {
            int length = width * TreeHash.BYTES;
            return bytes.length == path.width() * TreeHash.BYTES
                    && Arrays.equals(
                            bytes, 0, length, read.tile(path.level(), path.index()), 0, length);
        }
        Optional<List<byte[]>> pieces = Bundle.read(bytes, Bundle.ENTRY, path.width());
        if (pieces.isEmpty()) return false;
        List<byte[]> entries = read.entries(path.index());
        for (int i = 0; i < width; i++) {
            if (!Arrays.equals(entries.get(i), pieces.get().get(i))) return false;
        }
        return true;
    }

    /// @throws AuditRefusal if the folder has other hashes there
    static void same(TilePath path, byte[] hashes, TileFolder read) throws IOException {
        if (!Arrays.equals(hashes, read.tile(path.level(), path.index()))) {
            throw new AuditRefusal(path.text() + " does not have the hashes of what is below it");
        }
    }
}
