package org.qmk.tidy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// The files of a checkout, without what builds and tools leave behind.
///
/// @param root the folder that holds the parent POM
record Checkout(Path root) {
    private static final List<String> NOT_OURS =
            List.of("target", ".git", ".idea", ".vscode", "node_modules");

    /// Beyond this size a file is data, and nobody reads it line by line.
    private static final long BYTES_MAX = 2_000_000;

    /// The checkout under test, as the build names it.
    static Checkout underTest() {
        return new Checkout(Path.of(System.getProperty("qmk.root")));
    }

    /// Every text file, in the order of its path.
    List<TextFile> texts() throws IOException {
        List<TextFile> texts = new ArrayList<>();
        for (Path file : files()) {
            if (Files.size(file) > BYTES_MAX) continue;
            byte[] bytes = Files.readAllBytes(file);
            if (isText(bytes)) texts.add(text(file, bytes));
        }
        return texts;
    }

    /// Every Java source, tests included, in the order of its path.
    List<TextFile> sources() throws IOException {
        return texts().stream().filter(file -> file.path().endsWith(".java")).toList();
    }

    /// The sources that users get: no tests.
    List<TextFile> mainSources() throws IOException {
        return sources().stream().filter(file -> file.path().contains("/src/main/java/")).toList();
    }

    /// The class files that a module's sources were compiled to.
    ///
    /// @param module such as `trusted/qvm`
    /// @throws IllegalStateException if the module has not been compiled
    List<Path> classes(String module) throws IOException {
        Path folder = root.resolve(module).resolve("target/classes");
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(
                    folder + " is missing, expected class files. Run the build with -am.");
        }
        try (var walk = Files.walk(folder)) {
            return walk.filter(file -> file.toString().endsWith(".class")).sorted().toList();
        }
    }

    private TextFile text(Path file, byte[] bytes) {
        String path = root.relativize(file).toString().replace('\\', '/');
        return new TextFile(path, new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean isText(byte[] bytes) {
        for (byte b : bytes) if (b == 0) return false;
        return true;
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) {
                        return NOT_OURS.contains(dir.getFileName().toString())
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (facts.isRegularFile()) files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }
}
