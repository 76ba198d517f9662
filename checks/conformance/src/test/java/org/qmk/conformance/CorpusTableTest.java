package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.qmk.source.Diagnostic;
import org.qmk.source.LoadSettings;
import org.qmk.source.Loading;

/// docs/reference/corpora.md says of every program that others wrote whether it loads, and if not,
/// why. `-Dgolden.update=true` writes the document anew.
final class CorpusTableTest {

    private static final Pattern INPUT = Pattern.compile("(?m)^input [^;]* ([^ ;]+);");

    private static final String HEAD =
            """
            # Programs of others

            Generated from the corpora in `../shared/conformance` by `CorpusTableTest` with
            `-Dgolden.update=true`; do not edit. Every program there loads, or is refused by a code
            that [qasm-codes.md](qasm-codes.md), [qir-codes.md](qir-codes.md) or
            [rules.md](rules.md) lists. Q# programs are compiled by `QsharpCorpusTest`.

            Programs that need something from outside are tried again with the value 1 for each
            `input` and `--loop-bound 3`; the last column says what becomes of them then.

            """;

    /// @param folder below the corpora
    private record Corpus(String folder, String ending) {}

    private static final List<Corpus> CORPORA =
            List.of(
                    new Corpus("qasm", ".qasm"),
                    new Corpus("tcount", ".qasm"),
                    new Corpus("qir/qdk", ".ll"),
                    new Corpus("qir/qsharp", ".ll"),
                    new Corpus("qvm01", ".json"));

    @Test
    void the_document_says_what_becomes_of_every_program() throws IOException {
        Path top = Repository.shared("qasm").getParent();
        var counts =
                new StringBuilder("| corpus | programs | load | load if given what they need |");
        counts.append("\n|---|---|---|---|\n");
        List<String> refused = new ArrayList<>();
        for (Corpus corpus : CORPORA) judge(top, corpus, counts, refused);
        String document =
                HEAD
                        + counts
                        + "\n| refused program | code | the words | given what it needs |\n"
                        + "|---|---|---|---|\n"
                        + String.join("\n", refused)
                        + "\n";

        Path file = Repository.root().resolve("docs/reference/corpora.md");
        if (Boolean.getBoolean("golden.update")) Files.writeString(file, document);
        assertEquals(Files.readString(file), document, "run with -Dgolden.update=true");
    }

    private static void judge(Path top, Corpus corpus, StringBuilder counts, List<String> refused)
            throws IOException {
        int programs = 0;
        int bare = 0;
        int given = 0;
        for (Path file : files(top.resolve(corpus.folder), corpus.ending)) {
            programs++;
            String name = top.relativize(file).toString().replace('\\', '/');
            byte[] source = Files.readAllBytes(file);
            var first = Loading.of("it", source);
            if (!(first instanceof Loading.Refused refusal)) {
                bare++;
                given++;
                continue;
            }
            Loading second = Loading.of("it", source, settings(source));
            if (second instanceof Loading.Accepted) given++;
            Diagnostic why = refusal.diagnostics().getFirst();
            String then =
                    second instanceof Loading.Refused again
                            ? again.diagnostics().getFirst().code()
                            : "loads";
            String words = why.message().replace("|", "\\|");
            refused.add("| %s | %s | %s | %s |".formatted(name, why.code(), words, then));
        }
        counts.append("| %s | %d | %d | %d |\n".formatted(corpus.folder, programs, bare, given));
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (var tree = Files.walk(folder)) {
            return tree.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static LoadSettings settings(byte[] source) {
        Map<String, String> inputs = new TreeMap<>();
        Matcher matcher = INPUT.matcher(new String(source, StandardCharsets.UTF_8));
        while (matcher.find()) inputs.put(matcher.group(1), "1");
        return new LoadSettings(inputs, OptionalInt.of(3), LoadSettings.DEFAULT.validation());
    }
}
