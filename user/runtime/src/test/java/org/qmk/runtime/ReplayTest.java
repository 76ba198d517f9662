package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.device.EpochReport;
import org.qmk.device.MachineShape;
import org.qmk.device.OperationTimes;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.kernel.call.Quotas;

class ReplayTest {

    private static final KernelSetting SETTING =
            new KernelSetting(MachineShape.plain("m", 4, 4, 1));

    @TempDir Path folder;

    @Test
    void the_header_says_all_of_the_machine() throws Exception {
        var rates = new MachineShape.Rates(9, 8, 7, 600);
        var machine =
                new MachineShape(
                        "m",
                        2,
                        40,
                        5,
                        rates,
                        3,
                        List.of(new MachineShape.Factory(2, 11)),
                        List.of(new MachineShape.Link(0, 1, 4, 12, 0.75)),
                        new OperationTimes(0, 20, 3));
        var setting = new KernelSetting(machine);

        Journal.create(folder, setting).close();

        assertEquals(Optional.of(setting), Replay.setting(folder));
    }

    @Test
    void a_digest_that_the_kernel_does_not_reach_is_named_with_its_epoch() throws Exception {
        try (Journal journal = Journal.create(folder, SETTING)) {
            var kernel = SETTING.boot();
            for (int epoch = 0; epoch < 5; epoch++) {
                var begin = new Input.Begin();
                journal.input(begin);
                kernel.step(begin);
                var input = new Input.Report(new EpochReport(epoch + 1, List.of(), List.of()));
                journal.input(input);
                for (Notice notice : kernel.step(input)) {
                    if (notice instanceof Notice.EpochClosed(long closed, var digest, var _)) {
                        journal.digest(closed, epoch == 3 ? "f".repeat(64) : digest);
                    }
                }
            }
            journal.end();
        }

        var differs = assertInstanceOf(Replay.Result.Differs.class, Replay.of(folder));

        assertEquals(4, differs.epoch());
        assertEquals("f".repeat(64), differs.recorded());
    }

    @Test
    void an_input_that_was_left_out_shows_in_the_next_digest() throws Exception {
        try (Journal journal = Journal.create(folder, SETTING)) {
            var kernel = SETTING.boot();
            kernel.step(new Input.AddTenant("hidden", new Quotas(1, 1)));
            var begin = new Input.Begin();
            journal.input(begin);
            kernel.step(begin);
            var input = new Input.Report(new EpochReport(1, List.of(), List.of()));
            journal.input(input);
            for (Notice notice : kernel.step(input)) {
                if (notice instanceof Notice.EpochClosed(long closed, var digest, var _)) {
                    journal.digest(closed, digest);
                }
            }
            journal.end();
        }

        assertEquals(1, assertInstanceOf(Replay.Result.Differs.class, Replay.of(folder)).epoch());
    }

    @Test
    void an_epoch_whose_digest_was_left_out_is_named() throws Exception {
        try (Journal journal = Journal.create(folder, SETTING)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                journal.input(new Input.Begin());
                journal.input(new Input.Report(new EpochReport(epoch, List.of(), List.of())));
            }
            journal.end();
        }

        var differs = assertInstanceOf(Replay.Result.Differs.class, Replay.of(folder));

        assertEquals(1, differs.epoch());
        assertEquals("no digest", differs.recorded());
    }

    @Test
    void a_journal_cut_before_the_digest_of_its_last_epoch_agrees_as_far_as_it_goes()
            throws Exception {
        try (Journal journal = Journal.create(folder, SETTING)) {
            journal.input(new Input.Begin());
            journal.input(new Input.Report(new EpochReport(1, List.of(), List.of())));
        }

        var agrees = assertInstanceOf(Replay.Result.Agrees.class, Replay.of(folder));

        assertEquals(0, agrees.epochs());
        assertEquals(false, agrees.complete());
    }
}
