package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Holds docs/spec/sel4-table.md and the kernel scripts against each other.
final class Sel4TableTest {

    /// What stands in place of a case where a property means nothing here.
    private static final String NO_CASE = "no case";

    private static final int COLUMNS = 5;

    /// One row: the name of a test of seL4, what it means here, how close that is, and the case.
    private record Row(String name, String meaning, String closeness, String script) {}

    private final List<Row> rows = new ArrayList<>();
    private final TreeSet<String> cases = new TreeSet<>();

    Sel4TableTest() throws IOException {
        var table = Repository.root().resolve("docs/spec/sel4-table.md");
        for (String line : Files.readAllLines(table)) {
            if (!line.matches("\\| [A-Z]+[A-Z_]*[0-9_]*[A-Z]* .*")) continue;
            String[] cells = line.substring(1, line.length() - 1).split("\\|");
            assertEquals(COLUMNS, cells.length, line);
            rows.add(
                    new Row(
                            cells[0].strip(),
                            cells[2].strip(),
                            cells[3].strip(),
                            cells[4].strip()));
        }
        for (KernelScript script : KernelScriptReader.readAll(Repository.scripts())) {
            String file = script.place().substring(0, script.place().indexOf(':'));
            cases.add(file + ": " + script.title());
        }
    }

    @Test
    void every_row_names_a_case_or_says_why_there_is_none() {
        assertEquals(60, rows.size(), "rows");
        for (Row row : rows) {
            if (row.script().equals(NO_CASE)) {
                assertEquals("none", row.closeness(), row.name());
                assertTrue(row.meaning().contains("because"), row.name() + " says why");
            } else {
                assertTrue(cases.contains(row.script()), row.name() + ": no " + row.script());
            }
        }
    }

    @Test
    void no_two_rows_have_one_name_or_one_case() {
        var names = new TreeSet<String>();
        var scripts = new TreeSet<String>();
        for (Row row : rows) {
            assertTrue(names.add(row.name()), row.name());
            boolean fresh = row.script().equals(NO_CASE) || scripts.add(row.script());
            assertTrue(fresh, row.script());
        }
    }
}
