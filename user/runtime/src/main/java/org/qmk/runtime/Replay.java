package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Notice;

/// Feeds a journal to a new kernel and compares the digest of every epoch.
public final class Replay {

    private Replay() {}

    /// What a replay found.
    public sealed interface Result {

        /// Every digest is the same.
        ///
        /// @param complete whether the journal has its end mark
        record Agrees(long epochs, long inputs, String digest, boolean complete)
                implements Result {}

        /// The first epoch whose digest is not the same.
        record Differs(long epoch, String recorded, String computed) implements Result {}

        /// The journal is not as it was written.
        ///
        /// @param where which byte, and what is wrong there
        /// @param epochs epochs before it, all of which agree
        record Damaged(String where, long epochs) implements Result {}
    }

    /// @throws IOException if the folder has no journal that can be read
    public static Result of(Path folder) throws IOException {
        try (var journal = new JournalReader(folder)) {
            return new Pass(journal).run();
        }
    }

    private static final class Pass {
        private final JournalReader journal;
        private final Deque<Notice.EpochClosed> computed = new ArrayDeque<>();
        private long epochs;
        private long inputs;
        private String last = "";

        Pass(JournalReader journal) {
            this.journal = journal;
        }

        Result run() throws IOException {
            try {
                if (!(journal.next() instanceof JournalReader.Entry.Header header)) {
                    return new Result.Damaged("byte 0: the journal is empty", 0);
                }
                var kernel = new Kernel(header.machine(), header.limits());
                while (true) {
                    JournalReader.Entry entry = journal.next();
                    Notice.EpochClosed unproven = computed.peek();
                    if (unproven != null && lacksDigest(entry)) {
                        return new Result.Differs(unproven.epoch(), "no digest", unproven.digest());
                    }
                    switch (entry) {
                        case JournalReader.Entry.Taken(var input) -> {
                            inputs++;
                            for (Notice notice : kernel.step(input)) {
                                if (notice instanceof Notice.EpochClosed closed) {
                                    computed.add(closed);
                                }
                            }
                        }
                        case JournalReader.Entry.Closed recorded -> {
                            Notice.EpochClosed ours = computed.poll();
                            boolean same =
                                    ours != null
                                            && ours.epoch() == recorded.epoch()
                                            && ours.digest().equals(recorded.digest());
                            if (!same) return differs(recorded, ours);
                            epochs++;
                            last = recorded.digest();
                        }
                        case JournalReader.Entry.End() -> {
                            journal.expectNothingMore();
                            return new Result.Agrees(epochs, inputs, last, true);
                        }
                        case JournalReader.Entry.CutShort() -> {
                            return new Result.Agrees(epochs, inputs, last, false);
                        }
                        case JournalReader.Entry.Header _ ->
                                throw new IllegalStateException("the reader allows one header");
                    }
                }
            } catch (JournalReader.Damaged damaged) {
                return new Result.Damaged(damaged.getMessage(), epochs);
            }
        }

        /// Whether the entry may not follow an input that closed an epoch. Only the digest of that
        /// epoch may, or the end of a journal that was cut short.
        private static boolean lacksDigest(JournalReader.Entry entry) {
            return switch (entry) {
                case JournalReader.Entry.Header _,
                        JournalReader.Entry.Taken _,
                        JournalReader.Entry.End _ ->
                        true;
                case JournalReader.Entry.Closed _, JournalReader.Entry.CutShort _ -> false;
            };
        }

        private static Result differs(
                JournalReader.Entry.Closed recorded, Notice.EpochClosed ours) {
            String digest = ours == null ? "no epoch closed" : ours.digest();
            return new Result.Differs(recorded.epoch(), recorded.digest(), digest);
        }
    }
}
