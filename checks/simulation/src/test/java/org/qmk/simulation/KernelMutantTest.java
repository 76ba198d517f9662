package org.qmk.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelMutantTest {

    private static final int SEEDS = 160;
    private static final long EPOCHS = 250;

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(KernelMutant.class)
    void the_simulation_catches_a_planted_bug(KernelMutant mutant) throws Exception {
        Map<String, String> sources = sources();
        String source = sources.get(mutant.file);
        int at = source.indexOf(mutant.original);
        assertTrue(at >= 0, () -> "the text that " + mutant + " replaces is not there");
        assertEquals(
                at,
                source.lastIndexOf(mutant.original),
                () -> "the text that " + mutant + " replaces is there twice");
        sources.put(mutant.file, source.replace(mutant.original, mutant.changed));

        Set<String> broken = broken(sources, mutant.law);

        assertTrue(
                broken.contains(mutant.law.name()),
                () -> mutant + " breaks " + broken + ", expected " + mutant.law);
    }

    @Test
    void the_kernel_as_it_is_passes_by_the_same_way() throws Exception {
        assertEquals(Set.of(), broken(sources(), Law.KERNEL_STANDS));
    }

    @ParameterizedTest
    @EnumSource(Law.class)
    void a_planted_bug_offends_every_law(Law law) {
        assertTrue(
                Stream.of(KernelMutant.values()).anyMatch(mutant -> mutant.law == law),
                () -> "nothing shows that the simulation sees " + law);
    }

    /// The laws that some seeds break; those that come after the wanted one is broken are not run.
    private Set<String> broken(Map<String, String> sources, Law wanted) throws Exception {
        compile(sources);
        var loader = new MutantLoader(folder);
        Class<?> request = loader.loadClass(SimulationRequest.class.getName());
        Object asked = request.getMethod("ofEpochs", long.class).invoke(null, EPOCHS);
        var run =
                loader.loadClass(Simulation.class.getName()).getMethod("run", long.class, request);
        Set<String> laws = new TreeSet<>();
        for (long seed = 1; seed <= SEEDS && !laws.contains(wanted.name()); seed++) {
            Object outcome = run.invoke(null, seed, asked);
            // The mutant's classes are not those of the test: what they say is read.
            if (!outcome.getClass().getSimpleName().equals("Broken")) continue;
            laws.add(outcome.getClass().getMethod("law").invoke(outcome).toString());
        }
        return laws;
    }

    /// The sources of the kernel by their path below its package.
    private static Map<String, String> sources() throws IOException {
        Path root =
                Path.of(System.getProperty("qmk.root"))
                        .resolve("trusted/kernel/src/main/java/org/qmk/kernel");
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String name = root.relativize(file).toString().replace('\\', '/');
                sources.put(name, Files.readString(file));
            }
        }
        return sources;
    }

    private void compile(Map<String, String> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, text) -> units.add(new SourceText(name, text)));
        var said = new StringWriter();
        List<String> options =
                List.of("-nowarn", "-proc:none", "-d", folder.toString(), "-cp", classPath());
        var task = compiler.getTask(said, null, null, options, null, units);
        assertTrue(task.call(), () -> "the changed kernel does not compile: " + said);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String name, String text) {
            super(URI.create("string:///org/qmk/kernel/" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /// Loads the changed kernel, and again all that uses it; everything else is shared.
    private static final class MutantLoader extends ClassLoader {
        private final Path folder;

        MutantLoader(Path folder) {
            super(KernelMutantTest.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean kernel = name.startsWith("org.qmk.kernel.");
            boolean user =
                    name.startsWith("org.qmk.simulation.") || name.startsWith("org.qmk.runtime.");
            if (!kernel && !user) return super.loadClass(name, resolve);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name, kernel);
            }
        }

        private Class<?> define(String name, boolean kernel) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            try (InputStream in =
                    kernel
                            ? Files.newInputStream(folder.resolve(file))
                            : getParent().getResourceAsStream(file)) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
