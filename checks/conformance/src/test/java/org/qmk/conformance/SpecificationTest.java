package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.qmk.qvm.CanonicalForm;
import org.qmk.qvm.Capability;
import org.qmk.qvm.Family;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Limits;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.Rule;

/// docs/spec/qvm.md says what is so: its examples are run, its lists are complete.
final class SpecificationTest {

    private static final String FENCE = "```";

    private final List<String> lines;
    private final String text;

    /// A fenced block.
    ///
    /// @param words what stands behind the opening fence
    /// @param line where, counted from 1
    private record Block(List<String> words, int line, String content) {

        boolean isExample() {
            return List.of("qvm", "json", "hex").contains(words.getFirst());
        }

        boolean accepts() {
            return words.get(1).equals("accept");
        }

        byte[] source() {
            return words.getFirst().equals("hex")
                    ? HexFormat.of().parseHex(content.replaceAll("\\s", ""))
                    : content.getBytes(StandardCharsets.UTF_8);
        }
    }

    SpecificationTest() throws IOException {
        lines = Files.readAllLines(Repository.root().resolve("docs/spec/qvm.md"));
        text = String.join("\n", lines);
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).startsWith(FENCE)) continue;
            int start = i;
            var content = new StringBuilder();
            for (i++; !lines.get(i).equals(FENCE); i++) content.append(lines.get(i)).append('\n');
            String info = lines.get(start).substring(FENCE.length());
            blocks.add(new Block(List.of(info.split(" +")), start + 1, content.toString()));
        }
        return blocks;
    }

    @TestFactory
    Stream<DynamicTest> every_example_is_judged_as_it_says() {
        return blocks().stream()
                .filter(Block::isExample)
                .map(
                        block ->
                                DynamicTest.dynamicTest(
                                        "line " + block.line + ": " + String.join(" ", block.words),
                                        () -> check(block)));
    }

    private static void check(Block block) throws ReflectiveOperationException {
        Script.Form form =
                block.words.getFirst().equals("hex") ? Script.Form.HEX : Script.Form.TEXT;
        switch (Judgement.of(form, block.source(), limits(block))) {
            case Judgement.Accepted _ -> assertTrue(block.accepts(), "it was accepted");
            case Judgement.Refused(var refusals) -> {
                if (block.accepts()) fail("it was refused: " + refusals);
                Set<String> codes = new TreeSet<>();
                refusals.forEach(refusal -> codes.add(refusal.code()));
                assertEquals(Set.of(block.words.get(2)), codes, refusals::toString);
            }
        }
    }

    private static Limits limits(Block block) throws ReflectiveOperationException {
        int place = block.words.indexOf("limits");
        TreeMap<String, Integer> changes = new TreeMap<>();
        if (place >= 0) {
            for (String change : block.words.subList(place + 1, block.words.size())) {
                String[] parts = change.split("=");
                changes.put(parts[0], Integer.valueOf(parts[1]));
            }
        }
        return ScriptCheck.limits(changes);
    }

    @Test
    void every_rule_is_stated_once_and_has_an_accepted_and_a_refused_example() {
        List<Block> examples = blocks().stream().filter(Block::isExample).toList();
        for (Rule rule : Rule.values()) {
            String code = rule.code();
            assertEquals(1, text.split("(?m)^\\*\\*" + code + "\\.\\*\\*", -1).length - 1, code);
            int refused = -1;
            for (int i = 0; i < examples.size(); i++) {
                if (examples.get(i).words.contains(code)) refused = i;
            }
            assertTrue(refused > 0, () -> code + " has no refused example");
            assertTrue(
                    examples.get(refused - 1).accepts(),
                    () -> "no accepted example stands before that of " + code);
        }
    }

    @Test
    void every_operation_capability_and_family_is_named() {
        for (Opcode opcode : Opcode.values()) {
            boolean inRange =
                    opcode.compareTo(Opcode.APPLY_X) >= 0
                            && opcode.compareTo(Opcode.APPLY_ISWAPDG) <= 0;
            assertTrue(inRange || text.contains(opcode.mnemonic()), opcode::mnemonic);
        }
        for (Capability capability : Capability.values()) {
            assertTrue(text.contains(capability.text()), capability::text);
        }
        for (Family family : Family.values()) {
            assertTrue(text.contains("`" + family.text().split("/")[0] + "`"), family::text);
        }
    }

    @Test
    void the_table_of_limits_is_that_of_the_code() throws ReflectiveOperationException {
        for (RecordComponent limit : Limits.class.getRecordComponents()) {
            Object usual = limit.getAccessor().invoke(Limits.DEFAULT);
            String row = "(?m)^\\| `" + limit.getName() + "` \\| [^|]+ \\| " + usual + " \\|$";
            assertEquals(1, text.split(row, -1).length - 1, limit::getName);
        }
    }

    @Test
    void the_example_of_the_canonical_encoding_is_that_of_the_graph_before_it() {
        List<Block> blocks = blocks();
        int place = 0;
        while (!blocks.get(place).words.equals(List.of("canonical"))) place++;
        var hex = new StringBuilder();
        blocks.get(place).content.lines().forEach(line -> hex.append(line.split("#")[0]));
        byte[] bytes = HexFormat.of().parseHex(hex.toString().replaceAll("\\s", ""));

        switch (Judgement.of(Script.Form.TEXT, blocks.get(place - 1).source(), Limits.DEFAULT)) {
            case Judgement.Refused(var refusals) -> fail(refusals.toString());
            case Judgement.Accepted(var program) -> {
                Graph graph = program.graph();
                assertArrayEquals(
                        bytes,
                        CanonicalForm.encode(graph),
                        () -> Arrays.toString(CanonicalForm.encode(graph)));
                assertTrue(text.contains("the digest `" + ScriptCheck.digest(graph) + "`"));
            }
        }
    }
}
