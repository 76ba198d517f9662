package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompileCommandTest {

    private static final String BELL = "examples/bell.qasm";

    @TempDir private Path folder;

    @BeforeEach
    void copyExamples() {
        Invocation.copyExamples(folder);
    }

    @Test
    void the_text_form_goes_to_standard_output() {
        var run = Invocation.in(folder, "compile", BELL);

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("qvm 1.0", run.outLines().getFirst());
    }

    @ParameterizedTest
    @CsvSource({
        "bell.qvm, 'qvm 1.0'",
        "bell.qvm.json, '{'",
        "bell.json, '{'",
        "bell.qvm.pb, QVMG",
        "bell.pb, QVMG",
        "bell.qasm, 'OPENQASM 3'",
    })
    void the_ending_of_the_file_tells_the_form(String out, String mark) throws IOException {
        var run = Invocation.in(folder, "compile", BELL, "-o", out);

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("", run.out());
        String written = Files.readString(folder.resolve(out), StandardCharsets.ISO_8859_1);
        int at = written.indexOf(mark);
        assertTrue(at == 0 || at == 1, written);
    }

    @Test
    void the_option_outweighs_the_ending() throws IOException {
        Invocation.in(folder, "compile", BELL, "-o", "bell.txt", "--to", "qvm.json");

        assertTrue(Files.readString(folder.resolve("bell.txt")).startsWith("{"));
    }

    @Test
    void an_ending_that_tells_nothing_is_wrong_usage() {
        var run = Invocation.in(folder, "compile", BELL, "-o", "bell.txt");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("Say --to"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"qvm", "qvm.json", "qvm.pb", "mlir"})
    void every_form_of_every_example_has_the_same_digest(String form) throws IOException {
        try (Stream<Path> examples = Files.list(folder.resolve("examples"))) {
            for (Path example : (Iterable<Path>) examples.sorted()::iterator) {
                String name = "examples/" + example.getFileName();
                // Q# needs a compiler that may not be there
                if (name.endsWith(".md") || name.endsWith(".qs")) continue;
                String verdict = verdict(name);

                var run = Invocation.in(folder, "compile", name, "-o", "out." + form);

                assertEquals(ExitCode.DONE, run.exitCode(), run.err());
                assertEquals(verdict, verdict("out." + form), name);
            }
        }
    }

    @Test
    void openqasm_gives_the_same_counts_after_a_round_trip() {
        Invocation.in(folder, "compile", BELL, "-o", "bell.qvm.pb");
        Invocation.in(folder, "compile", "bell.qvm.pb", "-o", "back.qasm");

        assertEquals(counts(BELL), counts("back.qasm"));
    }

    @Test
    void what_openqasm_cannot_say_is_refused_with_the_node() {
        var run = Invocation.in(folder, "compile", "examples/repeater.qvm", "--to", "qasm3");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.out());
        assertTrue(
                run.err().matches("qmk: examples/repeater.qvm:[^ ]+: QASM-WRITE-1: .*\n"),
                run.err());
    }

    @Test
    void a_rejected_program_leaves_no_file() throws IOException {
        Files.writeString(folder.resolve("bad.qasm"), "OPENQASM 3.0; qubit q; fly q;");

        var run = Invocation.in(folder, "compile", "bad.qasm", "-o", "bad.qvm");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals(List.of("bad.qasm", "examples"), names());
    }

    @Test
    void binary_is_not_written_to_a_terminal() {
        var out = new ByteArrayOutputStream();
        var traits = new Terminal.Traits(true, true, true, 80, folder, false);

        var run =
                Invocation.streamed(
                        traits,
                        InputStream.nullInputStream(),
                        out,
                        out,
                        "compile",
                        BELL,
                        "--to",
                        "qvm.pb");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertEquals(0, out.size());
        assertTrue(run.err().contains("-o OUT"), run.err());
    }

    @Test
    void binary_is_written_to_a_pipe_as_it_is() throws IOException {
        var out = new ByteArrayOutputStream();
        Invocation.in(folder, "compile", BELL, "-o", "bell.qvm.pb");

        Invocation.streamed(
                Invocation.traits(folder),
                InputStream.nullInputStream(),
                out,
                out,
                "compile",
                BELL,
                "--to",
                "qvm.pb",
                "-o",
                "-");

        assertArrayEquals(Files.readAllBytes(folder.resolve("bell.qvm.pb")), out.toByteArray());
    }

    @Test
    void a_file_is_replaced_whole_and_keeps_its_permissions() throws IOException {
        Path out = Files.writeString(folder.resolve("bell.qvm"), "old");
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rw-------"));

        var run = Invocation.in(folder, "compile", BELL, "-o", "bell.qvm");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertTrue(Files.readString(out).startsWith("qvm 1.0"));
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
        assertEquals(List.of("bell.qvm", "examples"), names());
    }

    @Test
    void a_link_stays_a_link() throws IOException {
        Files.writeString(folder.resolve("real.qvm"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.qvm"), Path.of("real.qvm"));

        Invocation.in(folder, "compile", BELL, "-o", "link.qvm");

        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(folder.resolve("real.qvm")).startsWith("qvm 1.0"));
        assertTrue(Files.isRegularFile(folder.resolve("real.qvm"), LinkOption.NOFOLLOW_LINKS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples", "nowhere/bell.qvm", "examples/bell.qasm/x.qvm", "a\0b.qvm"})
    void a_file_that_cannot_be_written_is_a_failure(String out) {
        var run = Invocation.in(folder, "compile", BELL, "--to", "qvm", "-o", out);

        assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
        assertEquals(List.of("examples"), names());
    }

    @Test
    void a_full_disk_is_a_failure() {
        assumeTrue(Files.exists(Path.of("/dev/full")), "needs Linux");

        var run = Invocation.in(folder, "compile", BELL, "--to", "qvm", "-o", "/dev/full");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("/dev/full cannot be written: "), run.err());
    }

    private String verdict(String file) {
        var run = Invocation.in(folder, "verify", file);
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        return run.out().substring(file.length());
    }

    private String counts(String file) {
        return Invocation.in(folder, "run", file, "--seed", "3", "--format", "csv").out();
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
