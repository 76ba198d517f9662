package org.qmk.qsharp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real compiler, which is installed for the user if it is not there. Skipped, saying why,
/// where node, npm or npm's registry are missing.
class QsharpPackageTest {

    private static final String BELL =
            """
            @EntryPoint()
            operation Main() : (Result, Result) {
                use (a, b) = (Qubit(), Qubit());
                H(a);
                CNOT(a, b);
                return (MResetZ(a), MResetZ(b));
            }
            """;

    private static QsharpCompiler compiler;

    @BeforeAll
    static void start() {
        compiler = QsharpCompiler.ofEnvironment();
        QsharpCompiled first = compiled(BELL, QsharpProfile.BASE);
        String missing =
                first instanceof QsharpCompiled.Failed(var errors)
                                && (errors.getFirst().rule() == QsharpRule.NODE
                                        || errors.getFirst().rule() == QsharpRule.INSTALL)
                        ? errors.getFirst().message()
                        : "";
        assumeTrue(missing.isEmpty(), "skipped: " + missing);
        assertInstanceOf(QsharpCompiled.Qir.class, first, first::toString);
    }

    @AfterAll
    static void stop() {
        compiler.close();
    }

    private static QsharpCompiled compiled(String source, QsharpProfile profile) {
        return compiler.compile(source.getBytes(StandardCharsets.UTF_8), "bell.qs", profile);
    }

    @Test
    void every_profile_compiles_a_circuit() {
        for (QsharpProfile profile : QsharpProfile.values()) {
            var qir = assertInstanceOf(QsharpCompiled.Qir.class, compiled(BELL, profile));
            String named = profile == QsharpProfile.BASE ? "base_profile" : "adaptive_profile";
            assertTrue(qir.text().contains(named), qir::text);
        }
    }

    @Test
    void errors_have_their_line_and_column_in_code_points() {
        String source = BELL.replace("H(a);", "Message(\"\uD83D\uDE00\"); H(c);");

        var failed =
                assertInstanceOf(QsharpCompiled.Failed.class, compiled(source, QsharpProfile.BASE));

        QsharpDiagnostic error = failed.errors().getFirst();
        assertEquals("QSHARP-COMPILE-1", error.code());
        assertEquals(
                List.of("bell.qs", 4, 21), List.of(error.file(), error.line(), error.column()));
        assertTrue(error.message().contains("`c` not found"), error::message);
    }

    @Test
    void what_a_profile_does_not_have_is_refused_and_another_takes_it() {
        String source = BELL.replace("CNOT(a, b);", "if MResetZ(a) == One { X(b); }");

        var failed =
                assertInstanceOf(QsharpCompiled.Failed.class, compiled(source, QsharpProfile.BASE));

        assertTrue(failed.errors().stream().allMatch(error -> error.line() == 5));
        assertInstanceOf(QsharpCompiled.Qir.class, compiled(source, QsharpProfile.ADAPTIVE_RI));
    }

    @Test
    void a_program_without_an_entry_point_is_refused() {
        var failed =
                assertInstanceOf(
                        QsharpCompiled.Failed.class,
                        compiled("operation F() : Unit {}", QsharpProfile.BASE));

        assertEquals("QSHARP-COMPILE-1", failed.errors().getFirst().code());
    }

    @Test
    void line_breaks_of_unicode_in_a_program_do_not_end_the_request() {
        String source = BELL.replace("H(a);", "// \u2028 \u2029 \u0085\nH(a);");

        assertInstanceOf(QsharpCompiled.Qir.class, compiled(source, QsharpProfile.BASE));
    }

    @Test
    void deep_nesting_breaks_nothing_that_follows() {
        String deep = "(".repeat(20_000) + "1" + ")".repeat(20_000);

        assertInstanceOf(
                QsharpCompiled.Failed.class,
                compiled(
                        "operation Main() : Int { return " + deep + "; }", QsharpProfile.ADAPTIVE));

        assertInstanceOf(QsharpCompiled.Qir.class, compiled(BELL, QsharpProfile.BASE));
    }
}
