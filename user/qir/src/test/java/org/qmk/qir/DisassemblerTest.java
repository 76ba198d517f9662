package org.qmk.qir;

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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bitcode is text that another process writes, or a clear word why not.
class DisassemblerTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final byte[] BITCODE = {'B', 'C', (byte) 0xC0, (byte) 0xDE, 0, 0, 0, 0};

    @TempDir Path folder;

    private Disassembler.Outcome of(String script, Duration deadline) throws IOException {
        assumeTrue(File.separatorChar == '/', "skipped: scripts are for a Unix shell");
        Path tool = folder.resolve("llvm-dis-19");
        Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
        assertTrue(tool.toFile().setExecutable(true));
        var disassembler = new Disassembler(Optional.empty(), List.of(folder), deadline, 1 << 20);
        return disassembler.text(BITCODE);
    }

    private static void expect(QirRule rule, String part, Disassembler.Outcome outcome) {
        var refused = assertInstanceOf(Disassembler.Outcome.Refused.class, outcome);
        assertEquals(rule, refused.rule(), refused::why);
        assertTrue(refused.why().contains(part), refused::why);
    }

    @Test
    void a_missing_tool_is_said() {
        var nowhere = new Disassembler(Optional.empty(), List.of(folder), DEADLINE, 100);

        expect(QirRule.BITCODE_TOOL, "none on the path", nowhere.text(BITCODE));
    }

    @Test
    void an_old_tool_is_said() throws IOException {
        expect(QirRule.BITCODE_TOOL, "of version 14", of("echo LLVM version 14.0.6", DEADLINE));
    }

    @Test
    void a_tool_that_is_something_else_is_said() throws IOException {
        expect(QirRule.BITCODE_TOOL, "no llvm-dis", of("echo hello", DEADLINE));
    }

    @Test
    void what_the_tool_complains_about_is_passed_on() throws IOException {
        String script =
                "case \"$1\" in --version) echo LLVM version 19.1.0;;"
                        + " *) cat >/dev/null; echo bad magic >&2; exit 1;; esac";

        expect(QirRule.BITCODE, "bad magic", of(script, DEADLINE));
    }

    @Test
    void the_text_of_the_tool_is_the_program() throws IOException {
        String script = "case \"$1\" in --version) echo LLVM version 19.1.0;; *) cat;; esac";

        var text = assertInstanceOf(Disassembler.Outcome.Text.class, of(script, DEADLINE));

        assertEquals(List.of(BITCODE.length), List.of(text.text().length));
    }

    @Test
    void a_tool_that_never_ends_is_killed() throws IOException {
        String script =
                "case \"$1\" in --version) echo LLVM version 19.1.0;; *) exec sleep 600;; esac";

        expect(QirRule.BITCODE, "took longer", of(script, Duration.ofSeconds(3)));
    }

    @Test
    void real_bitcode_is_the_same_program_as_its_text() throws IOException, InterruptedException {
        Optional<Path> assembler = find("llvm-as-19");
        assumeTrue(assembler.isPresent(), "skipped: no llvm-as-19 on the path");
        Path text = Files.writeString(folder.resolve("p.ll"), QirSamples.ADAPTIVE);
        Path bitcode = folder.resolve("p.bc");
        var process =
                new ProcessBuilder(
                                assembler.get().toString(),
                                text.toString(),
                                "-o",
                                bitcode.toString())
                        .inheritIO()
                        .start();
        assertEquals(0, process.waitFor());

        QirReading read =
                QirReader.readBitcode(Files.readAllBytes(bitcode), "p.bc", QirSettings.DEFAULT);

        var ok = assertInstanceOf(QirReading.Ok.class, read, read::toString);
        var same = (QirReading.Ok) QirReader.read(QirSamples.ADAPTIVE, "p.ll");
        assertEquals(
                new String(hex(same), StandardCharsets.UTF_8),
                new String(hex(ok), StandardCharsets.UTF_8));
    }

    private static byte[] hex(QirReading.Ok ok) {
        byte[] digest = org.qmk.qvm.CanonicalForm.digest(ok.graph());
        return java.util.HexFormat.of().formatHex(digest).getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        for (String each : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(each).resolve(name);
            if (Files.isExecutable(file)) return Optional.of(file);
        }
        return Optional.empty();
    }
}
