package org.qmk.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.codec.GraphReader;
import org.qmk.codec.GraphWriter;
import org.qmk.codec.QvmForm;
import org.qmk.codec.Reading;

final class SourceFormTest {

    @ParameterizedTest
    @CsvSource({
        "'OPENQASM 3.0;', OPENQASM",
        "'// a comment\nOPENQASM 2.0;', OPENQASM",
        "'/* a\n comment */ OPENQASM;', OPENQASM",
        "'include \"stdgates.inc\";', OPENQASM",
        "'qubit[2] q;', OPENQASM",
        "'qvm 1.0', QVM",
        "'# a comment\nqvm 1.0', QVM",
        "'{', QVM",
        "'  {}', QVM",
        "'; ModuleID = x', LLVM_IR",
        "'target triple = x', LLVM_IR",
        "'declare void @f()', LLVM_IR",
        "'%Result = type opaque', LLVM_IR",
        "'@0 = internal constant [4 x i8] c\"0_t\\00\"', LLVM_IR",
        "'@x = private unnamed_addr global i64 0', LLVM_IR",
        "'@reversible\ngate g q {}', UNKNOWN",
        "'namespace A {}', QSHARP",
        "'/// doc\n@EntryPoint()\noperation Main() : Unit {}', QSHARP",
        "'operation Main() : Unit {}', QSHARP",
        "'', EMPTY",
        "' \n\t\r\n', EMPTY",
        "'hello world', UNKNOWN",
        "'%PDF-1.4', UNKNOWN",
    })
    void content_tells_the_language(String content, SourceForm expected) {
        assertEquals(expected, form(content, "program"));
    }

    @Test
    void content_outweighs_the_name() {
        assertEquals(SourceForm.OPENQASM, form("OPENQASM 3.0;", "a.qvm"));
        assertEquals(SourceForm.QVM, form("qvm 1.0", "a.qasm"));
        assertEquals(SourceForm.QVM, form("{}", "a.ll"));
        assertEquals(SourceForm.LLVM_IR, form("; ModuleID", "a.qasm"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.qasm, OPENQASM",
        "A.QASM, OPENQASM",
        "a.qvm, QVM",
        "a.qvm.json, QVM",
        "a.qvm.pb, QVM",
        "a.ll, LLVM_IR",
        "a.bc, LLVM_BITCODE",
        "a.qs, QSHARP",
        "a.txt, UNKNOWN",
    })
    void the_name_decides_where_content_does_not(String name, SourceForm expected) {
        assertEquals(expected, form("h q[0];", name));
    }

    @Test
    void bitcode_is_known_by_its_magic_number() {
        byte[] bare = {'B', 'C', (byte) 0xC0, (byte) 0xDE, 1, 2, 3};
        byte[] wrapped = {(byte) 0xDE, (byte) 0xC0, 0x17, 0x0B, 1, 2, 3};

        assertEquals(SourceForm.LLVM_BITCODE, SourceForm.of(bare, "a.qasm"));
        assertEquals(SourceForm.LLVM_BITCODE, SourceForm.of(wrapped, "a.qasm"));
    }

    @Test
    void every_example_is_known_without_its_name_in_every_form() throws IOException {
        try (Stream<Path> examples =
                Files.list(Path.of(System.getProperty("qmk.root")).resolve("examples"))) {
            for (Path example : (Iterable<Path>) examples::iterator) {
                String name = example.getFileName().toString();
                if (!name.toLowerCase(Locale.ROOT).matches(".*\\.(qasm|qvm|qvm\\.json)")) continue;
                byte[] bytes = Files.readAllBytes(example);
                boolean qasm = name.endsWith(".qasm");
                assertEquals(
                        qasm ? SourceForm.OPENQASM : SourceForm.QVM,
                        SourceForm.of(bytes, "program"),
                        name);
                if (qasm || !(GraphReader.read(bytes) instanceof Reading.Ok(var graph, var _))) {
                    continue;
                }
                for (QvmForm form : QvmForm.values()) {
                    byte[] written = GraphWriter.write(graph, form);
                    assertEquals(SourceForm.QVM, SourceForm.of(written, "program"), name);
                }
            }
        }
    }

    @Test
    void q_sharp_is_refused_where_nobody_says_what_compiles_it() {
        byte[] program = "operation Main() : Unit { }".getBytes(StandardCharsets.UTF_8);

        var refused = assertInstanceOf(Loading.Refused.class, Loading.of("x.qs", program));

        assertEquals("QMK-SOURCE-5", refused.diagnostics().getFirst().code());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"builtin.module\"() ({ | MLIR",
                "module { | MLIR",
                "module attributes {a} { | MLIR",
                "module asm \"nop\" | LLVM_IR",
                "H 0 | STIM",
                "# a circuit\\nREPEAT 3 { | STIM",
                "CX rec[-1] 3 # a correction | STIM",
                "H q[0]; | UNKNOWN",
                "HELLO 0 | UNKNOWN",
            })
    void modules_and_circuits_are_known_by_how_they_begin(String content, SourceForm expected) {
        assertEquals(expected, form(content.replace("\\n", "\n"), "anything"));
    }

    private static SourceForm form(String content, String name) {
        return SourceForm.of(content.getBytes(StandardCharsets.UTF_8), name);
    }
}
