package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.device.MachineShape;
import org.qmk.machine.FirstFitPlanner;

class WhatIfTest {

    @TempDir Path folder;

    @BeforeEach
    void write() throws Exception {
        new ScriptedRun(300).write(folder);
    }

    @Test
    void on_the_same_machine_everything_goes_as_it_went() throws Exception {
        WhatIf.Result.Compared same = on(ScriptedRun.MACHINE);

        assertEquals(same.recorded(), same.other());
        assertEquals(30, same.recorded().jobs());
        assertTrue(same.recorded().waits().p99() > 0, same.toString());
    }

    @Test
    void on_a_wide_machine_no_job_waits_and_the_last_ends_earlier() throws Exception {
        WhatIf.Result.Compared wide = on(MachineShape.plain("wide", 1000, 1000, 1));

        assertEquals(0, wide.other().waits().p99());
        assertTrue(wide.other().makespan() < wide.recorded().makespan(), wide.toString());
    }

    @Test
    void on_a_machine_with_one_block_all_jobs_are_refused() throws Exception {
        WhatIf.Result.Compared narrow = on(MachineShape.plain("one", 1, 8, 1));

        assertEquals(0, narrow.other().jobs());
        assertEquals(narrow.recorded().jobs(), narrow.other().refused());
        assertEquals(0, narrow.other().makespan());
    }

    @Test
    void a_journal_that_is_damaged_says_nothing_about_another_machine() throws Exception {
        Path file = folder.resolve(Journal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        var unsound = assertInstanceOf(WhatIf.Result.Unsound.class, result(ScriptedRun.MACHINE));

        assertInstanceOf(Replay.Result.Damaged.class, unsound.replay());
    }

    @Test
    void a_run_that_was_cut_short_counts_what_had_not_ended() throws Exception {
        Path file = folder.resolve(Journal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 4));

        WhatIf.Result.Compared cut = on(ScriptedRun.MACHINE);

        assertTrue(!cut.complete());
        assertTrue(cut.recorded().unfinished() > 0, cut.toString());
        assertEquals(0, cut.other().unfinished());
    }

    private WhatIf.Result.Compared on(MachineShape machine) throws Exception {
        return assertInstanceOf(WhatIf.Result.Compared.class, result(machine));
    }

    private WhatIf.Result result(MachineShape machine) throws Exception {
        return WhatIf.of(
                folder,
                setting -> setting.on(machine),
                ScriptedRun.device(),
                new FirstFitPlanner(1 << 20));
    }
}
