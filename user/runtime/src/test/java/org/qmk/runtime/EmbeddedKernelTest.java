package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.device.MachineShape;
import org.qmk.kernel.call.EndCause;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.kernel.call.JobState;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;
import org.qmk.sim.Choice;
import org.qmk.sim.SimulatorRule;
import org.qmk.sim.Simulators;

class EmbeddedKernelTest {

    private static final MachineModel IDEAL = MachineFile.shipped("ideal");
    private static final MachineModel TINY =
            new MachineModel(MachineShape.plain("tiny", 3, 100, 1), "Three blocks.", List.of());

    @TempDir Path folder;

    @Test
    void a_bell_job_gives_equal_bits_in_every_shot() throws Exception {
        EmbeddedKernel.Result result = run(IDEAL, Optional.empty(), 1000, 7);

        assertEquals(JobState.COMPLETED, result.state());
        assertEquals(List.of("m0", "m1"), result.bits());
        assertEquals(List.of("00", "11"), List.copyOf(result.counts().keySet()));
        assertEquals(1000, result.counts().values().stream().mapToLong(Long::longValue).sum());
        assertEquals(1000, result.shotsDone());
        assertEquals(5, result.epochs());
    }

    @Test
    void the_size_of_the_machine_changes_the_epochs_and_not_the_counts() throws Exception {
        EmbeddedKernel.Result wide = run(IDEAL, Optional.empty(), 40, 7);
        EmbeddedKernel.Result narrow = run(TINY, Optional.empty(), 40, 7);

        assertEquals(wide.counts(), narrow.counts());
        assertEquals(40 * 5, narrow.epochs());
    }

    @Test
    void progress_ends_at_the_number_of_shots() throws Exception {
        List<Long> told = new ArrayList<>();
        try (var kernel = EmbeddedKernel.open(TINY, Simulators::choose, Optional.empty())) {
            kernel.run(Bell.program(), new JobPolicy(5, 1), told::add);
        }

        assertEquals(5L, told.getLast());
        assertEquals(told.stream().sorted().toList(), told);
    }

    @Test
    void a_job_without_a_simulator_fails_with_the_reason() throws Exception {
        try (var kernel =
                EmbeddedKernel.open(
                        IDEAL,
                        _ -> new Choice.Refused(SimulatorRule.MEMORY, "too big"),
                        Optional.empty())) {
            EmbeddedKernel.Result result = kernel.run(Bell.program(), new JobPolicy(5, 1), _ -> {});

            assertEquals(JobState.FAILED, result.state());
            assertEquals(EndCause.DEVICE_REFUSED, result.cause());
            assertEquals("too big", result.detail());
            assertEquals(0, result.shotsDone());
        }
    }

    @Test
    void a_job_wider_than_the_machine_is_refused() throws Exception {
        var one = new MachineModel(MachineShape.plain("one", 1, 1, 1), "One block.", List.of());
        try (var kernel = EmbeddedKernel.open(one, Simulators::choose, Optional.empty())) {
            var refused =
                    assertThrows(
                            EmbeddedKernel.RefusedException.class,
                            () -> kernel.run(Bell.program(), new JobPolicy(1, 1), _ -> {}));

            assertTrue(refused.getMessage().startsWith("QMK-JOB-3"), refused.getMessage());
        }
    }

    @Test
    void a_journal_replays_to_the_same_digests() throws Exception {
        run(TINY, Optional.of(folder), 20, 7);

        var agrees = assertInstanceOf(Replay.Result.Agrees.class, Replay.of(folder));

        assertTrue(agrees.complete());
        assertEquals(20 * 5, agrees.epochs());
    }

    @Test
    void a_run_that_broke_off_leaves_a_journal_without_end_mark() throws Exception {
        class Interrupted extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        try (var kernel = EmbeddedKernel.open(TINY, Simulators::choose, Optional.of(folder))) {
            assertThrows(
                    Interrupted.class,
                    () ->
                            kernel.run(
                                    Bell.program(),
                                    new JobPolicy(9, 1),
                                    _ -> {
                                        throw new Interrupted();
                                    }));
        }

        var agrees = assertInstanceOf(Replay.Result.Agrees.class, Replay.of(folder));
        assertTrue(!agrees.complete());
    }

    @Test
    void the_same_seed_writes_the_same_journal() throws Exception {
        run(TINY, Optional.of(folder.resolve("a")), 20, 7);
        run(TINY, Optional.of(folder.resolve("b")), 20, 7);
        run(TINY, Optional.of(folder.resolve("c")), 20, 8);

        byte[] a = Files.readAllBytes(folder.resolve("a").resolve(Journal.FILE));
        byte[] b = Files.readAllBytes(folder.resolve("b").resolve(Journal.FILE));
        byte[] c = Files.readAllBytes(folder.resolve("c").resolve(Journal.FILE));
        assertArrayEquals(a, b);
        assertTrue(!Arrays.equals(a, c));
    }

    @Test
    void every_flipped_byte_of_a_journal_is_found() throws Exception {
        run(TINY, Optional.of(folder), 2, 7);
        Path file = folder.resolve(Journal.FILE);
        byte[] bytes = Files.readAllBytes(file);

        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            Files.write(file, flipped);
            Replay.Result result = Replay.of(folder);
            assertInstanceOf(Replay.Result.Damaged.class, result, "byte " + i);
        }
    }

    @Test
    void a_journal_cut_anywhere_never_agrees_on_more() throws Exception {
        run(TINY, Optional.of(folder), 2, 7);
        Path file = folder.resolve(Journal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        long whole = ((Replay.Result.Agrees) Replay.of(folder)).epochs();

        for (int length = 0; length < bytes.length; length++) {
            Files.write(file, Arrays.copyOf(bytes, length));
            switch (Replay.of(folder)) {
                case Replay.Result.Agrees agrees -> {
                    assertTrue(!agrees.complete(), "length " + length);
                    assertTrue(agrees.epochs() <= whole, "length " + length);
                }
                case Replay.Result.Damaged(_, long epochs) -> assertTrue(epochs <= whole);
                case Replay.Result.Differs differs -> throw new AssertionError(differs);
            }
        }
    }

    @Test
    void bytes_after_the_end_mark_are_found() throws Exception {
        run(TINY, Optional.of(folder), 2, 7);
        Path file = folder.resolve(Journal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));

        assertInstanceOf(Replay.Result.Damaged.class, Replay.of(folder));
    }

    @Test
    void a_folder_with_a_journal_is_not_overwritten() throws Exception {
        run(TINY, Optional.of(folder), 2, 7);
        byte[] before = Files.readAllBytes(folder.resolve(Journal.FILE));

        assertThrows(FileAlreadyExistsException.class, () -> run(TINY, Optional.of(folder), 2, 7));

        assertArrayEquals(before, Files.readAllBytes(folder.resolve(Journal.FILE)));
    }

    @Test
    void a_folder_without_a_journal_cannot_be_replayed() {
        assertThrows(NoSuchFileException.class, () -> Replay.of(folder));
    }

    private static EmbeddedKernel.Result run(
            MachineModel machine, Optional<Path> folder, long shots, long seed)
            throws IOException, EmbeddedKernel.RefusedException {
        try (var kernel = EmbeddedKernel.open(machine, Simulators::choose, folder)) {
            return kernel.run(Bell.program(), new JobPolicy(shots, seed), _ -> {});
        }
    }
}
