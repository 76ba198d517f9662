package org.qmk.server.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.Durability;
import org.qmk.runtime.Journal;
import org.qmk.runtime.KernelSetting;
import org.qmk.runtime.Recovery;
import org.qmk.runtime.Witness;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;

/// A kernel with its journal and audit log, new or recovered.
///
/// @param open what the device was to do in the epoch that is begun and not reported
record Opening(
        Kernel kernel, Journal journal, AuditLog audit, AuditKey key, Optional<EpochPlan> open) {

    /// Makes durable what the audit log is about to sign for.
    private static final class JournalBarrier implements AuditLog.Barrier {
        private Optional<Journal> journal = Optional.empty();

        @Override
        public void sync() throws IOException {
            // What a recovery reads is durable before it is read.
            if (journal.isPresent()) journal.get().sync();
        }
    }

    /// Gives the audit log the epochs that it lost with the process, and holds the others against
    /// those that it has.
    private record AuditRepair(AuditLog audit) implements Witness {
        @Override
        public void took(Input input, List<Notice> notices) {
            for (Notice notice : notices) {
                if (!(notice instanceof Notice.EpochClosed(_, _, var record))) continue;
                try {
                    audit.append(record);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
    }

    /// Opens what the folder holds, or begins there. The audit log's lock is taken before anything
    /// is read, so that two servers never share a folder.
    ///
    /// @param followers see every input of the journal, in the order in which it was taken
    static Opening of(EngineSetting setting, Followers followers) throws IOException {
        Files.createDirectories(setting.folder());
        AuditKey key = AuditKey.in(setting.folder(), setting.origin());
        var barrier = new JournalBarrier();
        AuditLog audit =
                AuditLog.open(
                        setting.folder().resolve(AuditLog.FOLDER),
                        key,
                        AuditLog.EPOCHS_PER_HEAD,
                        barrier);
        try {
            Opening opened =
                    Files.exists(setting.folder().resolve(Journal.FILE))
                            ? recover(setting, followers, audit, key)
                            : begin(setting, followers, audit, key);
            barrier.journal = Optional.of(opened.journal());
            return opened;
        } catch (UncheckedIOException failed) {
            audit.abandon();
            throw failed.getCause();
        } catch (IOException | RuntimeException failed) {
            audit.abandon();
            throw failed;
        }
    }

    private static Opening begin(
            EngineSetting setting, Followers followers, AuditLog audit, AuditKey key)
            throws IOException {
        expectInJournal(setting, audit, 0);
        followers.device.resume();
        KernelSetting kernel = new KernelSetting(setting.machine().shape()).under(setting.policy());
        Journal journal = Journal.create(setting.folder(), kernel, Durability.AT_END);
        return new Opening(kernel.boot(), journal, audit, key, Optional.empty());
    }

    private static Opening recover(
            EngineSetting setting, Followers followers, AuditLog audit, AuditKey key)
            throws IOException {
        Path folder = setting.folder();
        force(folder.resolve(Journal.FILE));
        Witness witness = followers.recovering().and(new AuditRepair(audit));
        return switch (Recovery.open(folder, Durability.AT_END, witness)) {
            case Recovery.Result.Recovered found -> {
                try {
                    expectInJournal(setting, audit, found.epochs());
                    followers.device.resume();
                    if (followers.book.hasNote()) found.journal().note(new byte[0]);
                } catch (IOException | RuntimeException failed) {
                    found.journal().close();
                    throw failed;
                }
                yield new Opening(found.kernel(), found.journal(), audit, key, found.open());
            }
            case Recovery.Result.NotBegun() -> {
                Files.delete(folder.resolve(Journal.FILE));
                yield begin(setting, followers, audit, key);
            }
            case Recovery.Result.Ended(long epochs) ->
                    throw new IOException(
                            "the journal in %s ended after %d epochs; name another folder"
                                    .formatted(folder, epochs));
            case Recovery.Result.Damaged(var where, long epochs) ->
                    throw new IOException(
                            ("the journal in %s is damaged at %s, after %d whole epochs;"
                                            + " restore a backup, or name another folder")
                                    .formatted(folder, where, epochs));
            case Recovery.Result.Differs(long epoch, _, _) ->
                    throw new IOException(
                            ("the journal in %s was written by a kernel that decides"
                                            + " otherwise, from epoch %d on; run the version that"
                                            + " wrote it, or name another folder")
                                    .formatted(folder, epoch));
        };
    }

    /// What was signed for was durable in the journal: if it is not there, the journal is an older
    /// one.
    private static void expectInJournal(EngineSetting setting, AuditLog audit, long epochs)
            throws IOException {
        if (audit.size() <= epochs) return;
        throw new IOException(
                ("the audit log in %s has %d epochs and the journal %d: the journal lost its end;"
                                + " restore one that is as young as the audit log, or name another"
                                + " folder")
                        .formatted(setting.folder(), audit.size(), epochs));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
