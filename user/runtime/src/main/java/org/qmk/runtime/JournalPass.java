package org.qmk.runtime;

import java.io.IOException;
import java.util.Optional;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Reads a journal from its first frame, feeds a new kernel, and compares the digest of every
/// epoch.
final class JournalPass {

    private final JournalReader journal;
    private final EpochRange range;
    private final Witness witness;
    private Optional<KernelSetting> setting = Optional.empty();
    private Optional<Kernel> kernel = Optional.empty();

    /// The epoch that the kernel closed last, while its recorded digest is not read.
    private Optional<Notice.EpochClosed> unproven = Optional.empty();

    /// Digests that were compared.
    private long compared;

    private long inputs;
    private String digest = "";

    /// @param range the epochs to compare; the pass ends after the last of them
    JournalPass(JournalReader journal, EpochRange range, Witness witness) {
        this.journal = journal;
        this.range = range;
        this.witness = witness;
    }

    Replay.Result run() throws IOException {
        try {
            switch (journal.next()) {
                case JournalReader.Entry.Header(var found) -> setting = Optional.of(found);
                case JournalReader.Entry.CutShort _ -> {
                    return damaged("byte 0: the journal ends within its header");
                }
                case JournalReader.Entry.Taken _,
                        JournalReader.Entry.Noted _,
                        JournalReader.Entry.Closed _,
                        JournalReader.Entry.End _ ->
                        throw new IllegalStateException("the reader asks for a header first");
            }
            kernel = setting.map(KernelSetting::boot);
            witness.begun(kernel.orElseThrow());
            return feed(kernel.orElseThrow());
        } catch (JournalReader.Damaged damaged) {
            return damaged(damaged.getMessage());
        }
    }

    /// What the header says; none if there was no header.
    Optional<KernelSetting> setting() {
        return setting;
    }

    /// The kernel as the inputs left it; none if there was no header.
    Optional<Kernel> kernel() {
        return kernel;
    }

    /// The epoch that was closed by the last input and whose digest the journal lacks.
    Optional<Notice.EpochClosed> unproven() {
        return unproven;
    }

    private Replay.Result feed(Kernel fed) throws IOException, JournalReader.Damaged {
        while (true) {
            JournalReader.Entry entry = journal.next();
            if (unproven.isPresent() && lacksDigest(entry)) {
                Notice.EpochClosed closed = unproven.get();
                if (range.contains(closed.epoch())) {
                    return new Replay.Result.Differs(closed.epoch(), "no digest", closed.digest());
                }
                unproven = Optional.empty();
            }
            switch (entry) {
                case JournalReader.Entry.Taken(var input) -> take(input, fed);
                case JournalReader.Entry.Noted(var note) -> witness.noted(note);
                case JournalReader.Entry.Closed recorded -> {
                    if (range.contains(recorded.epoch())) {
                        if (!matches(recorded)) return differs(recorded);
                        compared++;
                        digest = recorded.digest();
                    }
                    unproven = Optional.empty();
                    if (recorded.epoch() >= range.to()) return agrees(true);
                }
                case JournalReader.Entry.End() -> {
                    journal.expectNothingMore();
                    return agrees(true);
                }
                case JournalReader.Entry.CutShort _ -> {
                    return agrees(false);
                }
                case JournalReader.Entry.Header _ ->
                        throw new IllegalStateException("the reader allows one header");
            }
        }
    }

    private void take(Input input, Kernel fed) {
        inputs++;
        var notices = fed.step(input);
        for (Notice notice : notices) {
            if (notice instanceof Notice.EpochClosed closed) unproven = Optional.of(closed);
        }
        witness.took(input, notices);
    }

    /// Whether the entry may not follow an input that closed an epoch. Only the digest of that
    /// epoch may, or the end of a journal that was cut short.
    private static boolean lacksDigest(JournalReader.Entry entry) {
        return switch (entry) {
            case JournalReader.Entry.Header _,
                    JournalReader.Entry.Taken _,
                    JournalReader.Entry.Noted _,
                    JournalReader.Entry.End _ ->
                    true;
            case JournalReader.Entry.Closed _, JournalReader.Entry.CutShort _ -> false;
        };
    }

    private boolean matches(JournalReader.Entry.Closed recorded) {
        return unproven.isPresent()
                && unproven.get().epoch() == recorded.epoch()
                && unproven.get().digest().equals(recorded.digest());
    }

    private Replay.Result agrees(boolean complete) {
        return new Replay.Result.Agrees(compared, inputs, digest, complete);
    }

    private Replay.Result damaged(String where) {
        return new Replay.Result.Damaged(where, compared);
    }

    private Replay.Result differs(JournalReader.Entry.Closed recorded) {
        String ours = unproven.map(Notice.EpochClosed::digest).orElse("no epoch closed");
        return new Replay.Result.Differs(recorded.epoch(), recorded.digest(), ours);
    }
}
