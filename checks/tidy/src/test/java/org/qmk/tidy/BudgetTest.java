package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BudgetTest {
    private static final String DEVICE = "trusted/device/src/main/java/org/qmk/device/Port.java";

    @Test
    void the_trusted_base_keeps_to_its_budget() throws IOException {
        List<TextFile> sources = Checkout.underTest().mainSources();

        System.out.println(Budget.report(sources));
        TidyFindings.expectNone(Budget.overruns(sources));
    }

    @Test
    void one_code_line_too_many_is_found() {
        List<TextFile> full = List.of(Planted.file(DEVICE, "int x;\n".repeat(573)));
        List<TextFile> over = List.of(Planted.file(DEVICE, "int x;\n".repeat(574)));

        TidyFindings.expectNone(Budget.overruns(full));
        assertEquals(
                List.of("trusted/device has 574 code lines, at most 573 are allowed."),
                Budget.overruns(over));
    }

    @Test
    void the_parts_fill_the_whole_and_no_more() {
        List<TextFile> sources =
                List.of(
                        file("qvm", 1_518),
                        file("verifier", 1_000),
                        file("device", 573),
                        file("kernel", 5_176));

        TidyFindings.expectNone(Budget.overruns(sources));
        assertEquals(8_267, Budget.TOTAL);
    }

    @Test
    void blanks_and_comments_are_free() {
        String source =
                """
                /// A doc comment.

                // A remark.
                /* A longer
                   remark. */
                class A { // code with a remark
                    String a = "// code"; /* remark */
                    char quote = '"'; char escaped = '\\''; // code
                    /* remark */ int code;
                    String text = \"""
                        // code, inside a text block

                        \\\""" still \""";
                }
                """;

        assertEquals(8, CodeLines.of(source));
    }

    private static TextFile file(String module, int lines) {
        return Planted.file(
                "trusted/" + module + "/src/main/java/org/qmk/" + module + "/A.java",
                "int x;\n".repeat(lines));
    }
}
