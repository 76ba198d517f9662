package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.EpochReport;
import org.qmk.device.LogicalDevice;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Quotas;
import org.qmk.machine.FirstFitPlanner;

class JournalComparisonTest {

    private static final int EPOCHS = 40;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20, 31, 39, 40})
    void the_first_epoch_that_differs_is_found_with_the_input_that_made_it_so(int epoch)
            throws Exception {
        Path one = write("one", 0);
        Path other = write("other", epoch);

        var differs =
                assertInstanceOf(
                        JournalComparison.Result.Differs.class, JournalComparison.of(one, other));

        assertEquals(epoch, differs.epoch());
        List<String> extra = new ArrayList<>(differs.theirs().decisions());
        extra.removeAll(differs.ours().decisions());
        assertEquals(
                "add tenant name=extra terms=(weight=1 quotas=(blocks=1 jobs=1) suspended=false)",
                extra.getFirst());
    }

    @Test
    void a_journal_is_the_same_as_the_beginning_of_itself() throws Exception {
        Path one = write("one", 0);
        Path cut = Files.createDirectories(folder.resolve("cut"));
        byte[] bytes = Files.readAllBytes(one.resolve(Journal.FILE));
        Files.write(cut.resolve(Journal.FILE), Arrays.copyOf(bytes, bytes.length / 2));

        var same =
                assertInstanceOf(
                        JournalComparison.Result.Same.class, JournalComparison.of(one, cut));

        assertEquals(EPOCHS, same.ours());
        assertTrue(same.theirs() > 0 && same.theirs() < EPOCHS, same.toString());
    }

    @Test
    void a_damaged_journal_is_named() throws Exception {
        Path one = write("one", 0);
        Path other = write("other", 0);
        byte[] bytes = Files.readAllBytes(other.resolve(Journal.FILE));
        bytes[bytes.length / 2] ^= 4;
        Files.write(other.resolve(Journal.FILE), bytes);

        var damaged =
                assertInstanceOf(
                        JournalComparison.Result.Damaged.class, JournalComparison.of(one, other));

        assertEquals(other, damaged.folder());
    }

    @Test
    void a_device_that_lies_once_is_found_by_simulating_again() throws Exception {
        new ScriptedRun(100).write(folder);
        var again = new Resimulation(ScriptedRun.device(), EpochRange.ALL);
        var lied = new Resimulation(liar(), EpochRange.ALL);
        var after = new Resimulation(liar(), new EpochRange(58, 100));

        Replay.of(folder, EpochRange.ALL, again.and(lied).and(after));

        assertEquals(Optional.empty(), again.difference());
        assertEquals(100, again.compared());
        assertEquals(57, lied.difference().orElseThrow().epoch());
        assertEquals(Optional.empty(), after.difference());
    }

    /// Says something else in epoch 57.
    private static LogicalDevice liar() {
        LogicalDevice honest = ScriptedRun.device();
        return plan -> {
            EpochReport report = honest.execute(plan);
            boolean lies = plan.epoch() == 57;
            return lies ? new EpochReport(report.epoch() + 1, List.of(), List.of()) : report;
        };
    }

    /// Empty epochs, with one more tenant in one of them, or in none if it is 0.
    private Path write(String name, int epochOfTenant) throws Exception {
        Path place = folder.resolve(name);
        var kernel = new KernelSetting(ScriptedRun.MACHINE).boot();
        try (Journal journal = Journal.create(place, new KernelSetting(ScriptedRun.MACHINE))) {
            var loop =
                    new KernelLoop(
                            kernel,
                            ScriptedRun.device(),
                            new FirstFitPlanner(1 << 20),
                            Optional.of(journal),
                            Optional.empty());
            for (int epoch = 1; epoch <= EPOCHS; epoch++) {
                if (epoch == epochOfTenant) {
                    loop.call(new Input.AddTenant("extra", new Quotas(1, 1)));
                }
                loop.epoch();
            }
            journal.end();
        }
        return place;
    }
}
