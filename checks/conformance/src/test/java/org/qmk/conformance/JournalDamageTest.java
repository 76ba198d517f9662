package org.qmk.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.qmk.kernel.call.JobPolicy;
import org.qmk.runtime.Journal;
import org.qmk.runtime.Replay;

/// A journal that is not as it was written is found out, and the place is named.
///
/// Frames are found here by docs/spec/journal.md, not by the reader under test.
final class JournalDamageTest {

    private static final int HEAD_BYTES = 13;
    private static final int HASH_BYTES = 32;
    private static final int DIGEST = 2;

    @TempDir private Path folder;
    private byte[] journal = new byte[0];
    private long epochs;

    /// By the offset of a frame: the epochs closed before it.
    private final TreeMap<Integer, Long> frames = new TreeMap<>();

    @BeforeEach
    void run_a_small_program() throws Exception {
        Path program = Repository.examples().resolve("teleport.qasm");
        Path written = folder.resolve("written");
        RunOnce.run(program, "module-16", new JobPolicy(2, 1), written);
        journal = Files.readAllBytes(written.resolve(Journal.FILE));
        for (int at = 0; at < journal.length; ) {
            frames.put(at, epochs);
            if (journal[at] == DIGEST) epochs++;
            at += HEAD_BYTES + ByteBuffer.wrap(journal, at + 1, 4).getInt() + HASH_BYTES;
        }
    }

    private Replay.Result replay(byte[] bytes) throws IOException {
        Path changed = Files.createDirectories(folder.resolve("changed"));
        Files.write(changed.resolve(Journal.FILE), bytes);
        return Replay.of(changed);
    }

    @Test
    void the_journal_as_written_agrees_on_every_epoch() throws Exception {
        var agrees = assertInstanceOf(Replay.Result.Agrees.class, replay(journal));

        assertTrue(agrees.complete());
        assertEquals(epochs, agrees.epochs());
        assertTrue(epochs > 5, () -> "only " + epochs + " epochs");
    }

    @Test
    void a_flipped_byte_is_found_in_its_frame() throws Exception {
        for (int place = 0; place < journal.length; place++) {
            byte[] changed = journal.clone();
            changed[place] ^= (byte) (1 << place % 8);

            Replay.Result result = replay(changed);

            int at = place;
            var damaged =
                    assertInstanceOf(
                            Replay.Result.Damaged.class, result, () -> "byte " + at + " flipped");
            var frame = frames.floorEntry(place);
            assertTrue(
                    damaged.where().startsWith("byte " + frame.getKey() + ":"),
                    () -> "byte " + at + " flipped is reported as " + damaged.where());
            assertEquals(frame.getValue(), damaged.epochs(), () -> "byte " + at + " flipped");
        }
    }

    @Test
    void a_journal_cut_anywhere_after_its_header_agrees_on_the_epochs_that_it_holds()
            throws Exception {
        for (int length = 0; length < journal.length; length++) {
            Replay.Result result = replay(Arrays.copyOf(journal, length));

            int at = length;
            switch (result) {
                case Replay.Result.Agrees agrees -> {
                    assertFalse(agrees.complete(), () -> "complete though cut at byte " + at);
                    assertTrue(at >= frames.higherKey(0), () -> "no header at byte " + at);
                    long whole = frames.floorEntry(at).getValue();
                    assertEquals(whole, agrees.epochs(), () -> "cut at byte " + at);
                }
                case Replay.Result.Damaged damaged -> {
                    assertTrue(at < frames.higherKey(0), () -> "a cut at byte " + at + " damages");
                    assertEquals(0, damaged.epochs(), () -> "cut at byte " + at);
                }
                case Replay.Result.Differs differs -> fail("cut at byte " + at + ": " + differs);
            }
        }
    }
}
