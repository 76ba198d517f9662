package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormErrorsTest {

    private static final String HEAD = "qvm 1.0\nqubits q0 q1\nchannels ch\nevents m0 m1=0\n";

    private static List<FormError> errors(String text) {
        var reading = GraphReader.read(text.getBytes(StandardCharsets.UTF_8), QvmForm.TEXT);
        return assertInstanceOf(Reading.Failed.class, reading).errors();
    }

    /// Each line stands as line 5 of a file that is otherwise right.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    APPLY_Q q0                       | 1  | QVM-FORM-9
                    apply_h q0                       | 1  | QVM-FORM-9
                    H q0                             | 1  | QVM-FORM-9
                    qbits q2                         | 1  | QVM-FORM-1
                    qvm 1.0                          | 1  | QVM-FORM-1
                    = q0                             | 1  | QVM-FORM-1
                    caps CAP_FLY                     | 6  | QVM-CAP-2
                    APPLY_H q0 )                     | 12 | QVM-FORM-1
                    APPLY_H q0 angle=1               | 12 | QVM-FORM-5
                    RZ q0 precision=1e-3             | 1  | QVM-FORM-3
                    RZ q0 angle=NaN                  | 7  | QVM-FORM-4
                    RZ q0 angle=Infinity             | 7  | QVM-FORM-4
                    RZ q0 angle=0x1p3                | 7  | QVM-FORM-4
                    RZ q0 angle=1e999                | 7  | QVM-TYPE-7
                    RZ q0 angle="1"                  | 7  | QVM-FORM-4
                    RZ q0 angle=1 angle=2            | 15 | QVM-FORM-1
                    RZ q0 angle=                     | 13 | QVM-FORM-1
                    RZ q0 angle=1 precision=0        | 15 | QVM-TYPE-7
                    RZ q0 angle=1 precision=2        | 15 | QVM-TYPE-7
                    COND_PAULI q0 <- m0 pauli=XQ     | 21 | QVM-TYPE-7
                    EV_CONST -> m0 value=2           | 16 | QVM-TYPE-7
                    OPEN_CHAN q0 q1 via ch fidelity=2 kind=x | 24 | QVM-TYPE-7
                    OPEN_CHAN q0 q1 via ch kind=x    | 1  | QVM-FORM-3
                    USE_CHAN q0 q1 via ch gate=iswap | 23 | QVM-TYPE-7
                    ALLOC_LQ q0 n=2                  | 13 | QVM-TYPE-9
                    MEASURE_Z q0 -> m0 -> m1         | 20 | QVM-FORM-1
                    EV_NOT -> m0 <- m1               | 14 | QVM-FORM-1
                    APPLY_X q0 if                    | 14 | QVM-FORM-1
                    APPLY_X q0 if m0                 | 17 | QVM-FORM-1
                    APPLY_X q0 if m0 == 2            | 21 | QVM-FORM-1
                    APPLY_X q0 if m0 == 10           | 21 | QVM-FORM-1
                    APPLY_X q0 if (m0 == 1           | 23 | QVM-FORM-1
                    APPLY_X q0 if all m0             | 19 | QVM-FORM-1
                    APPLY_X q0 if and == 1           | 15 | QVM-FORM-1
                    APPLY_X q0 after                 | 17 | QVM-FORM-1
                    APPLY_X q0 after #               | 19 | QVM-FORM-1
                    APPLY_X q0 after nowhere         | 18 | QVM-NAME-5
                    APPLY_X q0 after #1 if m0 == 1   | 21 | QVM-FORM-1
                    APPLY_X "q0                      | 9  | QVM-FORM-1
                    APPLY_X "q\\x0"                  | 11 | QVM-FORM-1
                    APPLY_X "\\ud800"                | 9  | QVM-FORM-1
                    lab: qubits q7                   | 6  | QVM-FORM-9
                    lab:                             | 5  | QVM-FORM-1
                    "lab" APPLY_X q0                 | 7  | QVM-FORM-1
                    events m3=1                      | 11 | QVM-FORM-1
                    qubits if                        | 8  | QVM-FORM-1
                    """)
    void a_wrong_line_is_named_with_its_column_and_code(String line, int column, String code) {
        List<FormError> errors = errors(HEAD + line + "\n");

        assertEquals(1, errors.size(), errors::toString);
        FormError error = errors.getFirst();
        assertEquals(code, error.code(), error::message);
        if (line.startsWith("APPLY_X \"q0")) return; // ends at the end of the line
        assertEquals(new Position.InText(5, column), error.position(), error::message);
        assertTrue(error.message().startsWith("line 5, column " + column + ": " + code + ": "));
        assertTrue(error.message().endsWith("."), error::message);
        assertTrue(error.message().indexOf('{') < 0, error::message);
    }

    @Test
    void handles_cannot_be_declared_after_a_node() {
        FormError error = errors(HEAD + "APPLY_H q0\nqubits q2\n").getFirst();

        assertEquals("QVM-FORM-1", error.code());
        assertEquals(new Position.InText(6, 1), error.position());
    }

    @Test
    void a_file_begins_with_its_version() {
        assertEquals("QVM-FORM-1", errors("qubits q0\n").getFirst().code());
        assertEquals("QVM-FORM-2", errors("").getFirst().code());
        assertEquals("QVM-FORM-2", errors("# nothing\n\n").getFirst().code());
        assertEquals("QVM-FORM-6", errors("qvm 2.0\nAPPLY_H q0\nfoo\n").getFirst().code());
        assertEquals(1, errors("qvm 2.0\nAPPLY_H q0\nfoo\n").size());
    }

    @Test
    void two_nodes_cannot_have_one_label() {
        FormError error = errors(HEAD + "a: APPLY_H q0\na: APPLY_H q0\n").getFirst();

        assertEquals("QVM-NAME-4", error.code());
        assertEquals(new Position.InText(6, 1), error.position());
    }

    @Test
    void every_wrong_line_is_reported_up_to_a_hundred() {
        assertEquals(3, errors(HEAD + "foo\nAPPLY_H q0\nbar\n\nbaz # not\n").size());
        assertEquals(100, errors(HEAD + "foo\n".repeat(5000)).size());
    }

    @Test
    void columns_count_characters() {
        FormError error =
                errors(HEAD + "BAR_REGION tag=\"\u91cf\u5b50\ud83d\ude00\" !\n").getFirst();

        assertEquals(new Position.InText(5, 22), error.position());
    }

    @Test
    void bytes_that_are_not_utf_8_are_named() {
        byte[] bytes = (HEAD + "# x").getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = (byte) 0xC0;

        var failed = assertInstanceOf(Reading.Failed.class, GraphReader.read(bytes, QvmForm.TEXT));

        assertEquals("QVM-FORM-8", failed.errors().getFirst().code());
        assertEquals(new Position.InText(5, 3), failed.errors().getFirst().position());
    }

    @Test
    void a_guard_may_be_as_deep_as_the_limit_and_no_deeper() {
        String inner = "m0 == 1";
        String deep = "all(".repeat(32) + inner + ")".repeat(32);

        assertInstanceOf(Reading.Ok.class, read("APPLY_X q0 if " + deep));
        assertEquals("QVM-FORM-7", code("APPLY_X q0 if all(" + deep + ")"));
        assertEquals(
                "QVM-FORM-7", code("APPLY_X q0 if " + "(".repeat(33) + inner + ")".repeat(33)));
        assertEquals("QVM-FORM-7", code("APPLY_X q0 if " + "any(".repeat(1_000_000)));
    }

    private static Reading read(String line) {
        return GraphReader.read(
                (HEAD + line + "\n").getBytes(StandardCharsets.UTF_8), QvmForm.TEXT);
    }

    private static String code(String line) {
        return errors(HEAD + line + "\n").getFirst().code();
    }

    @Test
    void people_may_write_blanks_comments_windows_lines_and_a_byte_order_mark() {
        String text =
                "\ufeff\r\n  qvm 1.0 # version\r\n\tqubits\tq0   q1\r\nqubits q2\r\nevents m\r\n"
                        + "  a :  APPLY_CNOT   q0\tq1 # flip\r\n"
                        + "MEASURE_Z q0->m\r\nRZ q1 angle = +.5\r\n";

        List<FormError> errors = errors(text);

        assertEquals(1, errors.size(), errors::toString); // .5 is no JSON number
        assertInstanceOf(
                Reading.Ok.class,
                GraphReader.read(text.replace("+.5", "+0.5").getBytes(StandardCharsets.UTF_8)));
    }
}
