package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LengthsTest {
    private static final String TRUSTED = "trusted/qvm/src/main/java/org/qmk/qvm/A.java";
    private static final String USER = "user/sim/src/main/java/org/qmk/sim/A.java";

    @Test
    void no_file_is_too_long() throws IOException {
        TidyFindings.expectNone(Lengths.longFiles(Checkout.underTest().sources()));
    }

    @Test
    void a_file_of_one_line_too_many_is_found() {
        TidyFindings.expectNone(Lengths.longFiles(List.of(lines(TRUSTED, 500), lines(USER, 800))));
        assertEquals(
                List.of(TRUSTED + ": has 501 lines, at most 500."),
                Lengths.longFiles(List.of(lines(TRUSTED, 501))));
        assertEquals(
                List.of(USER + ": has 801 lines, at most 800."),
                Lengths.longFiles(List.of(lines(USER, 801))));
    }

    @Test
    void no_line_is_too_long() throws IOException {
        TidyFindings.expectNone(Lengths.longLines(Checkout.underTest().sources()));
    }

    @Test
    void a_line_of_one_column_too_many_is_found() {
        TextFile fits = Planted.file(USER, "x\n" + "\u03c0".repeat(100) + "\n");
        TextFile wide = Planted.file(USER, "x\n" + "\u03c0".repeat(101) + "\n");

        TidyFindings.expectNone(Lengths.longLines(List.of(fits)));
        assertEquals(List.of(USER + ":2: has 101 columns."), Lengths.longLines(List.of(wide)));
    }

    @Test
    void no_method_is_too_long() throws IOException {
        Syntax syntax = Syntax.parse(Checkout.underTest().mainSources());

        TidyFindings.expectNone(Lengths.longMethods(syntax));
    }

    @Test
    void a_method_of_one_line_too_many_is_found() throws IOException {
        String fits = "class A {\n  void f() {\n" + "f();\n".repeat(68) + "}\n}";
        String tall = "class A {\n  void f() {\n" + "f();\n".repeat(69) + "}\n}";

        TidyFindings.expectNone(Lengths.longMethods(Planted.syntax(fits)));
        assertEquals(
                List.of("user/sim/src/main/java/org/qmk/sim/Bad.java:2: f has 71 lines."),
                Lengths.longMethods(Planted.syntax(tall)));
    }

    private static TextFile lines(String path, int lines) {
        return Planted.file(path, "//\n".repeat(lines));
    }
}
