package org.qmk.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests run on a class path, where everything is found; a server with the modules that it
/// requires. So a module that a library needs and cannot name, and files that a library cannot see
/// in a module, are missed in a process of its own alone.
class ModulePathTest {

    @TempDir private Path folder;

    @Test
    void a_store_needs_no_modules_but_those_that_are_required() throws Exception {
        Path target = Path.of(System.getProperty("qmk.root"), "apps/server/target");
        Path tests = target.resolve("test-classes");
        List<Path> path =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .filter(each -> !each.equals(tests))
                        .toList();
        assumeTrue(path.contains(target.resolve("classes")), "the build made no module");
        String modules =
                path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=org.xerial.sqlitejdbc",
                        "--module-path",
                        modules,
                        "--patch-module",
                        "qmk.server=" + tests,
                        "--module",
                        "qmk.server/" + ModulePathRun.class.getName(),
                        folder.toString());

        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] said = process.getInputStream().readAllBytes();

        assertEquals(
                "module qmk.server true true true",
                new String(said, StandardCharsets.UTF_8).strip());
        assertEquals(0, process.waitFor());
    }
}
