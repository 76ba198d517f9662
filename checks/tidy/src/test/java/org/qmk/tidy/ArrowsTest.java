package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArrowsTest {
    @Test
    void modules_require_only_what_the_diagram_allows() throws IOException {
        List<TextFile> moduleInfos =
                Checkout.underTest().mainSources().stream()
                        .filter(file -> file.name().equals("module-info.java"))
                        .toList();

        TidyFindings.expectNone(Arrows.forbidden(Syntax.parse(moduleInfos)));
    }

    @Test
    void an_arrow_that_the_diagram_lacks_is_found() throws IOException {
        TidyFindings.expectNone(arrows("user/sim", "qmk.qvm"));
        assertEquals(List.of("qmk.kernel"), arrows("user/sim", "transitive qmk.kernel"));
        assertEquals(List.of("qmk.verifier"), arrows("trusted/qvm", "qmk.verifier"));
        assertEquals(List.of("qmk.qvm"), arrows("user/unheard", "qmk.qvm"));
        assertEquals(List.of("qmk.kernel"), arrows("apps/wire", "qmk.kernel"));
        TidyFindings.expectNone(arrows("apps/cli", "qmk.kernel"));
    }

    @Test
    void a_library_in_the_trusted_base_is_found() throws IOException {
        TidyFindings.expectNone(arrows("user/codec", "tools.jackson.core"));
        assertEquals(List.of("tools.jackson.core"), arrows("trusted/qvm", "tools.jackson.core"));
        assertEquals(List.of("java.logging"), arrows("trusted/kernel", "java.logging"));
        TidyFindings.expectNone(arrows("trusted/kernel", "java.base"));
    }

    /// The forbidden targets among one.
    private static List<String> arrows(String module, String required) throws IOException {
        String path = module + "/src/main/java/module-info.java";
        TextFile info = Planted.file(path, "module m { requires " + required + "; }");
        return Arrows.forbidden(Syntax.parse(List.of(info))).stream()
                .map(found -> found.replaceAll(".*must not require (.*)\\.", "$1"))
                .toList();
    }
}
