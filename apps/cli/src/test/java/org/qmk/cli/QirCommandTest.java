package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// QIR on the command line: records, bounds, modes, and the way back.
final class QirCommandTest {

    private static final String PROGRAM =
            """
            @0 = internal constant [4 x i8] c"0_r\\00"
            define i64 @main() #0 {
            entry:
              call void @__quantum__qis__x__body(ptr null)
              br label %loop
            loop:
              call void @__quantum__qis__mz__body(ptr null, ptr null)
              %again = call i1 @__quantum__rt__read_result(ptr null)
              br i1 GO, label %loop, label %end
            end:
              call void @__quantum__rt__result_record_output(ptr null, ptr @0)
              ret i64 0
            }
            declare void @__quantum__qis__x__body(ptr)
            declare void @__quantum__qis__mz__body(ptr, ptr)
            declare i1 @__quantum__rt__read_result(ptr)
            declare void @__quantum__rt__result_record_output(ptr, ptr)
            attributes #0 = { "entry_point" "qir_profiles"="adaptive_profile" }
            !llvm.module.flags = !{!0}
            !0 = !{i32 7, !"backwards_branching", i2 3}
            """;

    @TempDir private Path folder;

    private String file(String condition) throws IOException {
        Path file = folder.resolve("program.ll");
        return Files.writeString(file, PROGRAM.replace("GO", condition)).toString();
    }

    @Test
    void records_of_every_shot_are_printed_as_the_runner_does() throws IOException {
        var run = Invocation.of("run", file("false"), "--format", "qir", "--shots", "2");

        String shot =
                "START\nMETADATA\tentry_point\nMETADATA\tqir_profiles\tadaptive_profile\n"
                        + "OUTPUT\tRESULT\t1\t0_r\nEND\t0\n";
        assertEquals(ExitCode.DONE, run.exitCode());
        assertEquals(shot + shot, run.out());
    }

    @Test
    void the_schemas_of_the_specification_are_told_by_their_header() throws IOException {
        for (String schema : List.of("labeled", "ordered")) {
            var run =
                    Invocation.of(
                            "run", file("false"), "--format", "qir-" + schema, "--shots", "1");

            assertTrue(run.out().startsWith("HEADER\tschema_id\t" + schema + "\n"), run.out());
        }
    }

    @Test
    void another_language_has_no_records() {
        var run = Invocation.of("run", "examples/bell.qasm", "--format", "qir");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertEquals("", run.out());
    }

    @Test
    void a_loop_without_end_needs_a_bound() throws IOException {
        var refused = Invocation.of("run", file("%again"), "--format", "qir", "--shots", "1");
        var bounded =
                Invocation.of(
                        "run",
                        file("%again"),
                        "--format",
                        "qir",
                        "--shots",
                        "1",
                        "--loop-bound",
                        "3");

        assertEquals(ExitCode.FAILED, refused.exitCode());
        assertTrue(refused.err().contains("QIR-LOOP-1"), refused.err());
        assertEquals(ExitCode.DONE, bounded.exitCode());
        assertTrue(bounded.out().endsWith("END\t64\n"), bounded.out());
    }

    @Test
    void the_word_of_the_specification_is_asked_for() throws IOException {
        var loose = Invocation.of("verify", file("false"));
        var strict = Invocation.of("verify", file("false"), "--qir", "strict");

        assertEquals(ExitCode.DONE, loose.exitCode());
        assertEquals(ExitCode.FAILED, strict.exitCode());
        assertTrue(strict.err().contains("QIR-PROFILE-"), strict.err());
    }

    @Test
    void what_is_compiled_to_qir_keeps_that_word() throws IOException {
        Path written = folder.resolve("teleport.ll");
        var compile = Invocation.of("compile", "examples/teleport.qasm", "-o", written.toString());
        var verify = Invocation.of("verify", written.toString(), "--qir", "strict");

        assertEquals(ExitCode.DONE, compile.exitCode());
        assertEquals(ExitCode.DONE, verify.exitCode(), verify.err());
    }

    @Test
    void what_qir_cannot_say_is_refused_by_name() {
        var compile = Invocation.of("compile", "examples/repeater.qvm", "--to", "qir");

        assertEquals(ExitCode.FAILED, compile.exitCode());
        assertTrue(compile.err().contains("QIR-WRITE-1"), compile.err());
    }
}
