package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.EpochRecord;

/// The audit log of a kernel in a folder: one entry for each closed epoch, under signed heads.
///
/// Entries are collected in memory. A tile that fills up is written at once, the others when a head
/// is signed: every so many epochs, on demand, and at close. A crash loses what came after the last
/// head; the kernel's replay brings it again. One thread at a time.
///
/// After an `IOException` the log takes nothing more and signs no head; open it anew.
public final class AuditLog implements AutoCloseable {

    /// The log's usual folder within a data folder.
    public static final String FOLDER = "audit";

    /// The file of the signed head.
    public static final String HEAD = "checkpoint";

    /// Epochs between two heads, where nobody asks for another number.
    public static final int EPOCHS_PER_HEAD = 1_024;

    static final String SECRET = "private/secret";

    private static final String LOCK = "private/lock";

    /// Makes the inputs of all appended epochs durable. A signed head cannot be taken back, so the
    /// journal must not lose what led to it.
    @FunctionalInterface
    public interface Barrier {
        void sync() throws IOException;
    }

    private final AuditKey key;
    private final int epochsPerHead;
    private final Barrier barrier;
    private final FileChannel lock;
    private final TreeHash hash = new TreeHash();
    private final PartBlinds blinds;
    private final MerkleTree tree = new MerkleTree(hash);
    private final HashTiles tiles = new HashTiles();
    private final Bundle entries = new Bundle(Bundle.ENTRY);
    private final Bundle parts = new Bundle(Bundle.PARTS);
    private final TileWriter writer;
    private final TileFolder fullTiles;
    private TreeHead head;

    /// The epoch of the first entry; without meaning while the log is empty.
    private long firstEpoch;

    /// False while something is half done, and for good if that failed.
    private boolean whole = true;

    private AuditLog(
            Path folder, AuditKey key, int epochsPerHead, Barrier barrier, FileChannel lock)
            throws IOException {
        this.key = key;
        this.epochsPerHead = epochsPerHead;
        this.barrier = barrier;
        this.lock = lock;
        writer = new TileWriter(folder);
        fullTiles = new TileFolder(folder, Long.MAX_VALUE, hash);
        boolean isNew = !Files.exists(folder.resolve(HEAD));
        blinds = new PartBlinds(secret(folder, isNew));
        if (isNew) {
            sign();
        } else {
            head = TreeHead.open(Files.readAllBytes(folder.resolve(HEAD)), key.verifier());
            recover(new TileFolder(folder, head.size(), hash));
            writer.dropPast(head.size());
        }
    }

    /// Opens a log whose caller makes inputs durable before it appends what came of them.
    public static AuditLog open(Path folder, AuditKey key) throws IOException {
        return open(folder, key, EPOCHS_PER_HEAD, () -> {});
    }

    /// Opens the log of the folder, or begins one.
    ///
    /// @param epochsPerHead a head is signed whenever that many epochs came after the last one
    /// @param barrier called before a head is signed
    /// @throws AuditRefusal if the tiles do not match the head, the key is another log's, or the
    ///     log is open elsewhere
    public static AuditLog open(Path folder, AuditKey key, int epochsPerHead, Barrier barrier)
            throws IOException {
        if (epochsPerHead < 1) {
            throw new IllegalArgumentException("a head every " + epochsPerHead + " epochs");
        }
        boolean isNew = !Files.exists(folder.resolve(HEAD));
        if (isNew && Files.exists(folder.resolve(TilePath.FOLDER))) {
            throw new AuditRefusal(folder + " has tiles but no " + HEAD);
        }
        Files.createDirectories(folder);
        Path hidden = folder.resolve(SECRET).getParent();
        if (!Files.isDirectory(hidden)) {
            Files.createDirectory(hidden, AuditKey.ownerOnly("rwx------"));
        }
        FileChannel lock = lock(folder);
        try {
            return new AuditLog(folder, key, epochsPerHead, barrier, lock);
        } catch (IOException | RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    /// Epochs in the log, signed for or not.
    public long size() {
        return tree.size();
    }

    /// The head that was signed last.
    public TreeHead head() {
        return head;
    }

    /// Takes the record of the next epoch. One that the log has already is compared instead: a
    /// kernel that replays its journal gives all its records again.
    ///
    /// @throws AuditRefusal if the log has another record of that epoch, or epochs are left out
    public void append(EpochRecord record) throws IOException {
        beWhole();
        AuditLeaf leaf = leaf(record);
        byte[] entry = leaf.encode();
        byte[] leafHash = hash.leaf(entry);
        long index = tree.size() == 0 ? 0 : record.epoch() - firstEpoch;
        if (index < 0 || index > tree.size()) {
            throw new AuditRefusal(
                    "the log has epochs %d to %d and was given epoch %d, expected epoch %d"
                            .formatted(
                                    firstEpoch,
                                    firstEpoch + tree.size() - 1,
                                    record.epoch(),
                                    firstEpoch + tree.size()));
        }
        if (index < tree.size()) {
            if (!Arrays.equals(leafHash, leafHash(index))) {
                throw new AuditRefusal(
                        "epoch %d is in the log with another record".formatted(record.epoch()));
            }
            return;
        }
        whole = false;
        if (tree.size() == 0) firstEpoch = record.epoch();
        entries.add(entry);
        parts.add(EpochParts.encode(record));
        tree.append(leafHash);
        tiles.grow(tree, this::full);
        whole = true;
        if (tree.size() - head.size() >= epochsPerHead) checkpoint();
    }

    /// Makes the log durable and signs a head over it, unless the last head covers it already.
    public void checkpoint() throws IOException {
        beWhole();
        if (tree.size() == head.size()) return;
        barrier.sync();
        whole = false;
        tiles.partials(this::partial);
        TilePath last = tiles.leaves();
        if (last.width() > 0) {
            TilePath bundle = TilePath.entries(last.index(), last.width());
            writer.write(bundle.text(), entries.bytes());
            writer.write(TileFolder.parts(last.index(), last.width()), parts.bytes());
        }
        sign();
        whole = true;
    }

    /// Signs a last head and lets go of the folder.
    @Override
    public void close() throws IOException {
        try (lock) {
            if (whole && lock.isOpen()) checkpoint();
        }
    }

    /// Lets go of the folder and signs nothing, for a caller who cannot stand for what he appended.
    public void abandon() throws IOException {
        whole = false;
        lock.close();
    }

    private void sign() throws IOException {
        var next = new TreeHead(key.verifier().name(), tree.size(), tree.root());
        writer.head(next.sign(key));
        head = next;
    }

    private void partial(TilePath path, byte[] hashes) throws IOException {
        // What the last head covers is durable, and must not be torn by writing it again.
        if (path.widthIn(head.size()) < path.width()) writer.write(path.text(), hashes);
    }

    private void full(TilePath path, byte[] hashes) throws IOException {
        writer.write(path.text(), hashes);
        writer.filled(path.text());
        if (path.level() > 0) return;
        String bundle = TilePath.entries(path.index(), TilePath.FULL).text();
        writer.write(bundle, entries.bytes());
        writer.filled(bundle);
        String hidden = TileFolder.parts(path.index(), TilePath.FULL);
        writer.write(hidden, parts.bytes());
        writer.filled(hidden);
        entries.clear();
        parts.clear();
    }

    private AuditLeaf leaf(EpochRecord record) {
        var inner = new MerkleTree(hash);
        for (byte[] commitment : blinds.commitments(record)) inner.append(commitment);
        return new AuditLeaf(record.epoch(), record.shared(), record.parts().size(), inner.root());
    }

    private byte[] leafHash(long index) throws IOException {
        int place = (int) (index % TilePath.FULL);
        if (index / TilePath.FULL == tiles.leaves().index()) return tiles.leaf(place);
        byte[] tile = fullTiles.tile(0, index / TilePath.FULL);
        return Arrays.copyOfRange(tile, place * TreeHash.BYTES, (place + 1) * TreeHash.BYTES);
    }

    /// Reads what the head covers, and holds every tile against it. Entries of full bundles are
    /// left to `AuditCheck` and to replay.
    private void recover(TileFolder read) throws IOException {
        long size = head.size();
        HashTiles.Sink same = (path, hashes) -> AuditCheck.same(path, hashes, read);
        for (long index = 0; index * TilePath.FULL < size; index++) {
            byte[] tile = read.tile(0, index);
            for (int at = 0; at < tile.length; at += TreeHash.BYTES) {
                tree.append(Arrays.copyOfRange(tile, at, at + TreeHash.BYTES));
                tiles.grow(tree, same);
            }
        }
        tiles.partials(same);
        if (!Arrays.equals(tree.root(), head.root())) {
            throw new AuditRefusal("the tiles do not have the root that " + HEAD + " signs");
        }
        if (size == 0) return;
        firstEpoch = decode(read.entries(0).getFirst(), 0).epoch();
        recoverLast(read, (size - 1) / TilePath.FULL);
    }

    private void recoverLast(TileFolder read, long bundle) throws IOException {
        List<byte[]> lastEntries = read.entries(bundle);
        List<byte[]> lastParts = read.parts(bundle);
        boolean open = lastEntries.size() < TilePath.FULL;
        for (int i = 0; i < lastEntries.size(); i++) {
            long index = bundle * TilePath.FULL + i;
            byte[] entry = lastEntries.get(i);
            AuditLeaf leaf = decode(entry, index);
            if (!Arrays.equals(hash.leaf(entry), leafHash(index))) {
                throw new AuditRefusal("entry " + index + " does not match its hash in the tree");
            }
            try {
                var given =
                        new EpochRecord(
                                leaf.epoch(), leaf.shared(), EpochParts.decode(lastParts.get(i)));
                if (!Arrays.equals(leaf(given).root(), leaf.root())) {
                    throw new AuditRefusal(
                            "the parts of epoch %d or %s are not those of the log"
                                    .formatted(leaf.epoch(), SECRET));
                }
            } catch (ByteReader.Malformed malformed) {
                throw new AuditRefusal("the parts of epoch " + leaf.epoch() + " cannot be read");
            }
            if (open) {
                entries.add(entry);
                parts.add(lastParts.get(i));
            }
        }
    }

    /// @throws AuditRefusal if the bytes are no entry
    static AuditLeaf decode(byte[] entry, long index) throws AuditRefusal {
        try {
            return AuditLeaf.decode(entry);
        } catch (ByteReader.Malformed malformed) {
            throw new AuditRefusal(
                    "entry %d is no record of an epoch: %s"
                            .formatted(index, malformed.getMessage()));
        }
    }

    /// The secret that blinds parts; made with the log.
    private static byte[] secret(Path folder, boolean isNew) throws IOException {
        Path file = folder.resolve(SECRET);
        if (isNew && !Files.exists(file)) {
            byte[] made = new byte[PartBlinds.BYTES];
            new SecureRandom().nextBytes(made);
            AuditKey.writePrivate(file, made);
        }
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != PartBlinds.BYTES) {
            throw new AuditRefusal(
                    "%s has %d bytes, expected %d"
                            .formatted(SECRET, secret.length, PartBlinds.BYTES));
        }
        return secret;
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = null;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException heldByUs) {
            // The same answer as for another process.
        } finally {
            if (held == null) channel.close();
        }
        if (held == null) throw new AuditRefusal(folder + " is open in another kernel");
        return channel;
    }

    private void beWhole() throws AuditRefusal {
        if (!whole) throw new AuditRefusal("the log failed before; open it anew");
        if (!lock.isOpen()) throw new AuditRefusal("the log is closed");
    }
}
