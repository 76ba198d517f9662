package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;

/// Made-up records of epochs, and logs of them.
final class Epochs {

    private Epochs() {}

    /// Tenant t has a part in every t-th epoch, so some epochs have none.
    static EpochRecord record(long epoch, int tenants) {
        List<EpochRecord.Part> parts = new ArrayList<>();
        for (int tenant = 2; tenant < 2 + tenants; tenant++) {
            if (epoch % tenant == 0) parts.add(part(tenant, epoch));
        }
        return new EpochRecord(epoch, bytes("shared " + epoch), parts);
    }

    static EpochRecord.Part part(int tenant, long epoch) {
        return new EpochRecord.Part(new TenantId(tenant), bytes("part " + tenant + " " + epoch));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Gives the log the epochs from 1 to `last`.
    static void append(AuditLog log, long last) throws IOException {
        for (long epoch = 1; epoch <= last; epoch++) log.append(record(epoch, 5));
    }

    /// A closed log of the epochs 1 to `last`, a head every `epochsPerHead`.
    static AuditKey log(Path folder, long last, int epochsPerHead) throws IOException {
        AuditKey key = AuditKey.generate("example.org/log");
        try (AuditLog log = AuditLog.open(folder, key, epochsPerHead, () -> {})) {
            append(log, last);
        }
        return key;
    }
}
