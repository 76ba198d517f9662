package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PackagesTest {
    private static final String FOLDER = "user/sim/src/main/java/org/qmk/sim";
    private static final TextFile SOURCE = Planted.file(FOLDER + "/A.java", "class A {}");

    @Test
    void every_package_introduces_itself() throws IOException {
        TidyFindings.expectNone(Packages.unintroduced(Checkout.underTest().mainSources()));
    }

    @Test
    void a_package_without_introduction_is_found() {
        TextFile brief = Planted.file(FOLDER + "/package-info.java", "/// Sim.\npackage a;");
        TextFile full =
                Planted.file(FOLDER + "/package-info.java", "/// One line.\n".repeat(6) + "x;");

        assertEquals(1, Packages.unintroduced(List.of(SOURCE)).size());
        assertEquals(1, Packages.unintroduced(List.of(SOURCE, brief)).size());
        TidyFindings.expectNone(Packages.unintroduced(List.of(SOURCE, full)));
    }

    @Test
    void no_package_is_called_internal() throws IOException {
        TidyFindings.expectNone(Packages.hidden(Checkout.underTest().sources()));
    }

    @Test
    void a_package_called_internal_is_found() {
        TextFile hidden = Planted.file(FOLDER + "/internal/A.java", "class A {}");

        TidyFindings.expectNone(Packages.hidden(List.of(SOURCE)));
        assertEquals(1, Packages.hidden(List.of(SOURCE, hidden)).size());
    }
}
