package org.qmk.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A test runs with every module of the module path; a server with those that it requires. So a
/// module that a library needs and cannot name, and files that a library cannot see in a module,
/// are missed in a process of its own alone.
class ModulePathTest {

    @TempDir private Path folder;

    @Test
    void a_store_needs_no_modules_but_those_that_are_required() throws Exception {
        Optional<String> path = Optional.ofNullable(System.getProperty("jdk.module.path"));
        assumeTrue(path.isPresent(), "this test was started with a class path");
        String tests =
                Path.of(System.getProperty("qmk.root"), "apps/server/target/test-classes")
                        .toString();
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=org.xerial.sqlitejdbc",
                        "--module-path",
                        path.get(),
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
