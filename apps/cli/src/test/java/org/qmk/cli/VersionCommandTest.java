package org.qmk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class VersionCommandTest {

    @Test
    void build_jdk_and_simulators_are_named() {
        var run = Invocation.of("version");

        assertEquals(ExitCode.DONE, run.exitCode());
        assertEquals(3, run.outLines().size());
        assertTrue(run.outLines().get(0).startsWith("qmk "), run.out());
        assertTrue(run.outLines().get(1).contains(Runtime.version().toString()), run.out());
        assertEquals(
                "simulators tableau, statevector, statevector-single, nearclifford, sparse",
                run.outLines().get(2));
    }

    @Test
    void a_commit_is_named_where_it_is_known() {
        assertEquals("qmk 1.2", new Version("1.2", Optional.empty()).line());
        assertEquals("qmk 1.2 (commit abc)", new Version("1.2", Optional.of("abc")).line());
    }
}
