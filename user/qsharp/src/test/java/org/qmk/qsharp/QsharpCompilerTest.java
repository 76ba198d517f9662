package org.qmk.qsharp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What QMK says when the compiler cannot be had or misbehaves; scripts stand for node and npm.
class QsharpCompilerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String READY = "echo '{\"ready\":true}'\n";

    @TempDir Path folder;

    private void script(String name, String text) throws IOException {
        assumeTrue(File.separatorChar == '/', "skipped: scripts are for a Unix shell");
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private QsharpCompiler compiler(Duration deadline) {
        return new QsharpCompiler(
                folder.resolve("bin").toString(), folder.resolve("cache"), deadline);
    }

    private static QsharpCompiled compiled(QsharpCompiler compiler) {
        byte[] source = "operation Main() : Unit {}".getBytes(StandardCharsets.UTF_8);
        return compiler.compile(source, "x.qs", QsharpProfile.DEFAULT);
    }

    private static void expect(QsharpRule rule, String part, QsharpCompiled compiled) {
        var failed = assertInstanceOf(QsharpCompiled.Failed.class, compiled, compiled::toString);
        QsharpDiagnostic error = failed.errors().getFirst();
        assertEquals(rule, error.rule(), error::message);
        assertTrue(error.message().contains(part), error::message);
        assertEquals("x.qs", error.file());
    }

    private List<Path> cached() throws IOException {
        Path cache = folder.resolve("cache");
        if (!Files.isDirectory(cache)) return List.of();
        try (Stream<Path> files = Files.list(cache)) {
            return files.toList();
        }
    }

    @Test
    void a_machine_without_node_is_told_so() throws IOException {
        script("npm", "exit 0");

        expect(QsharpRule.NODE, "no node on the path", compiled(compiler(DEADLINE)));
        assertEquals(List.of(), cached());
    }

    @Test
    void a_machine_without_npm_is_told_so_if_nothing_is_installed() throws IOException {
        script("node", "exit 0");

        expect(QsharpRule.NODE, "no npm on the path", compiled(compiler(DEADLINE)));
    }

    @Test
    void an_installation_that_fails_says_why_and_leaves_nothing() throws IOException {
        script("node", "exit 0");
        script("npm", "echo ENOTFOUND >&2\nexit 1");

        expect(QsharpRule.INSTALL, "ENOTFOUND", compiled(compiler(DEADLINE)));
        assertEquals(List.of(), cached());
    }

    @Test
    void a_compiler_that_dies_says_what_it_said() throws IOException {
        script("npm", "exit 0");
        script("node", "echo out of order >&2\nexit 3");

        expect(QsharpRule.WORKER_ENDED, "out of order", compiled(compiler(DEADLINE)));
    }

    @Test
    void a_compiler_that_hangs_is_killed() throws IOException {
        script("npm", "exit 0");
        script("node", READY + "read request\necho $$ > " + folder + "/pid\nexec sleep 600");

        expect(
                QsharpRule.WORKER_LATE,
                "longer than 2 s",
                compiled(compiler(Duration.ofSeconds(2))));
        Path pid = folder.resolve("pid");
        if (Files.exists(pid)) { // on a slow machine it may have been killed before it wrote that
            long process = Long.parseLong(Files.readString(pid).strip());
            ProcessHandle.of(process).ifPresent(each -> each.onExit().join());
        }
    }

    @Test
    void an_answer_that_is_no_answer_is_refused() throws IOException {
        script("npm", "exit 0");
        script("node", READY + "read request\necho '{\"qir\":7}'\nread request");

        expect(QsharpRule.WORKER_ANSWER, "VALUE_STRING", compiled(compiler(DEADLINE)));
    }

    @Test
    void a_compiler_that_breaks_says_so() throws IOException {
        script("npm", "exit 0");
        script("node", READY + "read request\necho '{\"failure\":\"unreachable\"}'\nread request");

        expect(QsharpRule.WORKER_ANSWER, "unreachable", compiled(compiler(DEADLINE)));
    }

    @Test
    void one_process_serves_program_after_program_and_a_broken_one_is_replaced()
            throws IOException {
        script("npm", "exit 0");
        script(
                "node",
                "echo x >> %s/starts\n".formatted(folder)
                        + READY
                        + "read request\necho '{\"qir\":\"first\"}'\n"
                        + "read request\necho '{\"qir\":\"second\"}'\n"
                        + "read request\nexit 1");

        try (QsharpCompiler compiler = compiler(DEADLINE)) {
            assertEquals("first", qir(compiler).text());
            assertEquals("second", qir(compiler).text());
            expect(QsharpRule.WORKER_ENDED, "no reason given", compiled(compiler));
            assertEquals("first", qir(compiler).text());
        }

        assertEquals(2, Files.readAllLines(folder.resolve("starts")).size());
        assertEquals(1, cached().size());
    }

    private static QsharpCompiled.Qir qir(QsharpCompiler compiler) {
        return assertInstanceOf(QsharpCompiled.Qir.class, compiled(compiler));
    }

    @Test
    void only_the_first_program_of_a_user_installs() throws IOException {
        script("npm", "exit 0");
        script("node", READY + "read request\necho '{\"qir\":\"first\"}'\nread request");

        try (QsharpCompiler compiler = compiler(DEADLINE)) {
            assertEquals(1, qir(compiler).warnings().size());
        }
        try (QsharpCompiler compiler = compiler(DEADLINE)) {
            assertEquals(List.of(), qir(compiler).warnings());
        }
    }

    @Test
    void bytes_that_are_no_text_start_nothing() {
        byte[] source = {'o', (byte) 0xFF};

        expect(
                QsharpRule.TEXT,
                "UTF-8",
                compiler(DEADLINE).compile(source, "x.qs", QsharpProfile.BASE));
    }
}
