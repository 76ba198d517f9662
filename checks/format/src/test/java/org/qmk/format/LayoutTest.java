package org.qmk.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LayoutTest {
    private static final Path ROOT = Path.of(System.getProperty("qmk.root"));

    /// The folder whose files are to be mended, such as `trusted/qvm`; empty for every file.
    private static final Optional<String> APPLY =
            Optional.ofNullable(System.getProperty("format.apply"))
                    .map(folder -> folder.equals("true") ? "" : folder);

    @Test
    void every_source_file_has_the_one_layout() throws IOException {
        List<String> wrong = new ArrayList<>();

        for (Path file : sources()) {
            String path = ROOT.relativize(file).toString();
            String text = Files.readString(file);
            try {
                String laidOut = Layout.of(text);
                if (laidOut.equals(text)) continue;
                if (APPLY.filter(path::startsWith).isPresent()) Files.writeString(file, laidOut);
                else wrong.add(path + ":" + firstDifference(text, laidOut));
            } catch (FormatterException notJava) {
                wrong.add(path + ":" + notJava.getMessage());
            }
        }

        assertEquals(
                List.of(),
                wrong,
                "to mend the layout: mvn -q -pl checks/format test -Dformat.apply=FOLDER");
    }

    @Test
    void a_badly_laid_out_source_is_noticed() throws FormatterException {
        String crooked = "import java.util.List;\nclass A{\nint   f( ){return 1 ;}}\n";

        String straight = "class A {\n    int f() {\n        return 1;\n    }\n}\n";

        assertNotEquals(crooked, Layout.of(crooked));
        assertEquals(straight, Layout.of(crooked));
        assertEquals(straight, Layout.of(straight));
    }

    @Test
    void a_table_between_the_switches_is_left_alone() throws FormatterException {
        String table =
                """
                enum Row {
                    // formatter:off
                    A   (1, "one"),
                    LONG(2, "two");
                    // formatter:on

                    Row(int code, String name) {}
                }
                """;

        assertEquals(table, Layout.of(table));
        assertNotEquals(table, Layout.of(table.replaceAll(".*formatter:.*\n", "")));
    }

    private static int firstDifference(String left, String right) {
        List<String> a = left.lines().toList();
        List<String> b = right.lines().toList();
        int line = 0;
        while (line < Math.min(a.size(), b.size()) && a.get(line).equals(b.get(line))) line++;
        return line + 1;
    }

    private static List<Path> sources() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) {
                        String name = dir.getFileName().toString();
                        boolean ours = !name.equals("target") && !name.startsWith(".");
                        return ours || dir.equals(ROOT)
                                ? FileVisitResult.CONTINUE
                                : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (file.toString().endsWith(".java")) files.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }
}
