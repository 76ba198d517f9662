package org.qmk.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/// Which QMK this is.
///
/// @param number the version of the release, or of the one that is being made
/// @param commit the commit it was built from, if the build was told
record Version(String number, Optional<String> commit) {

    static Version ofThisBuild() {
        var module = Main.class.getModule().getDescriptor();
        Optional<String> number = module == null ? Optional.empty() : module.rawVersion();
        return new Version(number.orElse("unpackaged"), commitOfJar());
    }

    private static Optional<String> commitOfJar() {
        try (InputStream in = Main.class.getResourceAsStream("/META-INF/MANIFEST.MF")) {
            if (in == null) return Optional.empty();
            Attributes attributes = new Manifest(in).getMainAttributes();
            return Optional.ofNullable(attributes.getValue("Qmk-Commit"))
                    .filter(commit -> !commit.isBlank() && !commit.equals("unknown"));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// Version and commit in one line.
    String line() {
        return "qmk " + number + commit.map(id -> " (commit " + id + ")").orElse("");
    }
}
