package org.qmk.server.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.Journal;
import org.qmk.runtime.Witness;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;

/// The audit log while a journal is replayed: a crash loses what came after the last signed head,
/// and the replay gives the log all records again.
final class AuditCatchUp implements Witness {

    private final AuditLog log;
    private final Path file;
    private Optional<Journal> journal = Optional.empty();

    AuditCatchUp(Path dataFolder, AuditKey key) throws IOException {
        file = dataFolder.resolve(Journal.FILE);
        log =
                AuditLog.open(
                        dataFolder.resolve(AuditLog.FOLDER),
                        key,
                        AuditLog.EPOCHS_PER_HEAD,
                        this::sync);
    }

    AuditLog log() {
        return log;
    }

    /// From now on the journal is written.
    void opened(Journal written) {
        journal = Optional.of(written);
    }

    /// @throws UncheckedIOException if the log has another record of the epoch, or cannot be written
    @Override
    public void took(Input input, List<Notice> notices) {
        for (Notice notice : notices) {
            if (!(notice instanceof Notice.EpochClosed(_, _, var record))) continue;
            try {
                log.append(record);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    private void sync() throws IOException {
        if (journal.isPresent()) {
            journal.get().sync();
            return;
        }
        try (FileChannel replayed = FileChannel.open(file, StandardOpenOption.WRITE)) {
            replayed.force(false);
        }
    }
}
