package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Feeds a journal to a new kernel and compares the digest of every epoch.
public final class Replay {

    private Replay() {}

    /// What a replay found.
    public sealed interface Result {

        /// Every digest that was compared is the same.
        ///
        /// @param epochs digests that were compared
        /// @param inputs inputs that were fed
        /// @param complete whether the journal has its end mark, or the replay was to end before it
        record Agrees(long epochs, long inputs, String digest, boolean complete)
                implements Result {}

        /// The first epoch whose digest is not the same.
        record Differs(long epoch, String recorded, String computed) implements Result {}

        /// The journal is not as it was written.
        ///
        /// @param where which byte, and what is wrong there
        /// @param epochs epochs before it that were compared, all of which agree
        record Damaged(String where, long epochs) implements Result {}
    }

    /// What the kernel of a journal was made with; nothing if the journal is damaged there.
    ///
    /// @throws IOException if the folder has no journal that can be read
    public static Optional<KernelSetting> setting(Path folder) throws IOException {
        try (var journal = new JournalReader(folder)) {
            return journal.next() instanceof JournalReader.Entry.Header(var setting)
                    ? Optional.of(setting)
                    : Optional.empty();
        } catch (JournalReader.Damaged damaged) {
            return Optional.empty();
        }
    }

    /// @throws IOException if the folder has no journal that can be read
    public static Result of(Path folder) throws IOException {
        return of(folder, EpochRange.ALL, Witness.NOBODY);
    }

    /// @param range the epochs to compare; the ones before it are computed and not compared, those
    ///     after it are not read
    /// @param witness sees every input from the first on
    /// @throws IOException if the folder has no journal that can be read
    public static Result of(Path folder, EpochRange range, Witness witness) throws IOException {
        try (var journal = new JournalReader(folder)) {
            return new JournalPass(journal, range, witness).run();
        }
    }
}
