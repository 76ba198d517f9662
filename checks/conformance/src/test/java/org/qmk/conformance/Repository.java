package org.qmk.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/// Where things are in the checkout under test.
final class Repository {

    private Repository() {}

    /// The folder that holds the parent POM. The build names it; otherwise it is the nearest one
    /// above the working directory that looks like it.
    static Path root() {
        String named = System.getProperty("qmk.root");
        if (named != null) return Path.of(named);
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("trusted/qvm"))) {
            folder = folder.getParent();
        }
        if (folder == null)
            throw new IllegalStateException("run the tests inside a checkout of QMK");
        return folder;
    }

    static Path scripts() {
        return root().resolve("checks/conformance/scripts");
    }

    static Path examples() {
        return root().resolve("examples");
    }

    /// A folder of programs from elsewhere, beside the checkout. Skips the test if it is not there.
    static Path shared(String name) {
        Path folder = root().resolve("../shared/conformance").resolve(name).normalize();
        Assumptions.assumeTrue(
                Files.isDirectory(folder),
                "skipped: ../shared/conformance/" + name + " is missing");
        return folder;
    }
}
