package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerifyCommandTest {

    /// Requires what is not known, frees a qubit twice.
    private static final String TWO_VIOLATIONS =
            """
            qvm 1.0
            requires core/1 time-travel/1
            caps CAP_ALLOC
            qubits a
            ALLOC_LQ a profile=logical
            FREE_LQ a
            again: FREE_LQ a
            """;

    @TempDir private Path folder;

    @Test
    void a_valid_program_gets_one_line() {
        var run = Invocation.of("verify", "examples/bell.qasm");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("", run.err());
        assertEquals(1, run.outLines().size());
        assertTrue(
                run.out()
                        .matches(
                                "examples/bell.qasm: valid, [0-9]+ nodes, 2 qubits,"
                                        + " sha256:[0-9a-f]{64}\n"),
                run.out());
    }

    @Test
    void every_violation_is_said_with_its_file_node_and_code() throws IOException {
        Files.writeString(folder.resolve("bad.qvm"), TWO_VIOLATIONS);

        var run = Invocation.in(folder, "verify", "bad.qvm");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("bad.qvm: invalid, 2 violations\n", run.out());
        assertEquals(2, run.errLines().size(), run.err());
        assertTrue(run.err().contains("bad.qvm: QVM-FAMILY-1: "), run.err());
        assertTrue(run.err().contains("bad.qvm:again: QVM-LINEAR-2: node again"), run.err());
    }

    @Test
    void json_has_the_agreed_keys_on_one_line_for_each_file() throws IOException {
        Invocation.copyExamples(folder);
        Files.writeString(folder.resolve("bad.qvm"), TWO_VIOLATIONS);

        var run =
                Invocation.in(
                        folder, "verify", "--format", "json", "bad.qvm", "examples/bell.qasm");

        Map<String, Object> bad = PrintedJson.object(run.outLines().getFirst());
        Map<String, Object> good = PrintedJson.object(run.outLines().getLast());
        assertEquals(ExitCode.FAILED, run.exitCode());
        assertEquals("", run.err());
        assertEquals(2, run.outLines().size());
        assertEquals("bad.qvm", bad.get("file"));
        assertEquals("false", bad.get("valid"));
        Map<String, Object> unknown = PrintedJson.at(bad, "violations", 0);
        assertEquals("QVM-FAMILY-1", unknown.get("code"));
        assertEquals("null", unknown.get("node"));
        Map<String, Object> again = PrintedJson.at(bad, "violations", 1);
        assertEquals("QVM-LINEAR-2", again.get("code"));
        assertEquals("again", again.get("node"));
        assertTrue(again.get("message").toString().contains("qubit a"));
        assertEquals("a", ((Map<?, ?>) again.get("facts")).get("name"));
        assertEquals("true", good.get("valid"));
        assertEquals(List.of(), good.get("violations"));
    }

    @Test
    void an_error_in_source_text_has_its_line_and_column() throws IOException {
        Files.writeString(folder.resolve("bad.qasm"), "OPENQASM 3.0;\nqubit q;\n  fly q;\n");
        Files.writeString(folder.resolve("bad.qvm"), "qvm 1.0\n  FLY q\n");
        Files.writeString(folder.resolve("bad.json"), "{\"version\": \"1.0\",\n \"fly\": 1}\n");

        var text = Invocation.in(folder, "verify", "bad.qasm", "bad.qvm", "bad.json");
        var json = Invocation.in(folder, "verify", "--format", "json", "bad.qasm");

        assertTrue(text.err().contains("bad.qasm:3:3: QASM-NAME-1: "), text.err());
        assertTrue(text.err().contains("bad.qvm:2:3: QVM-FORM-9: "), text.err());
        assertTrue(text.err().matches("(?s).*bad.json:2:[0-9]+: QVM-FORM-5: .*"), text.err());
        var violation = PrintedJson.at(PrintedJson.object(json.out()), "violations", 0);
        assertEquals("3", violation.get("line"));
        assertEquals("3", violation.get("column"));
        assertEquals("null", violation.get("node"));
    }

    @Test
    void the_highest_exit_code_of_all_files_wins() throws IOException {
        Invocation.copyExamples(folder);
        Files.writeString(folder.resolve("bad.qvm"), TWO_VIOLATIONS);

        var run = Invocation.in(folder, "verify", "nowhere.qasm", "bad.qvm", "examples/bell.qasm");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertEquals(2, run.outLines().size(), "the other files get their verdicts");
        assertTrue(run.err().contains("qmk: nowhere.qasm does not exist"), run.err());
    }

    @Test
    void json_says_which_file_cannot_be_read() {
        var run = Invocation.in(folder, "verify", "--format", "json", "nowhere.qasm");

        Map<String, Object> json = PrintedJson.object(run.out());
        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertEquals("false", json.get("valid"));
        assertTrue(json.get("unreadable").toString().contains("does not exist"));
    }

    @Test
    void a_folder_is_no_program() {
        var run = Invocation.of("verify", "examples");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertEquals("qmk: examples is a folder. Name a file.\n", run.err());
    }

    @Test
    void a_file_that_may_not_be_read_is_said_so() throws IOException {
        Path file = Files.writeString(folder.resolve("secret.qasm"), "OPENQASM 3.0;");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(file), "the superuser reads everything");

        var run = Invocation.in(folder, "verify", "secret.qasm");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertTrue(run.err().contains("may not be read by you"), run.err());
    }

    @Test
    void a_file_that_fails_while_it_is_read_is_unreadable() {
        assumeTrue(Files.exists(Path.of("/proc/self/mem")), "needs Linux");

        var run = Invocation.in(folder, "verify", "/proc/self/mem");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertTrue(run.err().contains("/proc/self/mem cannot be read: "), run.err());
    }

    @Test
    void a_file_of_more_than_two_gibibytes_is_refused_at_once() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve("long.qasm").toFile(), "rw")) {
            file.setLength(1L << 31);
        }

        var run = Invocation.in(folder, "verify", "long.qasm");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
        assertTrue(run.err().contains("longer than 2 GiB"), run.err());
    }

    @Test
    void a_name_that_no_file_can_have_is_unreadable() {
        var run = Invocation.in(folder, "verify", "a\0b");

        assertEquals(ExitCode.UNREADABLE, run.exitCode());
    }

    @Test
    void an_empty_file_is_no_program() throws IOException {
        Files.createFile(folder.resolve("empty.qasm"));

        var run = Invocation.in(folder, "verify", "empty.qasm");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().startsWith("empty.qasm: QMK-SOURCE-1: "), run.err());
    }

    /// Whether there is a compiler or not: the program is wrong, or the compiler is missing.
    @Test
    void q_sharp_is_told_by_its_content_and_answered_by_its_compiler() {
        byte[] bytes = "operation Main() : Int { return x; }".getBytes(StandardCharsets.UTF_8);

        var run = Invocation.with(folder, bytes, "verify", "-", "--qsharp", "base");

        assertEquals(ExitCode.FAILED, run.exitCode());
        assertTrue(run.err().contains("QSHARP-"), run.err());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void binary_garbage_is_refused_whatever_its_name(long seed) throws IOException {
        byte[] garbage = new byte[1000];
        new Random(seed).nextBytes(garbage);
        for (String name : new String[] {"a", "a.qasm", "a.qvm", "a.qvm.json", "a.qvm.pb"}) {
            Files.write(folder.resolve(name), garbage);

            var run = Invocation.in(folder, "verify", name);

            assertEquals(ExitCode.FAILED, run.exitCode(), name + ": " + run.err());
            assertTrue(run.err().startsWith(name + ":"), run.err());
        }
    }
}
