package org.qmk.runtime.audit;

import java.util.ArrayList;
import java.util.List;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.EpochRecord.Part;
import org.qmk.kernel.call.TenantId;

/// The private bytes of an epoch: the parts that its entry only commits to.
final class EpochParts {

    private EpochParts() {}

    static byte[] encode(EpochRecord record) {
        List<Part> parts = record.parts();
        int length = Leb128.length(parts.size());
        for (Part part : parts) {
            int bytes = part.bytes().length;
            int fields = Leb128.length(part.tenant().number()) + Leb128.length(bytes) + bytes;
            length = Math.addExact(length, fields);
        }
        byte[] encoded = new byte[length];
        int at = Leb128.put(encoded, 0, parts.size());
        for (Part part : parts) {
            int bytes = part.bytes().length;
            at = Leb128.put(encoded, at, part.tenant().number());
            at = Leb128.put(encoded, at, bytes);
            System.arraycopy(part.bytes(), 0, encoded, at, bytes);
            at += bytes;
        }
        return encoded;
    }

    /// @throws ByteReader.Malformed if the bytes are no parts
    static List<Part> decode(byte[] bytes) throws ByteReader.Malformed {
        var in = new ByteReader(bytes);
        int count = in.count(2);
        List<Part> parts = new ArrayList<>(count);
        long before = -1;
        for (int i = 0; i < count; i++) {
            int at = in.position();
            int tenant = (int) in.uint(Integer.MAX_VALUE);
            if (tenant <= before) throw new ByteReader.Malformed(at, "tenants in their order");
            before = tenant;
            parts.add(new Part(new TenantId(tenant), in.counted()));
        }
        in.end();
        return parts;
    }
}
