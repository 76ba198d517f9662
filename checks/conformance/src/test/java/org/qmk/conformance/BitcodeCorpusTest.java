package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.source.Loading;

/// Programs that LLVM's assembler turns into bitcode become the graphs of their text. Runs with
/// every `llvm-as` of the path that takes the program: versions before 17 take typed pointers.
final class BitcodeCorpusTest {

    private static final long SECONDS_MAX = 60;

    @TempDir private Path folder;

    @Test
    void bitcode_of_the_corpora_becomes_the_graphs_of_their_text()
            throws IOException, InterruptedException {
        TreeSet<Path> assemblers = assemblers();
        assumeTrue(!assemblers.isEmpty(), "skipped: no llvm-as on the path");
        List<Path> programs = new ArrayList<>(files(Repository.examples()));
        programs.addAll(files(Repository.shared("qir")));
        int compared = 0;
        for (Path assembler : assemblers) {
            for (Path program : programs) {
                Path bitcode = folder.resolve("program.bc");
                Files.deleteIfExists(bitcode);
                if (!assemble(assembler, program, bitcode)) continue;
                check(program, bitcode);
                compared++;
            }
        }
        int count = compared;
        assertTrue(count >= 20, () -> "only " + count + " programs could be assembled");
    }

    private static void check(Path program, Path bitcode) throws IOException {
        Loading text = Loading.of("it", Files.readAllBytes(program));
        Loading binary = Loading.of("it", Files.readAllBytes(bitcode));

        var expected = assertInstanceOf(Loading.Accepted.class, text, program::toString);
        var found = assertInstanceOf(Loading.Accepted.class, binary, () -> program + ": " + binary);
        assertEquals(
                ScriptCheck.digest(expected.program().graph()),
                ScriptCheck.digest(found.program().graph()),
                program::toString);
        assertEquals(expected.warnings().size(), found.warnings().size(), program::toString);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var tree = Files.walk(folder)) {
            return tree.filter(file -> file.toString().endsWith(".ll")).sorted().toList();
        }
    }

    /// Each once, however many names and folders lead to it.
    private static TreeSet<Path> assemblers() throws IOException {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        TreeSet<Path> found = new TreeSet<>();
        for (String each : path.split(File.pathSeparator)) {
            if (each.isEmpty()) continue;
            for (String name :
                    List.of("llvm-as", "llvm-as-14", "llvm-as-16", "llvm-as-19", "llvm-as-21")) {
                Path file = Path.of(each, name);
                if (Files.isExecutable(file)) found.add(file.toRealPath());
            }
        }
        return found;
    }

    private static boolean assemble(Path assembler, Path program, Path bitcode)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                assembler.toString(), program.toString(), "-o", bitcode.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS), "llvm-as never ended");
        return process.exitValue() == 0;
    }
}
