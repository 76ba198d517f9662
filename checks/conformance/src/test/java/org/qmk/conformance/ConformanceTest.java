package org.qmk.conformance;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs every script of `checks/conformance/scripts`.
final class ConformanceTest {

    @TestFactory
    Stream<DynamicTest> every_script_holds() throws IOException {
        List<Script> scripts = ScriptReader.readAll(Repository.scripts());
        var check = new ScriptCheck(scripts);
        return scripts.stream()
                .map(
                        script ->
                                DynamicTest.dynamicTest(
                                        script.toString(), () -> check.check(script)));
    }
}
