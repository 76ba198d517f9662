package org.qmk.runtime.audit;

import java.util.Arrays;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.qvm.ByteWriter;

/// An entry of the log: what everyone may see of an epoch, and the root over its tenants' parts.
///
/// @param shared not to be changed
/// @param parts how many parts there are
/// @param root of the tree over the commitments to the parts; not to be changed
public record AuditLeaf(long epoch, byte[] shared, int parts, byte[] root) {

    private static final byte[] MARK = {'Q', 'M', 'K', 'A'};
    private static final int VERSION = 1;

    byte[] encode() {
        var out = ByteWriter.keeping().raw(MARK).uint(VERSION);
        return out.uint(epoch).counted(shared).uint(parts).raw(root).bytes();
    }

    /// @throws ByteReader.Malformed if the bytes are no entry
    static AuditLeaf decode(byte[] bytes) throws ByteReader.Malformed {
        var in = new ByteReader(bytes);
        if (!Arrays.equals(in.raw(MARK.length), MARK)) {
            throw new ByteReader.Malformed(0, "the letters QMKA");
        }
        if (in.uint(Integer.MAX_VALUE) != VERSION) {
            throw new ByteReader.Malformed(MARK.length, "version " + VERSION);
        }
        long epoch = in.uint(Long.MAX_VALUE);
        int at = in.position();
        byte[] shared = in.counted();
        if (shared.length > EpochRecord.SHARED_BYTES_MAX) {
            throw new ByteReader.Malformed(at, "fewer shared bytes");
        }
        int parts = (int) in.uint(Integer.MAX_VALUE);
        byte[] root = in.raw(TreeHash.BYTES);
        in.end();
        return new AuditLeaf(epoch, shared, parts, root);
    }
}
