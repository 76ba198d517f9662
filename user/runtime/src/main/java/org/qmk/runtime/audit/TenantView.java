package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.EpochRecord.Part;
import org.qmk.kernel.call.TenantId;

/// What a tenant is given: its own part of each of its epochs, with the proof that the part is in
/// the log under a signed head. It shows nothing of another tenant's part.
///
/// It proves what is in it, and not that nothing is missing from it.
///
/// @param note the signed head
public record TenantView(TenantId tenant, String note, List<Epoch> epochs) {

    /// A part and its proofs. Arrays are not to be changed.
    ///
    /// @param index the place of the entry in the log
    /// @param entry an `AuditLeaf`
    /// @param inclusion proof from the entry to the signed root
    /// @param blind opens the commitment to the part
    /// @param place the part's place among those of its epoch
    /// @param partInclusion proof from the commitment to the root in the entry
    public record Epoch(
            long index,
            byte[] entry,
            List<byte[]> inclusion,
            byte[] part,
            byte[] blind,
            int place,
            List<byte[]> partInclusion) {

        public Epoch {
            inclusion = List.copyOf(inclusion);
            partInclusion = List.copyOf(partInclusion);
        }
    }

    public TenantView {
        epochs = List.copyOf(epochs);
    }

    /// The view that the log of the folder gives to the tenant. Reads `private/`.
    ///
    /// @throws AuditRefusal if the folder's private parts are not those of its log
    /// @throws java.nio.file.NoSuchFileException if the folder has no head or no secret
    public static TenantView of(Path folder, TenantId tenant) throws IOException {
        return of(new LogReader(folder), folder, tenant, 0, Long.MAX_VALUE);
    }

    /// The part of the tenant's view that is about one epoch; without epochs if nothing was decided
    /// for the tenant in it, or the head does not cover it.
    ///
    /// @throws AuditRefusal if the folder's private parts are not those of its log
    /// @throws java.nio.file.NoSuchFileException if the folder has no head or no secret
    public static TenantView of(Path folder, TenantId tenant, long epoch) throws IOException {
        var log = new LogReader(folder);
        long index = log.index(epoch);
        return index < 0
                ? new TenantView(tenant, log.note(), List.of())
                : of(log, folder, tenant, index, index + 1);
    }

    /// @param from index of the first entry to look at
    /// @param to index past the last; entries that the head does not cover are none
    private static TenantView of(LogReader log, Path folder, TenantId tenant, long from, long to)
            throws IOException {
        var blinds = new PartBlinds(Files.readAllBytes(folder.resolve(AuditLog.SECRET)));
        List<Epoch> epochs = new ArrayList<>();
        long end = Math.min(to, log.head().size());
        long index = from;
        while (index < end) {
            List<byte[]> entries = log.entries(index);
            List<byte[]> parts = log.parts(index);
            int first = (int) (index % TilePath.FULL);
            for (int i = first; i < entries.size() && index < end; i++, index++) {
                AuditLeaf leaf = AuditLog.decode(entries.get(i), index);
                EpochRecord record = record(leaf, parts.get(i));
                int place = place(record.parts(), tenant);
                if (place < 0) continue;
                List<byte[]> leaves = blinds.commitments(record);
                epochs.add(
                        new Epoch(
                                index,
                                entries.get(i),
                                log.inclusion(index),
                                record.parts().get(place).bytes(),
                                blinds.blind(tenant, leaf.epoch()),
                                place,
                                partInclusion(place, leaves, log.hash())));
            }
        }
        var view = new TenantView(tenant, log.note(), epochs);
        view.verify(log.head()); // what is damaged on disk must not leave it
        return view;
    }

    /// Checks every proof of the view against its head, and the head against the key.
    ///
    /// @throws AuditRefusal naming the first bad thing
    public TreeHead verify(VerifierKey key) throws AuditRefusal {
        TreeHead head = TreeHead.open(note.getBytes(StandardCharsets.UTF_8), key);
        verify(head);
        return head;
    }

    private void verify(TreeHead head) throws AuditRefusal {
        var hash = new TreeHash();
        MessageDigest sha256 = TreeHash.sha256();
        long before = -1;
        for (Epoch epoch : epochs) {
            if (epoch.index <= before) {
                throw new AuditRefusal(
                        "entry %d comes after entry %d".formatted(epoch.index, before));
            }
            before = epoch.index;
            AuditLeaf leaf = AuditLog.decode(epoch.entry, epoch.index);
            byte[] entryHash = hash.leaf(epoch.entry);
            if (!MerkleProof.includes(
                    head.root(), head.size(), epoch.index, entryHash, epoch.inclusion, hash)) {
                throw new AuditRefusal(
                        "the entry of epoch %d is not proved to be in the log"
                                .formatted(leaf.epoch()));
            }
            byte[] committed = PartBlinds.commitment(epoch.blind, tenant, epoch.part, sha256);
            if (epoch.blind.length != PartBlinds.BYTES
                    || !MerkleProof.includes(
                            leaf.root(),
                            leaf.parts(),
                            epoch.place,
                            committed,
                            epoch.partInclusion,
                            hash)) {
                throw new AuditRefusal(
                        "the part of epoch %d is not proved to be tenant %d's"
                                .formatted(leaf.epoch(), tenant.number()));
            }
        }
    }

    private static EpochRecord record(AuditLeaf leaf, byte[] parts) throws AuditRefusal {
        try {
            return new EpochRecord(leaf.epoch(), leaf.shared(), EpochParts.decode(parts));
        } catch (ByteReader.Malformed malformed) {
            throw new AuditRefusal(
                    "the parts of epoch %d cannot be read: %s"
                            .formatted(leaf.epoch(), malformed.getMessage()));
        }
    }

    private static int place(List<Part> parts, TenantId tenant) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).tenant().equals(tenant)) return i;
        }
        return -1;
    }

    private static List<byte[]> partInclusion(int place, List<byte[]> leaves, TreeHash hash)
            throws IOException {
        SubtreeSource source =
                new SubtreeSource() {
                    @Override
                    public byte[] subtree(int level, long index) throws IOException {
                        if (level == 0) return leaves.get((int) index);
                        return hash.node(
                                subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
                    }
                };
        return MerkleProof.inclusion(place, leaves.size(), source, hash);
    }
}
