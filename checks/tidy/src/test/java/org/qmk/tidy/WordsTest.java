package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The planted words have a `~` in them, so that this file does not break the rules it tests.
final class WordsTest {
    @Test
    void no_file_has_a_word_that_must_not_be_committed() throws IOException {
        TidyFindings.expectNone(Words.found(Checkout.underTest().texts()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// FIX~ME later",
                "// TO~DO: soon",
                "// TO~DO(ada)",
                "<url>https://repo.maven.apache~.org/maven2</url>",
                "pip install -i https://pypi~.org/simple",
                "JAVA_HOME=/usr/lib~/jvm/jdk-25",
                "see \"/ro~ot/notes\"",
                "cd /wo~rk/main",
                "/ho~me/ada/qmk",
            })
    void a_word_that_must_not_be_committed_is_found(String planted) {
        TextFile file = Planted.file("docs/a.md", "fine\n" + planted.replace("~", "") + "\n");

        List<String> found = Words.found(List.of(file));

        assertEquals(1, found.size(), planted);
        assertEquals("docs/a.md:2: ", found.getFirst().substring(0, 13));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// TO~DO(#12): measure",
                "the frame/work of it",
                "http://maven.apache~.org/POM/4.0.0",
                "$root/work",
                "</root>",
            })
    void a_harmless_likeness_passes(String planted) {
        TextFile file = Planted.file("docs/a.md", planted.replace("~", ""));

        TidyFindings.expectNone(Words.found(List.of(file)));
    }

    @Test
    void only_the_launcher_may_name_where_jdks_live() {
        String path = "/usr/lib~/jvm/x".replace("~", "");

        TidyFindings.expectNone(Words.found(List.of(Planted.file("qmk", path))));
        assertEquals(1, Words.found(List.of(Planted.file("user/qmk", path))).size());
    }
}
