package org.qmk.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.qmk.cli.serve.DataCopies;
import org.qmk.cli.serve.ServerStart;
import org.qmk.runtime.Journal;
import org.qmk.runtime.Replay;
import org.qmk.runtime.audit.AuditCheck;
import org.qmk.runtime.audit.AuditKey;
import org.qmk.runtime.audit.AuditLog;
import org.qmk.runtime.audit.AuditRefusal;
import org.qmk.server.store.StoreCopy;

/// Backups of a data folder.
///
/// The order makes a copy consistent while the server goes on. The store comes first: jobs that end
/// meanwhile are in the journal, and a start brings them into the store. The journal comes last: it
/// then has all that a signed head covers, and a start brings the audit log up to it. Its copy may
/// end within a frame, as after a crash.
public final class FolderCopies implements DataCopies {

    private static final int ATTEMPTS = 20;

    /// Files that are copied as they are.
    private static final List<String> KEYS =
            List.of(AuditKey.FILE, AuditKey.PUBLIC_FILE, SealingKeys.FILE);

    @Override
    public void backup(Path folder, Path file, Consumer<String> say) throws ServerStart.Refused {
        if (!Files.exists(folder.resolve(Journal.FILE))) {
            throw refused(
                    ServerStart.Refused.Kind.UNREADABLE,
                    "%s has no journal; name what 'qmk serve --data-dir' was given"
                            .formatted(folder));
        }
        try {
            Path staging = staging(file);
            try {
                boolean store = StoreCopy.of(folder, staging);
                for (String key : KEYS) copyIfThere(folder, staging, key);
                copyAudit(folder, staging);
                copyIfThere(folder, staging, Journal.FILE);
                pack(staging, file);
                say.accept(
                        "qmk: %s holds %d bytes of journal%s"
                                .formatted(
                                        file,
                                        Files.size(staging.resolve(Journal.FILE)),
                                        store ? "" : ", and no database: copy it by itself"));
            } finally {
                delete(staging);
            }
        } catch (FileAlreadyExistsException there) {
            throw refused(ServerStart.Refused.Kind.WRONG, there.getFile() + " is there already");
        } catch (IOException failed) {
            throw refused(
                    ServerStart.Refused.Kind.UNAVAILABLE, "no backup was made: " + text(failed));
        }
    }

    @Override
    public void restore(Path file, Path folder, Consumer<String> say) throws ServerStart.Refused {
        try {
            if (Files.exists(folder)) throw new FileAlreadyExistsException(folder.toString());
            Path staging = staging(folder);
            try {
                unpack(file, staging);
                String what = check(staging);
                Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
                say.accept("qmk: %s is restored: %s".formatted(folder, what));
            } finally {
                delete(staging);
            }
        } catch (FileAlreadyExistsException there) {
            throw refused(ServerStart.Refused.Kind.WRONG, there.getFile() + " is there already");
        } catch (NoSuchFileException missing) {
            throw refused(ServerStart.Refused.Kind.UNREADABLE, missing.getFile() + " is not there");
        } catch (ZipException | AuditRefusal damaged) {
            throw refused(
                    ServerStart.Refused.Kind.WRONG,
                    "%s is no whole backup: %s".formatted(file, damaged.getMessage()));
        } catch (IOException failed) {
            throw refused(
                    ServerStart.Refused.Kind.UNAVAILABLE, "nothing was restored: " + text(failed));
        }
    }

    /// A new folder beside a file, for its owner alone.
    private static Path staging(Path beside) throws IOException {
        Path absolute = beside.toAbsolutePath();
        return Files.createTempDirectory(
                absolute.getParent(),
                absolute.getFileName() + ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /// Replays the journal and verifies the audit log.
    ///
    /// @return what they hold
    private static String check(Path folder) throws IOException, ServerStart.Refused {
        String what =
                switch (Replay.of(folder)) {
                    case Replay.Result.Agrees(long epochs, long inputs, var digest, _) ->
                            "%d epochs and %d inputs agree%s"
                                    .formatted(
                                            epochs,
                                            inputs,
                                            digest.isEmpty() ? "" : ", digest sha256:" + digest);
                    case Replay.Result.Differs(long epoch, _, _) ->
                            throw refused(
                                    ServerStart.Refused.Kind.WRONG,
                                    ("this version decides otherwise from epoch %d on; restore"
                                                    + " with the version that wrote the journal")
                                            .formatted(epoch));
                    case Replay.Result.Damaged(var where, _) ->
                            throw refused(
                                    ServerStart.Refused.Kind.WRONG,
                                    "the journal in the backup is damaged at " + where);
                };
        Optional<AuditCheck.Sound> sound = audit(folder);
        return sound.isEmpty()
                ? what
                : "%s; the signed log covers %d epochs".formatted(what, sound.get().head().size());
    }

    private static Optional<AuditCheck.Sound> audit(Path folder) throws IOException {
        Path log = folder.resolve(AuditLog.FOLDER);
        if (!Files.exists(log.resolve(AuditLog.HEAD))) return Optional.empty();
        return Optional.of(AuditCheck.of(log, AuditKey.load(folder).verifier()));
    }

    /// The running log replaces partial tiles: what is copied while it does may lack some, and is
    /// copied again.
    private static void copyAudit(Path folder, Path staging) throws IOException {
        Path log = folder.resolve(AuditLog.FOLDER);
        Path copy = staging.resolve(AuditLog.FOLDER);
        for (int attempt = 1; ; attempt++) {
            try {
                if (!Files.exists(log.resolve(AuditLog.HEAD))) return;
                byte[] head = Files.readAllBytes(log.resolve(AuditLog.HEAD));
                copyTree(log, copy);
                Files.write(copy.resolve(AuditLog.HEAD), head);
                audit(staging);
                return;
            } catch (AuditRefusal | NoSuchFileException changed) {
                if (attempt == ATTEMPTS) throw changed;
                delete(copy);
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(from)) {
            all = found.toList();
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
        for (Path path : all) {
            Path target = to.resolve(from.relativize(path).toString());
            boolean isLock = path.getFileName().toString().equals("lock");
            if (Files.isDirectory(path)) Files.createDirectories(target);
            else if (!isLock) Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void copyIfThere(Path folder, Path staging, String name) throws IOException {
        Path from = folder.resolve(name);
        if (!Files.exists(from)) return;
        Files.copy(from, staging.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// Writes the archive, for its owner alone, and makes it durable before it has its name.
    private static void pack(Path folder, Path file) throws IOException {
        if (Files.exists(file)) throw new FileAlreadyExistsException(file.toString());
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path part =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(), "qmk-backup", ".part", ownerOnly);
        try {
            try (OutputStream out = Files.newOutputStream(part);
                    var zip = new ZipOutputStream(out);
                    Stream<Path> paths = Files.walk(folder)) {
                for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
                    if (Files.isDirectory(path)) continue;
                    zip.putNextEntry(new ZipEntry(name(folder, path)));
                    Files.copy(path, zip);
                    zip.closeEntry();
                }
            }
            try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static String name(Path folder, Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /// All files are for their owner alone; names that lead out of the folder are refused.
    private static void unpack(Path file, Path folder) throws IOException {
        if (!Files.exists(file)) throw new NoSuchFileException(file.toString());
        try (var zip = new ZipFile(file.toFile())) {
            List<ZipEntry> entries = new ArrayList<>(zip.stream().map(e -> (ZipEntry) e).toList());
            for (ZipEntry entry : entries) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder) || target.equals(folder) || entry.isDirectory()) {
                    throw new ZipException("it has a file " + entry.getName());
                }
                Files.createDirectories(
                        target.getParent(),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
                Files.createFile(
                        target,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
                try (InputStream in = zip.getInputStream(entry);
                        var out = FileChannel.open(target, StandardOpenOption.WRITE)) {
                    in.transferTo(Channels.newOutputStream(out));
                    out.force(true);
                }
            }
        }
        if (!Files.exists(folder.resolve(Journal.FILE)))
            throw new ZipException("it has no journal");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    private static String text(IOException failed) {
        return failed.getMessage() == null ? failed.toString() : failed.getMessage();
    }

    private static ServerStart.Refused refused(ServerStart.Refused.Kind kind, String message) {
        return new ServerStart.Refused(kind, message + ".");
    }
}
