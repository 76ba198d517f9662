package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SwitchesTest {
    private static final Checkout CHECKOUT = Checkout.underTest();

    @Test
    void no_switch_over_our_closed_types_has_a_default() throws IOException {
        List<String> found = new ArrayList<>();

        TreeMap<String, List<TextFile>> sourcesByModule = new TreeMap<>();
        for (TextFile file : CHECKOUT.mainSources()) {
            sourcesByModule.computeIfAbsent(file.module(), _ -> new ArrayList<>()).add(file);
        }
        sourcesByModule.keySet().removeIf(module -> module.startsWith("checks/"));
        for (var module : sourcesByModule.entrySet()) {
            List<TextFile> sources = new ArrayList<>(module.getValue());
            sources.addAll(generated(module.getKey()));
            found.addAll(Switches.withDefault(Syntax.attribute(sources, modulePath())));
        }

        TidyFindings.expectNone(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int f(E e) { return switch (e) { case A -> 1; default -> 2; }; }",
                "void f(E e) { switch (e) { case A: break; default: break; } }",
                "int f(E e) { return switch (e) { case A -> 1; case null, default -> 2; }; }",
                "int f(S s) { return switch (s) { case P _ -> 1; default -> 2; }; }",
            })
    void a_default_over_a_closed_type_is_found(String method) throws IOException {
        assertEquals(1, Switches.withDefault(planted(method)).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int f(E e) { return switch (e) { case A -> 1; case B -> 2; }; }",
                "int f(S s) { return switch (s) { case P _ -> 1; case Q _ -> 2; }; }",
                "int f(int i) { return switch (i) { case 1 -> 1; default -> 2; }; }",
                "int f(Object o) { return switch (o) { case P _ -> 1; default -> 2; }; }",
                "int f(Thread.State s) { return switch (s) { case NEW -> 1; default -> 2; }; }",
            })
    void a_switch_over_an_open_or_foreign_type_may_have_one(String method) throws IOException {
        TidyFindings.expectNone(Switches.withDefault(planted(method)));
    }

    private static Syntax planted(String method) throws IOException {
        String source =
                "package org.qmk.planted; class Bad { enum E { A, B } sealed interface S {}"
                        + " record P() implements S {} record Q() implements S {} "
                        + method
                        + "}";
        return Syntax.attribute(List.of(Planted.file("Bad.java", source)), List.of());
    }

    private static List<TextFile> generated(String module) throws IOException {
        Path folder = CHECKOUT.root().resolve(module).resolve("target/generated-sources");
        if (!Files.isDirectory(folder)) return List.of();
        List<TextFile> sources = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.add(Planted.file(folder.relativize(file) + "", Files.readString(file)));
            }
        }
        return sources;
    }

    /// The modules that this test runs with, whichever of the two paths surefire put them on.
    private static List<String> modulePath() {
        List<String> modules = new ArrayList<>();
        for (String property : List.of("jdk.module.path", "java.class.path")) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                Path path = Path.of(entry);
                boolean module = Files.exists(path.resolve("module-info.class"));
                if (module || entry.endsWith(".jar")) modules.add(entry);
            }
        }
        return List.of("--module-path", String.join(File.pathSeparator, modules));
    }
}
