package org.qmk.tidy;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PurityTest {
    private static final Checkout CHECKOUT = Checkout.underTest();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"trusted/qvm", "trusted/verifier", "trusted/device", "trusted/kernel"})
    void the_trusted_base_only_computes(String module) throws IOException {
        List<String> found = new ArrayList<>();

        for (Path file : CHECKOUT.classes(module)) {
            if (file.endsWith("module-info.class")) continue;
            found.addAll(Purity.impurities(Files.readAllBytes(file)));
        }

        TidyFindings.expectNone(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "long x() { return System.nanoTime(); }",
                "long x() { return System.currentTimeMillis(); }",
                "String x() { return System.getenv(\"HOME\"); }",
                "void x() { System.out.println(); }",
                "Object x() { return java.time.Instant.now(); }",
                "double x() { return Math.random(); }",
                "Object x() { return new Random(1); }",
                "Object x() { return UUID.randomUUID(); }",
                "void x() { Thread.yield(); }",
                "void x() throws Exception { Object o = this; synchronized (o) { o.wait(); } }",
                "Object x() { return new java.util.concurrent.atomic.AtomicInteger(); }",
                "Object x() { return new java.io.File(\"a\"); }",
                "Object x() { return java.nio.file.Path.of(\"a\"); }",
                "Object x() throws Exception { return new java.net.ServerSocket(1); }",
                "Object x() throws Exception { return Bad.class.getDeclaredFields()[0]; }",
                "Object x() throws Exception { return Class.forName(\"a\"); }",
                "Object x() { return new HashMap<String, String>(); }",
                "Object x() { return new HashSet<String>(); }",
                "HashMap<String, String>[] x() { return new HashMap[1]; }",
                "Object x() { return Set.of(1, 2); }",
                "Object x() { return Map.of(1, 2); }",
                "Object x(List<String> l) { return l.parallelStream(); }",
                "Object x(List<String> l) {"
                        + " return l.stream().collect(java.util.stream.Collectors.toSet()); }",
                "int x(Object o) { return System.identityHashCode(o); }",
                "int x(Object o) { return o.hashCode(); }",
                "String x(int i) { return String.format(\"%d\", i); }",
                "String x(String s) { return s.toLowerCase(); }",
                "Object x() throws Exception {"
                        + " return java.security.MessageDigest.getInstance(\"SHA-256\"); }",
                "static int counter;",
            })
    void a_class_that_does_more_than_compute_is_found(String body) {
        byte[] planted = Planted.classFile(folder, body);

        assertNotEquals(List.of(), Purity.impurities(planted));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "void x(int[] a) { System.arraycopy(a, 0, a, 1, 1); }",
                "Object x() { return new TreeMap<String, int[]>(); }",
                "Object x(List<String> l) { return l.stream().map(s -> s + 1).toList(); }",
                "record P(int a, Object b) {} Object x() { return new P(1, 2).equals(null); }",
                "int x(Object o) { return switch (o) { case Integer i -> i; default -> 0; }; }",
                "enum E { A, B } int x(E e) { return switch (e) { case A -> 1; case B -> 2; }; }",
                "byte[] x() { return java.nio.ByteBuffer.allocate(8).putLong(1).array(); }",
                "String x(int i) { return String.format(Locale.ROOT, \"%d\", i); }",
                "static final int LIMIT = 3;",
            })
    void a_class_that_only_computes_passes(String body) {
        byte[] planted = Planted.classFile(folder, body);

        TidyFindings.expectNone(Purity.impurities(planted));
    }

    @Test
    void a_module_that_was_not_compiled_is_not_called_pure() {
        IllegalStateException missing =
                org.junit.jupiter.api.Assertions.assertThrows(
                        IllegalStateException.class, () -> new Checkout(folder).classes("trusted"));

        assertNotEquals("", missing.getMessage());
    }
}
