package org.qmk.qec;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The golden data of `../shared/conformance/qec`; tests that need them are skipped where they are
/// not.
public final class GoldenQec {

    private GoldenQec() {}

    /// The names of all sets, or none.
    public static List<String> sets() {
        Path folder = folder();
        if (!Files.isDirectory(folder)) return List.of("absent");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".stim"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String root = System.getProperty("qmk.root", "../..");
        return Path.of(root).resolve("../shared/conformance/qec");
    }

    /// The file of a set; skips the test if there is none.
    public static Path file(String set, String ending) {
        Path file = folder().resolve(set + ending);
        assumeTrue(Files.exists(file), file + " is not here: skipped");
        return file;
    }

    public static String text(String set, String ending) throws IOException {
        return Files.readString(file(set, ending));
    }

    public static byte[] bytes(String set, String ending) throws IOException {
        return Files.readAllBytes(file(set, ending));
    }
}
