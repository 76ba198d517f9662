package org.qmk.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;

/// docs/spec/qvm-forms.md says what the readers do.
class FormsPageTest {

    private static String page() throws IOException {
        return Files.readString(CodecFiles.root().resolve("docs/spec/qvm-forms.md"));
    }

    @Test
    void its_examples_are_graphs() throws IOException {
        Matcher block = Pattern.compile("(?s)```(?:json)?\n(qvm 1.0.*?|\\{.*?)```").matcher(page());
        List<QvmForm> forms = new ArrayList<>();
        while (block.find()) {
            byte[] bytes = block.group(1).getBytes(StandardCharsets.UTF_8);
            Reading reading = GraphReader.read(bytes);
            assertInstanceOf(Reading.Ok.class, reading, reading::toString);
            forms.add(QvmForm.detect(bytes).orElseThrow());
        }
        assertEquals(List.of(QvmForm.TEXT, QvmForm.JSON), forms);
    }

    @Test
    void it_names_every_operation_with_an_argument_and_every_key() throws IOException {
        String page = page();
        for (Opcode opcode : Opcode.values()) {
            Argument.Kind kind = opcode.shape().argument;
            for (String key : ArgumentFields.keys(kind)) {
                if (kind == Argument.Kind.POLICY) continue;
                assertTrue(page.contains("`" + key + "`"), key);
                assertTrue(page.contains(opcode.mnemonic()), opcode::mnemonic);
            }
        }
    }

    @Test
    void its_codes_exist_and_its_bounds_hold() throws IOException {
        String page = page();
        Matcher code = Pattern.compile("QVM-[A-Z]+-[0-9]+").matcher(page);
        int codes = 0;
        while (code.find()) {
            String found = code.group();
            boolean known =
                    List.of(Rule.values()).stream().anyMatch(rule -> rule.code().equals(found));
            assertTrue(known, found);
            codes++;
        }
        assertTrue(codes > 10);
        assertTrue(page.contains("at most " + Limits.DEFAULT.guardDepth() + " levels"));
        assertTrue(page.contains("at most " + JsonCursor.NESTING_MAX + " levels"));
        assertTrue(page.contains("at most " + FormErrors.MAX + " errors"));
        assertTrue(page.contains(RESERVED_LINE));
        for (String word : TextScanner.RESERVED) assertTrue(RESERVED_LINE.contains(word), word);
    }

    private static final String RESERVED_LINE =
            "`if via after and or all any always` are names only";
}
