package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {
    @Test
    void no_type_has_an_empty_word_in_its_name() throws IOException {
        TidyFindings.expectNone(Names.banned(Syntax.parse(Checkout.underTest().sources())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class JobManager {}",
                "class GraphUtil {}",
                "interface KernelBase {}",
                "record QubitInfo(int i) {}",
                "enum DataKind {}",
                "class Outer { record HTTPHelper() {} }",
                "class A { Object o = new Object() { class InnerImpl {} }; }",
            })
    void an_empty_word_is_found_in_any_type(String source) throws IOException {
        assertEquals(1, Names.banned(Planted.syntax(source)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"class Database {}", "class Basement {}", "class Informant {}"})
    void a_word_that_only_begins_alike_passes(String source) throws IOException {
        TidyFindings.expectNone(Names.banned(Planted.syntax(source)));
    }

    @Test
    void no_two_classes_share_a_name() throws IOException {
        TidyFindings.expectNone(Names.shared(Syntax.parse(Checkout.underTest().sources())));
    }

    @Test
    void a_shared_name_is_found() throws IOException {
        Syntax twice =
                Syntax.parse(
                        List.of(
                                Planted.file("user/a/A.java", "package a; class A {}"),
                                Planted.file("user/b/A.java", "package b; record A() {}")));

        assertEquals(
                List.of("A is declared in each of [user/a/A.java, user/b/A.java]."),
                Names.shared(twice));
    }
}
