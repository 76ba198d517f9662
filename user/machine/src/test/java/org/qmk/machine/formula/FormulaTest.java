package org.qmk.machine.formula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormulaTest {

    private static final List<String> NAMES = List.of("codeDistance|d", "t");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2 * codeDistance * codeDistance; 98",
                "(4 * t + 2 * 100) * d; 2800",
                "-2 ^ 2; -4",
                "2 ^ 3 ^ 2; 512",
                "2 ^ -1; 0.5",
                "10 - 3 - 2; 5",
                "12 / 3 / 2; 2",
                "7 % 4; 3",
                "1.5e2 + .5; 150.5",
                "max(1, d, 3) + min(4, t); 11",
                "ceil(1.2) + floor(1.8) + int(-1.8) + abs(-3); 5",
                "round(2.5) + sign(-4); 2",
                "round(10, 27); 30",
                "log(1000) + log(2, 8); 6",
                "e() - e() + pi() / pi(); 1",
                "--3; 3",
            })
    void a_formula_has_the_value_that_arithmetic_says(String text, double value) {
        var parsed = assertInstanceOf(Formula.Parsed.Ok.class, Formula.parse(text, NAMES), text);

        assertEquals(value, parsed.formula().value(7, 50), 1e-12, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1 +",
                "(1",
                "1)",
                "1 2",
                "x",
                "sin(1)",
                "abs()",
                "abs(1, 2)",
                "1e999",
                "1..2",
                "t()",
                "$",
                "max(1,)",
                "e"
            })
    void what_is_no_formula_is_refused(String text) {
        assertInstanceOf(Formula.Parsed.Failed.class, Formula.parse(text, NAMES), text);
    }

    @Test
    void a_message_says_where_and_what_was_expected() {
        var failed = assertInstanceOf(Formula.Parsed.Failed.class, Formula.parse("2 * u", NAMES));

        assertEquals("'u' at 5 is unknown; expected are codeDistance/d, t", failed.message());
    }

    @Test
    void a_formula_is_bounded_in_length_depth_and_operators() {
        List<String> hostile =
                List.of(
                        "1".repeat(Formula.LENGTH_MAX + 1),
                        "(".repeat(1000) + "1" + ")".repeat(1000),
                        "1" + "^1".repeat(1000),
                        "1" + "+1".repeat(1000),
                        "1" + "*1".repeat(1000));

        for (String text : hostile) {
            assertInstanceOf(Formula.Parsed.Failed.class, Formula.parse(text, List.of()));
        }
        assertInstanceOf(Formula.Parsed.Ok.class, Formula.parse("1" + "+1".repeat(500), List.of()));
    }

    @Test
    void arithmetic_without_a_value_gives_no_number() {
        var parsed = assertInstanceOf(Formula.Parsed.Ok.class, Formula.parse("0 / 0", List.of()));

        assertTrue(Double.isNaN(parsed.formula().value()));
    }
}
