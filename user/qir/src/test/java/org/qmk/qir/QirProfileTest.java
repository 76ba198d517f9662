package org.qmk.qir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The word of the specification, one step to either side of it.
class QirProfileTest {

    private static final QirSettings STRICT = QirSettings.DEFAULT.with(QirValidation.STRICT);

    private static QirReading strict(String source) {
        return QirReader.read(source.getBytes(StandardCharsets.UTF_8), "p.ll", STRICT);
    }

    @Test
    void the_samples_keep_the_word_of_the_specification() {
        for (String sample : new String[] {QirSamples.BASE, QirSamples.ADAPTIVE}) {
            QirReading reading = strict(sample);

            assertInstanceOf(QirReading.Ok.class, reading, reading::toString);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QIR-PROFILE-1 | \"qir_profiles\"=\"base_profile\" | \"qir_profiles\"=\"other\"",
                "QIR-PROFILE-2 | \"output_labeling_schema\"=\"labeled\" | \"nothing\"",
                "QIR-PROFILE-2 | \"required_num_qubits\"=\"2\" | \"nothing\"",
                "QIR-PROFILE-3 | i32 1, !\"qir_major_version\", i32 1 |"
                        + " i32 1, !\"qir_major_version\", i32 3",
                "QIR-PROFILE-3 | i32 7, !\"qir_minor_version\" | i32 1, !\"qir_minor_version\"",
                "QIR-PROFILE-3 | !\"dynamic_qubit_management\" | !\"other\"",
                "QIR-PROFILE-8 | (%Qubit*, %Result* writeonly) | (%Qubit*, %Result*)",
                "QIR-PROFILE-9 | writeonly) #1 | writeonly)",
                "QIR-PROFILE-4 | br label %body\\nbody: | ",
                "QIR-PROFILE-5 | @__quantum__qis__h__body(%Qubit* null) |"
                        + " @__quantum__rt__initialize(i8* null)",
            })
    void a_step_away_is_refused_by_name(String code, String from, String to) {
        String target = to == null ? "" : to;
        String source = QirSamples.BASE.replace(from.replace("\\n", "\n"), target);

        var failed = assertInstanceOf(QirReading.Failed.class, strict(source), source);

        assertEquals(code, failed.errors().getFirst().code(), failed::toString);
        QirReading interop = QirReader.read(source, "p.ll");
        assertInstanceOf(QirReading.Ok.class, interop, interop::toString);
    }

    @Test
    void a_branch_is_not_of_the_base_profile() {
        String source =
                QirSamples.BASE.replace("br label %body", "br i1 true, label %body, label %body");

        var failed = assertInstanceOf(QirReading.Failed.class, strict(source));

        assertTrue(
                failed.errors().stream().anyMatch(error -> error.code().equals("QIR-PROFILE-6")),
                failed::toString);
    }

    @Test
    void what_compilers_add_is_not_of_the_adaptive_profile() {
        String source =
                QirSamples.UNTIL.replace(
                        "__quantum__rt__read_result", "__quantum__qis__read_result__body");
        QirSettings bounded = STRICT.withLoopBound(2);

        QirReading reading =
                QirReader.read(source.getBytes(StandardCharsets.UTF_8), "p.ll", bounded);

        var failed = assertInstanceOf(QirReading.Failed.class, reading);
        assertEquals("QIR-PROFILE-7", failed.errors().getFirst().code());
    }

    @Test
    void a_feature_that_no_flag_states_is_refused() {
        String source =
                QirSamples.ADAPTIVE.replace("\"backwards_branching\", i2 3", "\"other\", i2 3");

        var failed = assertInstanceOf(QirReading.Failed.class, strict(source));

        assertEquals("QIR-PROFILE-10", failed.errors().getFirst().code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%p = select i1 true, ptr null, ptr inttoptr (i64 1 to ptr)",
                "%p = inttoptr i64 1 to ptr",
                "%i = ptrtoint ptr inttoptr (i64 1 to ptr) to i64",
                "%c = icmp eq ptr null, null",
                "%p = alloca ptr\n store ptr null, ptr %p",
            })
    void a_qubit_in_a_variable_is_not_of_the_adaptive_profile(String line) {
        String program = adaptive("").replace("; here", line);

        var failed = assertInstanceOf(QirReading.Failed.class, strict(program), program);
        QirReading interop = QirReader.read(program, "p.ll");

        assertEquals("QIR-PROFILE-12", failed.errors().getFirst().code(), failed::toString);
        assertInstanceOf(QirReading.Ok.class, interop, interop::toString);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%p = inttoptr i64 1 to ptr | backwards_branching\", i2 1",
                "%p = alloca ptr\\n store ptr null, ptr %p | arrays\", i1 true",
            })
    void what_loops_count_and_arrays_hold_may_be_qubits(String line, String flag) {
        String flags = ", !9\n!9 = !{i32 1, !\"" + flag + "}";
        String program = adaptive(flags).replace("; here", line.replace("\\n", "\n"));

        QirReading reading = strict(program);

        assertInstanceOf(QirReading.Ok.class, reading, reading::toString);
    }

    private static String adaptive(String flags) {
        String last = flags.isEmpty() ? "}\n" : flags.replaceFirst("\n", "}\n") + "\n";
        return
"""
define i64 @main() #0 {
  call void @__quantum__rt__initialize(ptr null)
  ; here
  call void @__quantum__qis__x__body(ptr null)
  ret i64 0
}
declare void @__quantum__rt__initialize(ptr)
declare void @__quantum__qis__x__body(ptr)
attributes #0 = { "entry_point" "output_labeling_schema"="labeled" \
"qir_profiles"="adaptive_profile" "required_num_qubits"="1" "required_num_results"="0" }
!0 = !{i32 1, !"qir_major_version", i32 2}
!1 = !{i32 7, !"qir_minor_version", i32 1}
!2 = !{i32 1, !"dynamic_qubit_management", i1 false}
!3 = !{i32 1, !"dynamic_result_management", i1 false}
!4 = !{i32 5, !"int_computations", !{!"i64"}}
!llvm.module.flags = !{!0, !1, !2, !3, !4\
"""
                + last;
    }
}
