package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.machine.MachineModel;
import org.qmk.runtime.EmbeddedKernel;
import org.qmk.runtime.Journal;
import org.qmk.sim.Simulators;
import org.qmk.verifier.Verified;

/// One seed gives the same bytes: in every JVM, and on every machine.
final class SameBytesTest {

    private static final String SEED = "-81985529216486896";
    private static final String SHOTS = "300";
    private static final String MACHINE = "module-16";

    /// A process that takes longer hangs.
    private static final int PATIENCE_SECONDS = 60;

    @TempDir private Path folder;

    @Test
    void two_processes_write_the_same_journal_and_print_the_same_counts() throws Exception {
        for (String example : List.of("teleport.qasm", "grover.qasm", "steane_memory.qasm")) {
            Path one = folder.resolve("one-" + example);
            Path other = folder.resolve("other-" + example);

            String counts = run(example, one);
            // Another compiler, collector, language and identity hash must make no difference.
            String again =
                    run(
                            example,
                            other,
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Duser.language=tr",
                            "-Duser.country=TR",
                            "-Dfile.encoding=ISO-8859-1",
                            "-XX:+UnlockExperimentalVMOptions",
                            "-XX:hashCode=2");

            assertEquals(counts, again, example);
            assertArrayEquals(
                    Files.readAllBytes(one.resolve(Journal.FILE)),
                    Files.readAllBytes(other.resolve(Journal.FILE)),
                    example);
        }
    }

    private static String run(String example, Path journal, String... options)
            throws IOException, InterruptedException, URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(), RunOnce.class.getName()));
        command.add(Repository.examples().resolve(example).toString());
        command.addAll(List.of(MACHINE, SEED, SHOTS, journal.toString()));
        Path output = Files.createTempFile(journal.getParent(), "output", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) process.destroyForcibly();
        String printed = Files.readString(output);
        assertEquals(0, ended ? process.exitValue() : -1, () -> example + " printed " + printed);
        return printed;
    }

    /// Everything this process was given, modules too: the child runs on a class path.
    private static String classPath() throws URISyntaxException {
        Set<String> parts = new LinkedHashSet<>();
        var own = RunOnce.class.getProtectionDomain().getCodeSource().getLocation();
        parts.add(Path.of(own.toURI()).toString());
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            parts.addAll(List.of(System.getProperty(property, "").split(File.pathSeparator)));
        }
        if (RunOnce.class.getClassLoader() instanceof URLClassLoader loader) {
            for (URL url : loader.getURLs()) parts.add(Path.of(url.toURI()).toString());
        }
        parts.remove("");
        return String.join(File.pathSeparator, parts);
    }

    @TestFactory
    Stream<DynamicTest> counts_do_not_depend_on_how_many_shots_run_at_once() {
        return Stream.of(
                        "teleport.qasm",
                        "grover.qasm",
                        "steane_memory.qasm",
                        "w_state.qasm",
                        "repeat_until_success.qasm")
                .map(example -> DynamicTest.dynamicTest(example, () -> checkBatching(example)));
    }

    private static void checkBatching(String example) throws Exception {
        Verified program = RunOnce.program(Repository.examples().resolve(example));
        var policy = new JobPolicy(1_000, 11);
        int width = program.qubitsPeak();

        TreeMap<String, Long> one = counts(program, policy, MachineShape.plain("one", width, 1, 3));
        TreeMap<String, Long> some =
                counts(program, policy, MachineShape.plain("some", 7 * width + 1, 5, 3));
        TreeMap<String, Long> all =
                counts(program, policy, MachineShape.plain("all", 1_000 * width, 1 << 20, 3));

        assertEquals(1_000, all.values().stream().mapToLong(Long::longValue).sum());
        assertEquals(all, one, "one shot at a time");
        assertEquals(all, some, "seven shots at a time");
    }

    private static TreeMap<String, Long> counts(
            Verified program, JobPolicy policy, MachineShape shape)
            throws IOException, EmbeddedKernel.RefusedException {
        var machine = new MachineModel(shape, "A machine of this test.", List.of());
        try (var kernel = EmbeddedKernel.open(machine, Simulators::choose, Optional.empty())) {
            return kernel.run(program, policy, _ -> {}).counts();
        }
    }
}
