package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What everybody may be given of one epoch: its entry, with the proof that it is in the log under
/// a signed head. Arrays are not to be changed.
///
/// @param note the signed head
/// @param index the place of the entry in the log
/// @param entry an `AuditLeaf`
/// @param inclusion proof from the entry to the signed root
public record EntryProof(String note, long index, byte[] entry, List<byte[]> inclusion) {

    public EntryProof {
        inclusion = List.copyOf(inclusion);
    }

    /// The proof for an epoch under the head of the folder's log; none if the head does not cover
    /// the epoch.
    ///
    /// @throws AuditRefusal if the folder's files do not fit its head
    /// @throws java.nio.file.NoSuchFileException if the folder has no head
    public static Optional<EntryProof> of(Path folder, long epoch) throws IOException {
        var log = new LogReader(folder);
        long index = log.index(epoch);
        if (index < 0) return Optional.empty();
        byte[] entry = log.entries(index).get((int) (index % TilePath.FULL));
        var proof = new EntryProof(log.note(), index, entry, log.inclusion(index));
        proof.verify(log.head()); // what is damaged on disk must not leave it
        return Optional.of(proof);
    }

    /// Checks the proof against its head, and the head against the key.
    ///
    /// @throws AuditRefusal naming the first bad thing
    public AuditLeaf verify(VerifierKey key) throws AuditRefusal {
        return verify(TreeHead.open(note.getBytes(StandardCharsets.UTF_8), key));
    }

    private AuditLeaf verify(TreeHead head) throws AuditRefusal {
        AuditLeaf leaf = AuditLog.decode(entry, index);
        var hash = new TreeHash();
        byte[] entryHash = hash.leaf(entry);
        if (!MerkleProof.includes(head.root(), head.size(), index, entryHash, inclusion, hash)) {
            throw new AuditRefusal(
                    "the entry of epoch %d is not proved to be in the log".formatted(leaf.epoch()));
        }
        return leaf;
    }
}
