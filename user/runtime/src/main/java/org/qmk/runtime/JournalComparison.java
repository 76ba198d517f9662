package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the first epoch at which two journals part.
///
/// A digest covers the one before it, so two journals whose digests are equal at an epoch are equal
/// before it, and the first difference is found by bisection over the recorded digests. Both
/// journals are then fed to kernels up to that epoch, to say what happened in it.
public final class JournalComparison {

    private JournalComparison() {}

    /// What the comparison found.
    public sealed interface Result {

        /// Every epoch that both journals have is the same in both.
        ///
        /// @param ours epochs of the one journal
        /// @param theirs epochs of the other
        record Same(long ours, long theirs) implements Result {}

        /// @param epoch the first whose digests differ
        record Differs(long epoch, Side ours, Side theirs) implements Result {}

        /// One of the journals is not as it was written.
        record Damaged(Path folder, String where) implements Result {}
    }

    /// One journal at the epoch that differs.
    ///
    /// @param setting what its kernel was made with
    /// @param digest the recorded digest
    /// @param decisions what goes in and comes out when the journal is replayed
    public record Side(KernelSetting setting, String digest, List<String> decisions) {
        public Side {
            decisions = List.copyOf(decisions);
        }
    }

    /// The recorded digests of a journal, in order.
    private record Recorded(
            Path folder, KernelSetting setting, List<JournalReader.Entry.Closed> digests) {}

    /// @throws IOException if one of the folders has no journal that can be read
    public static Result of(Path ours, Path theirs) throws IOException {
        Path read = ours;
        try {
            Recorded one = read(ours);
            read = theirs;
            Recorded other = read(theirs);
            int both = Math.min(one.digests().size(), other.digests().size());
            int first = firstDifference(one, other, both);
            if (first == both) return new Result.Same(one.digests().size(), other.digests().size());
            long epoch = one.digests().get(first).epoch();
            return new Result.Differs(epoch, side(one, first), side(other, first));
        } catch (JournalReader.Damaged damaged) {
            return new Result.Damaged(read, damaged.getMessage());
        }
    }

    /// The place of the first digest that differs, or `both` if none does.
    private static int firstDifference(Recorded one, Recorded other, int both) {
        int equalBelow = 0;
        int differsFrom = both;
        while (equalBelow < differsFrom) {
            int middle = (equalBelow + differsFrom) >>> 1;
            boolean equal = one.digests().get(middle).equals(other.digests().get(middle));
            if (equal) equalBelow = middle + 1;
            else differsFrom = middle;
        }
        return equalBelow;
    }

    private static Recorded read(Path folder) throws IOException, JournalReader.Damaged {
        Optional<KernelSetting> setting = Optional.empty();
        List<JournalReader.Entry.Closed> digests = new ArrayList<>();
        try (var journal = new JournalReader(folder)) {
            while (true) {
                switch (journal.next()) {
                    case JournalReader.Entry.Header(var found) -> setting = Optional.of(found);
                    case JournalReader.Entry.Taken _, JournalReader.Entry.Noted _ -> {}
                    case JournalReader.Entry.Closed closed -> digests.add(closed);
                    case JournalReader.Entry.End() -> {
                        journal.expectNothingMore();
                        return new Recorded(folder, setting.orElseThrow(), digests);
                    }
                    case JournalReader.Entry.CutShort _ -> {
                        if (setting.isEmpty()) {
                            throw new JournalReader.Damaged(
                                    0, "the journal ends within its header");
                        }
                        return new Recorded(folder, setting.get(), digests);
                    }
                }
            }
        }
    }

    private static Side side(Recorded recorded, int place) throws IOException {
        JournalReader.Entry.Closed closed = recorded.digests().get(place);
        var transcript = EpochTranscript.silent();
        var range = new EpochRange(closed.epoch(), closed.epoch());
        Replay.of(recorded.folder(), range, transcript);
        List<String> decisions =
                transcript.last().map(EpochTranscript.Epoch::lines).orElse(List.of());
        return new Side(recorded.setting(), closed.digest(), decisions);
    }
}
