package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CompletionCommandTest {

    @TempDir private Path folder;

    @Test
    void bash_completes_commands_options_and_values() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        Path script = folder.resolve("completion.sh");
        Files.writeString(script, Invocation.of("completion").out());

        assertTrue(completions(script, "qmk", "ru").contains("run"));
        assertTrue(completions(script, "qmk", "run", "--se").contains("--seed"));
        assertTrue(completions(script, "qmk", "run", "--format", "").contains("csv"));
        assertTrue(completions(script, "qmk", "compile", "--to", "qvm.").contains("qvm.json"));
        assertTrue(completions(script, "qmk", "machine", "sh").contains("show"));
    }

    /// What bash offers for the last of the words.
    private static String completions(Path script, String... words)
            throws IOException, InterruptedException {
        String line = String.join(" ", words);
        String program =
                "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d;"
                                .formatted(
                                        script,
                                        quoted(words),
                                        words.length - 1,
                                        line,
                                        line.length())
                        + " _complete_qmk; echo \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("/bin/bash", "-c", program).redirectErrorStream(true).start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), out);
        return out;
    }

    private static String quoted(String[] words) {
        return "'" + String.join("' '", words) + "'";
    }
}
