package org.qmk.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.qmk.kernel.call.EpochRecord;
import org.qmk.kernel.call.TenantId;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;

/// Audit logs of made-up epochs, counted from 1; each has a part for the tenants 1 and 2.
final class SampleLog {

    private SampleLog() {}

    /// Makes the log of the folder have that many epochs. Its keys are there too.
    static void extend(Path folder, int epochs) {
        try (AuditLog log = AuditLog.open(folder, AuditKey.in(folder, "example.org/log"))) {
            for (int epoch = 1; epoch <= epochs; epoch++) log.append(record(epoch));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static EpochRecord record(int epoch) {
        byte[] shared = ("epoch " + epoch).getBytes(StandardCharsets.UTF_8);
        return new EpochRecord(epoch, shared, List.of(part(1, epoch), part(2, epoch)));
    }

    private static EpochRecord.Part part(int tenant, int epoch) {
        byte[] bytes = (tenant + " in " + epoch).getBytes(StandardCharsets.UTF_8);
        return new EpochRecord.Part(new TenantId(tenant), bytes);
    }
}
