package org.qmk.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/// Violations planted for the tests that must find them.
final class Planted {
    private Planted() {}

    /// A source at a path.
    static TextFile file(String path, String text) {
        return new TextFile(path, text);
    }

    /// The syntax of one source, at a path of a main source.
    static Syntax syntax(String text) throws IOException {
        return Syntax.parse(List.of(file("user/sim/src/main/java/org/qmk/sim/Bad.java", text)));
    }

    /// The class file of `org.qmk.kernel.Bad`, whose body is given.
    static byte[] classFile(Path folder, String body) {
        try {
            Path source = folder.resolve("Bad.java");
            Files.writeString(
                    source, "package org.qmk.kernel; import java.util.*; class Bad {" + body + "}");
            int exit =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, "-d", folder.toString(), source.toString());
            if (exit != 0) throw new IllegalArgumentException("does not compile: " + body);
            return Files.readAllBytes(folder.resolve("org/qmk/kernel/Bad.class"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
