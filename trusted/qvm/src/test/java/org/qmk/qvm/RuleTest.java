package org.qmk.qvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {

    private static final Set<String> GROUPS =
            Set.of(
                    "FORM", "NAME", "TYPE", "LINEAR", "CHAN", "EVENT", "CAP", "DAG", "BOUND",
                    "FAMILY", "GUARD", "REV");

    @ParameterizedTest
    @EnumSource
    void a_code_is_of_a_known_group_and_numbered_within_it(Rule rule) {
        String[] parts = rule.code().split("-");

        assertEquals(3, parts.length, rule.code());
        assertEquals("QVM", parts[0]);
        assertTrue(GROUPS.contains(parts[1]), rule.code());
        assertTrue(parts[2].matches("[1-9][0-9]*"), rule.code());
        assertTrue(rule.name().startsWith(parts[1]), rule.name());
    }

    @Test
    void codes_are_unique_and_numbered_without_gaps() {
        Map<String, Integer> lasts = new TreeMap<>();
        Set<String> codes = new HashSet<>();
        for (Rule rule : Rule.values()) {
            assertTrue(codes.add(rule.code()), rule.code());
            String group = rule.code().split("-")[1];
            int number = Integer.parseInt(rule.code().split("-")[2]);
            assertEquals(lasts.getOrDefault(group, 0) + 1, number, rule.code());
            lasts.put(group, number);
        }

        assertEquals(GROUPS, lasts.keySet());
    }

    @ParameterizedTest
    @EnumSource
    void a_sentence_ends_with_how_to_mend_it_and_its_placeholders_are_words(Rule rule) {
        String sentence = rule.sentence();
        String plain = sentence.replaceAll("\\{[a-z]+}", "");

        assertFalse(plain.contains("{") || plain.contains("}"), sentence);
        assertTrue(sentence.contains("{"), "a rule names what it found: " + sentence);
        assertTrue(sentence.endsWith(".") || sentence.endsWith("{mend}"), sentence);
        assertFalse(sentence.contains("  "), sentence);
    }

    @Test
    void a_message_holds_the_facts_and_the_code() {
        var violation =
                Violation.of(Rule.NAME_TWICE, Violation.NO_NODE, "kind", "qubit", "name", "q");

        assertEquals(
                "QVM-NAME-2: qubit q is declared twice. Remove one of the declarations.",
                violation.toString());
        assertEquals(
                List.of(new Violation.Fact("kind", "qubit"), new Violation.Fact("name", "q")),
                violation.facts());
        assertThrows(
                IllegalStateException.class,
                () -> Violation.of(Rule.NAME_TWICE, 0, "kind", "qubit", "name"));
    }
}
