package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Runs every kernel script of `checks/conformance/scripts`.
final class KernelScriptTest {

    @TestFactory
    Stream<DynamicTest> every_kernel_script_holds() throws IOException {
        List<KernelScript> scripts = KernelScriptReader.readAll(Repository.scripts());
        var run = new KernelRun(scripts);
        return scripts.stream()
                .map(script -> DynamicTest.dynamicTest(script.toString(), () -> run.check(script)));
    }

    @Test
    void a_mistake_in_a_script_is_named_with_its_place_and_what_was_expected() {
        assertEquals(
                "s:3: 'dance a1' stands where a verb that README.md lists was expected",
                mistake("=== T", "machine blocks=4", "dance a1", "post", "free 4"));
        assertEquals(
                "s:4: 'tenant A wight=3' stands where options of [weight, blocks, jobs, suspended,"
                        + " bytes], not wight was expected",
                mistake(
                        "=== T",
                        "machine blocks=4",
                        "steps",
                        "tenant A wight=3",
                        "post",
                        "free 4"));
        assertEquals(
                "s:4: 'session a1 B' stands where a tenant, one of [], was expected",
                mistake("=== T", "machine blocks=4", "steps", "session a1 B", "post", "free 4"));
        assertEquals(
                "s:1: '=== T' stands where a case with a post condition or a refusal was expected",
                mistake("=== T", "machine blocks=4", "steps", "epochs 1"));
        assertEquals(
                "s:4: 'pre' stands where a later part was expected",
                mistake("=== T", "machine blocks=4", "steps", "pre", "post", "free 4"));
        assertEquals(
                "s:1: 'for i 1 3' stands where a line 'end' after it was expected",
                mistake("for i 1 3", "=== T"));
    }

    @Test
    void a_post_condition_that_does_not_hold_fails_and_names_its_place() {
        AssertionError wrong =
                assertThrows(
                        AssertionError.class,
                        () ->
                                run(
                                        "=== T",
                                        "machine blocks=4",
                                        "steps",
                                        "epochs 1",
                                        "post",
                                        "free 5"));

        assertTrue(String.valueOf(wrong.getMessage()).startsWith("s:6: free 5"), wrong::getMessage);
    }

    @Test
    void a_step_that_is_refused_without_the_script_saying_so_fails() {
        AssertionError wrong =
                assertThrows(
                        AssertionError.class,
                        () ->
                                run(
                                        "=== T",
                                        "machine blocks=4",
                                        "steps",
                                        "session a #9",
                                        "post",
                                        "free 4"));

        assertTrue(String.valueOf(wrong.getMessage()).contains("QMK-TENANT-2"), wrong::getMessage);
    }

    private static void run(String... lines) {
        List<KernelScript> scripts = KernelScriptReader.read("s", List.of(lines));
        var run = new KernelRun(scripts);
        for (KernelScript script : scripts) run.check(script);
    }

    private static String mistake(String... lines) {
        var wrong = assertThrows(IllegalArgumentException.class, () -> run(lines));
        return String.valueOf(wrong.getMessage());
    }
}
