package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./qmk` in a checkout of its own, with a JDK that prints what it was started with.
final class LauncherTest {
    private static final List<String> TOOLS =
            List.of("dirname", "readlink", "find", "head", "mkdir", "touch", "mv", "rm");

    @TempDir private Path folder;

    private Path root;
    private Path jdk;
    private Path tools;

    /// What a run printed and how it ended.
    private record Ending(int exit, String output, String errors) {}

    @BeforeEach
    void plant() throws IOException {
        root = folder.resolve("a check out");
        jdk = folder.resolve("jdk");
        tools = folder.resolve("tools");
        copy(Checkout.underTest().root().resolve("qmk"), root.resolve("qmk"));
        write(root.resolve("pom.xml"), "<project/>");
        write(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        program(jdk.resolve("bin/javac"), "exit 0");
        program(
                jdk.resolve("bin/java"),
                "echo \"in ${LC_ALL-}\"; for a; do echo \"<$a>\"; done; exit 7");
        for (String tool : TOOLS) {
            program(tools.resolve(tool), "exec " + where(tool) + " \"$@\"");
        }
    }

    @Test
    void arguments_and_exit_code_pass_unharmed() throws Exception {
        plantBuild();

        Ending ending = qmk("verify", "a b", "*", "", "$HOME", "\\", "-x");

        assertEquals(7, ending.exit());
        assertTrue(
                ending.output().endsWith("<verify>\n<a b>\n<*>\n<>\n<$HOME>\n<\\>\n<-x>\n"),
                ending.output());
        assertEquals("", ending.errors());
    }

    @Test
    void only_a_short_command_goes_without_the_optimising_compiler() throws Exception {
        plantBuild();

        assertTrue(qmk("version").output().contains("<-XX:TieredStopAtLevel=1>"));
        assertFalse(qmk("run", "a.qasm").output().contains("TieredStopAtLevel"));
    }

    @Test
    void the_posix_locale_is_left_for_one_that_can_name_any_file() throws Exception {
        plantBuild();

        assertTrue(qmk("version").output().startsWith("in C.UTF-8\n"));
    }

    @Test
    void a_built_checkout_needs_no_maven() throws Exception {
        plantBuild();

        assertEquals(7, qmk("version").exit());
    }

    @Test
    void a_build_without_maven_ends_in_one_sentence_and_69() throws Exception {
        Ending ending = qmk("version");

        assertEquals(69, ending.exit());
        assertEquals("", ending.output());
        assertEquals(1, ending.errors().lines().count(), ending.errors());
        assertTrue(ending.errors().contains("Maven"), ending.errors());
    }

    @Test
    void a_source_newer_than_the_build_asks_for_a_new_one() throws Exception {
        plantBuild();
        Path source = root.resolve("user/sim/src/main/java/A.java");
        write(source, "class A {}");
        Files.setLastModifiedTime(
                source, FileTime.fromMillis(System.currentTimeMillis() + 3_600_000));

        assertEquals(69, qmk("version").exit());
    }

    @Test
    void a_build_that_was_cut_short_is_not_used() throws Exception {
        plantBuild();
        write(root.resolve("apps/cli/target/qmk.stamp.new"), "");

        assertEquals(69, qmk("version").exit());
    }

    /// A build newer than every source, and a cache newer than the build.
    private void plantBuild() throws IOException {
        Path target = root.resolve("apps/cli/target");
        write(target.resolve("modules/a.jar"), "jar");
        write(target.resolve("qmk.aot"), "cache");
        write(target.resolve("qmk.aot.for"), jdk + " \"25.0.3\" " + root.toRealPath() + "\n");
    }

    private Ending qmk(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(root.resolve("qmk").toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        Path errors = folder.resolve("errors");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("JAVA_HOME", jdk.toString());
        int exit = builder.start().waitFor();
        return new Ending(exit, Files.readString(output), Files.readString(errors));
    }

    private static Path where(String tool) {
        for (String place : List.of("/bin/", "/usr/bin/")) {
            Path path = Path.of(place + tool);
            if (Files.isExecutable(path)) return path;
        }
        throw new IllegalStateException("this machine has no " + tool);
    }

    private static void program(Path path, String body) throws IOException {
        write(path, "#!/bin/sh\n" + body + "\n");
        assertTrue(path.toFile().setExecutable(true));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
        assertTrue(to.toFile().setExecutable(true));
    }

    private static void write(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
