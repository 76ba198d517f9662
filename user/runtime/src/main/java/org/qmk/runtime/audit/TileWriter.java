package org.qmk.runtime.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Writes the files of a log. A file that lies past the signed head may be torn or be written
/// again; once a head covers it, it is durable and never changes.
final class TileWriter {

    private final Path folder;

    /// Written since the last head, and the folders that name them.
    private final TreeSet<Path> undurable = new TreeSet<>();

    /// Folders of partial tiles whose full tile the next head covers.
    private final List<Path> filled = new ArrayList<>();

    TileWriter(Path folder) {
        this.folder = folder;
    }

    /// Writes a tile, or a bundle laid out like one.
    void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        for (Path parent = file.getParent(); !parent.equals(folder); parent = parent.getParent()) {
            undurable.add(parent);
        }
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        undurable.add(file);
    }

    /// Notes that the full tile of that path is written, so that its partial ones can go.
    void filled(String path) {
        filled.add(folder.resolve(path + ".p"));
    }

    /// Makes all that was written durable, then puts the head in place, then drops what it
    /// replaced.
    void head(byte[] note) throws IOException {
        for (Path path : undurable) force(path);
        undurable.clear();
        Path unfinished = folder.resolve(AuditLog.HEAD + ".new");
        Files.write(unfinished, note);
        force(unfinished);
        Files.move(
                unfinished,
                folder.resolve(AuditLog.HEAD),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        force(folder);
        for (Path partials : filled) delete(partials);
        filled.clear();
    }

    /// Deletes every tile that has more than a log of that size.
    void dropPast(long size) throws IOException {
        for (String kind : List.of(TilePath.FOLDER + "/", TileFolder.PARTS)) {
            Path top = folder.resolve(kind);
            for (Path file : files(top)) {
                String below = text(top.relativize(file));
                boolean isPart = kind.equals(TileFolder.PARTS);
                String path = (isPart ? "tile/entries/" : TilePath.FOLDER + "/") + below;
                boolean past =
                        TilePath.of(path)
                                .filter(tile -> tile.width() > tile.widthIn(size))
                                .isPresent();
                if (past) Files.delete(file);
            }
        }
    }

    /// The files below a folder, in order; none if it is not there.
    static List<Path> files(Path top) throws IOException {
        if (!Files.isDirectory(top)) return List.of();
        try (Stream<Path> found = Files.walk(top)) {
            return found.filter(path -> !Files.isDirectory(path)).sorted().toList();
        }
    }

    /// A path with slashes, on every system.
    static String text(Path relative) {
        var text = new StringBuilder();
        for (Path element : relative) text.append(text.isEmpty() ? "" : "/").append(element);
        return text.toString();
    }

    private static void delete(Path partials) throws IOException {
        for (Path file : files(partials)) Files.delete(file);
        Files.deleteIfExists(partials);
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
