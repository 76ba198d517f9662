package org.qmk.runtime.audit;

import java.util.ArrayList;
import java.util.List;
import org.qmk.codec.ByteReader;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.EpochRecord.Part;
import org.qmk.kernel.call.TenantId;
import org.qmk.qvm.ByteWriter;

/// The private bytes of an epoch: the parts that its entry only commits to.
final class EpochParts {

    private EpochParts() {}

    static byte[] encode(EpochRecord record) {
        var out = ByteWriter.keeping().uint(record.parts().size());
        for (Part part : record.parts()) out.uint(part.tenant().number()).counted(part.bytes());
        return out.bytes();
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
