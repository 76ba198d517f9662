package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.machine.FirstFitPlanner;

/// A run of 1,000 epochs that crashes at every byte of its journal.
///
/// What a recovery finds depends on which frames are whole and on nothing else. So the reader is
/// run at every byte, on the frame that is cut there; the whole recovery is run at every boundary
/// of frames and at 1,000 bytes between them; and a sample of those is run on to the end. Frames
/// are found here by docs/spec/journal.md, not by the reader under test.
final class CrashTest {

    private static final int EPOCHS = 1000;
    private static final int HEAD_BYTES = 13;
    private static final int HASH_BYTES = 32;
    private static final int INPUT = 1;
    private static final int DIGEST = 2;
    private static final int REPORT = 8;
    private static final int DIGEST_CHARACTERS = 64;

    /// @param digest of the last epoch that is closed by whole frames; empty before the first
    /// @param epochs the epochs whose digest is in whole frames
    /// @param closing whether the last whole frame is a report whose digest frame is missing
    private record Boundary(long epochs, String digest, boolean closing) {}

    @TempDir private static Path folder;
    private static final ScriptedRun RUN = new ScriptedRun(EPOCHS);
    private static byte[] journal = new byte[0];

    /// By offset: what the whole frames before it hold.
    private static final TreeMap<Integer, Boundary> BOUNDARIES = new TreeMap<>();

    @BeforeAll
    static void write() throws IOException {
        RUN.write(folder.resolve("written"));
        journal = Files.readAllBytes(folder.resolve("written").resolve(Journal.FILE));
        long epochs = 0;
        String digest = "";
        for (int at = 0; at < journal.length; ) {
            int size = ByteBuffer.wrap(journal, at + 1, 4).getInt();
            int end = at + HEAD_BYTES + size + HASH_BYTES;
            if (journal[at] == DIGEST) {
                epochs++;
                int from = end - HASH_BYTES - DIGEST_CHARACTERS;
                digest = new String(journal, from, DIGEST_CHARACTERS, StandardCharsets.US_ASCII);
            }
            boolean closing = journal[at] == INPUT && journal[at + HEAD_BYTES] == REPORT;
            BOUNDARIES.put(end, new Boundary(epochs, digest, closing));
            at = end;
        }
        assertEquals(EPOCHS, epochs);
    }

    @Test
    void the_reader_takes_a_cut_at_every_byte_for_a_cut_after_the_last_whole_frame()
            throws Exception {
        byte[] chain = new byte[HASH_BYTES];
        int start = 0;
        for (int end : BOUNDARIES.keySet()) {
            for (int cut = start; cut < end; cut++) {
                var reader = tail(start, cut, chain);
                int torn = cut - start;
                assertEquals(new JournalReader.Entry.CutShort(torn), reader.next(), "cut " + cut);
                assertEquals(start, reader.offset());
            }
            var reader = tail(start, end, chain);
            assertFalse(reader.next() instanceof JournalReader.Entry.CutShort, "whole at " + end);
            assertEquals(end, reader.offset());
            chain = reader.chain();
            start = end;
        }
    }

    @Test
    void a_recovery_at_every_boundary_of_frames_has_every_epoch_before_it() throws Exception {
        for (int cut : BOUNDARIES.keySet()) {
            if (cut < journal.length) recover(cut, Durability.AT_END);
        }
    }

    @Test
    void a_recovery_at_any_of_a_thousand_bytes_has_every_epoch_before_it() throws Exception {
        var random = new SplittableRandom(20_261_125);
        for (int i = 0; i < 1000; i++) {
            int cut = random.nextInt(BOUNDARIES.firstKey(), journal.length);
            recover(cut, i % 50 == 0 ? Durability.EVERY_EPOCH : Durability.AT_END);
        }
    }

    @Test
    void a_run_that_goes_on_after_any_crash_writes_the_journal_that_it_would_have_written()
            throws Exception {
        int opened = 0;
        for (int cut = BOUNDARIES.firstKey(); cut < journal.length; cut += 997) {
            Path crashed = crash(cut);
            var device = ScriptedRun.device();
            var again = new Resimulation(device, EpochRange.ALL);
            int[] wishes = {0};
            Witness count =
                    (input, _) -> {
                        if (ScriptedRun.isWish(input)) wishes[0]++;
                    };

            var recovered =
                    assertInstanceOf(
                            Recovery.Result.Recovered.class,
                            Recovery.open(crashed, Durability.AT_END, again.and(count)));
            try (Journal further = recovered.journal()) {
                var loop =
                        new KernelLoop(
                                recovered.kernel(),
                                device,
                                new FirstFitPlanner(1 << 20),
                                Optional.of(further),
                                Optional.empty());
                if (recovered.open().isPresent()) {
                    loop.finish(recovered.open().get());
                    opened++;
                }
                RUN.goOn(recovered.kernel(), loop, wishes[0]);
                further.end();
            }

            byte[] rewritten = Files.readAllBytes(crashed.resolve(Journal.FILE));
            assertArrayEquals(journal, rewritten, "cut " + cut);
        }
        assertTrue(opened > 0, "no crash fell into an open epoch");
    }

    @Test
    void a_journal_cut_within_its_header_was_never_begun() throws Exception {
        for (int cut = 0; cut < BOUNDARIES.firstKey(); cut++) {
            Path crashed = crash(cut);
            var result = Recovery.open(crashed, Durability.AT_END, Witness.NOBODY);
            assertInstanceOf(Recovery.Result.NotBegun.class, result, "cut " + cut);
        }
    }

    private static void recover(int cut, Durability durability) throws IOException {
        Map.Entry<Integer, Boundary> whole = BOUNDARIES.floorEntry(cut);
        Path crashed = crash(cut);

        var recovered =
                assertInstanceOf(
                        Recovery.Result.Recovered.class,
                        Recovery.open(crashed, durability, Witness.NOBODY),
                        "cut " + cut);
        recovered.journal().close();

        Boundary boundary = whole.getValue();
        assertEquals(cut - whole.getKey(), recovered.tornBytes(), "cut " + cut);
        if (boundary.closing()) {
            // The report closed an epoch; its digest is written again.
            assertEquals(boundary.epochs() + 1, recovered.epochs(), "cut " + cut);
            Boundary next = BOUNDARIES.higherEntry(cut).getValue();
            assertEquals(boundary.epochs() + 1, next.epochs());
            assertEquals(next.digest(), recovered.digest(), "cut " + cut);
        } else {
            assertEquals(boundary.epochs(), recovered.epochs(), "cut " + cut);
            assertEquals(boundary.digest(), recovered.digest(), "cut " + cut);
        }
        boolean open = recovered.kernel().epoch() > recovered.epochs();
        assertEquals(open, recovered.open().isPresent(), "cut " + cut);
        recovered.open().ifPresent(plan -> assertEquals(recovered.epochs() + 1, plan.epoch()));
    }

    private static JournalReader tail(int start, int cut, byte[] chain) {
        var in = new ByteArrayInputStream(journal, start, cut - start);
        return new JournalReader(in, cut, start, chain);
    }

    private static Path crash(int cut) throws IOException {
        Path crashed = Files.createDirectories(folder.resolve("crashed"));
        Files.write(crashed.resolve(Journal.FILE), Arrays.copyOf(journal, cut));
        return crashed;
    }
}
