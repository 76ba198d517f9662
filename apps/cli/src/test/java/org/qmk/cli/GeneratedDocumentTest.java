package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.Refusal;
import org.qmk.qasm.QasmRule;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;

/// Run with -Dgolden.update=true to write the documents anew.
final class GeneratedDocumentTest {

    private static final boolean UPDATE = System.getProperty("golden.update") != null;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void the_document_in_the_sources_is_what_the_tables_say(GeneratedDocument document)
            throws IOException {
        Path file = Invocation.root().resolve(document.path());
        if (UPDATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, document.text());
        }

        assertTrue(Files.exists(file), file + " is missing; make it with qmk doc --write .");
        assertEquals(document.text(), Files.readString(file), "out of date: " + file);
    }

    @ParameterizedTest
    @EnumSource
    void a_document_is_printed_by_its_name(GeneratedDocument document) {
        var run = Invocation.of("doc", document.id());

        assertEquals(ExitCode.DONE, run.exitCode());
        assertEquals(document.text(), run.out());
    }

    @Test
    void the_list_names_every_document() {
        var run = Invocation.of("doc");

        assertEquals(
                Stream.of(GeneratedDocument.values()).map(GeneratedDocument::id).toList(),
                run.outLines().stream().map(line -> line.split(" ")[0]).toList());
    }

    @Test
    void all_documents_are_written_below_a_folder() throws IOException {
        var run = Invocation.in(folder, "doc", "--write", "sources");

        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        assertEquals("", run.out());
        for (GeneratedDocument document : GeneratedDocument.values()) {
            Path file = folder.resolve("sources").resolve(document.path());
            assertEquals(document.text(), Files.readString(file));
        }
    }

    @Test
    void one_document_is_written_alone() {
        Invocation.in(folder, "doc", "rules", "--write", ".");

        assertTrue(Files.exists(folder.resolve("docs/reference/rules.md")));
        assertEquals(1, folder.resolve("docs/reference").toFile().list().length);
    }

    @Test
    void an_unknown_document_is_wrong_usage() {
        var run = Invocation.of("doc", "poems");

        assertEquals(ExitCode.USAGE, run.exitCode());
        assertTrue(run.err().contains("opcodes, rules"), run.err());
    }

    @Test
    void a_folder_that_cannot_be_made_is_a_failure() throws IOException {
        Files.writeString(folder.resolve("file"), "");

        for (String name : List.of("file", "a\0b")) {
            var run = Invocation.in(folder, "doc", "--write", name);
            assertEquals(ExitCode.FAILED, run.exitCode(), run.err());
        }
    }

    @Test
    void every_row_of_the_tables_is_in_its_document() {
        for (Opcode opcode : Opcode.values()) {
            assertContains(GeneratedDocument.OPCODES, "### " + opcode.mnemonic() + "\n");
        }
        for (Rule rule : Rule.values()) {
            assertContains(GeneratedDocument.RULES, "| " + rule.code() + " |");
        }
        for (Refusal refusal : Refusal.values()) {
            assertContains(GeneratedDocument.REFUSALS, "| " + refusal.code() + " |");
        }
        for (EndCause cause : EndCause.values()) {
            assertContains(GeneratedDocument.REFUSALS, "| " + cause.code() + " |");
        }
        for (QasmRule rule : QasmRule.values()) {
            assertContains(GeneratedDocument.QASM_CODES, "| " + rule.code() + " |");
        }
        for (Subcommand subcommand : Subcommand.values()) {
            assertContains(GeneratedDocument.CLI, "## qmk " + subcommand.word() + "\n");
        }
    }

    private static void assertContains(GeneratedDocument document, String part) {
        assertTrue(document.text().contains(part), document + " lacks " + part);
    }
}
