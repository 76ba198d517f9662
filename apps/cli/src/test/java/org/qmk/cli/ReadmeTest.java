package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ReadmeTest {

    private static final Pattern CONSOLE =
            Pattern.compile("(?s)```console\\n\\$ \\./qmk ([^\\n]*)\\n(.*?)```");

    @Test
    void what_the_readme_shows_is_what_the_command_prints() throws IOException {
        String readme = Files.readString(Invocation.root().resolve("README.md"));

        int shown = 0;
        for (Matcher block = CONSOLE.matcher(readme); block.find(); shown++) {
            var run = Invocation.of(block.group(1).split(" "));
            assertEquals(ExitCode.DONE, run.exitCode(), run.err());
            assertEquals(block.group(2), run.out());
        }

        assertTrue(shown > 0, "the README shows a run");
    }
}
