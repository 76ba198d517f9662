package org.qmk.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;
import org.qmk.runtime.*;

/// Writes a journal in a folder of its own, cuts it at any byte, and recovers from what is left.
final class CrashDrill {

    /// What the next process begins with.
    record Again(Kernel kernel, long epochs, Optional<EpochPlan> open) {}

    /// An epoch that was acknowledged when the file had so many bytes.
    private record Acknowledged(long bytes, String digest) {}

    private final Path folder;
    private final Dice dice;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private Journal journal;

    private CrashDrill(Path folder, Journal journal, Dice dice) {
        this.folder = folder;
        this.journal = journal;
        this.dice = dice;
    }

    static CrashDrill begin(KernelSetting setting, Dice dice) {
        try {
            Path folder = Files.createTempDirectory("qmk-simulation-");
            return new CrashDrill(folder, Journal.create(folder, setting), dice);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    boolean strikes() {
        return dice.oneIn(25);
    }

    void input(Input input) {
        try {
            journal.input(input);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    void acknowledge(Notice.EpochClosed closed) {
        try {
            journal.digest(closed.epoch(), closed.digest());
            long bytes = Files.size(folder.resolve(Journal.FILE));
            acknowledged.add(new Acknowledged(bytes, closed.digest()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Cuts a copy anywhere, and then the journal itself where a crash could.
    Again crash(Witness witness) {
        try {
            journal.close();
            Path file = folder.resolve(Journal.FILE);
            long length = Files.size(file);
            cutCopy(file, dice.below((int) length + 1));
            long kept = acknowledged.isEmpty() ? 0 : acknowledged.getLast().bytes();
            long cut = kept + dice.below((int) (length - kept) + 1);
            truncate(file, cut);
            Recovery.Result result = Recovery.open(folder, Durability.EVERY_EPOCH, witness);
            if (!(result instanceof Recovery.Result.Recovered recovered)) {
                throw new LawBroken(Law.RECOVERY_WHOLE, "cut at byte " + cut + ": " + result);
            }
            check(recovered, cut);
            journal = recovered.journal();
            while (acknowledged.size() > recovered.epochs()) acknowledged.removeLast();
            return new Again(recovered.kernel(), recovered.epochs(), recovered.open());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void cutCopy(Path file, long cut) throws IOException {
        Path copy = Files.createTempDirectory("qmk-simulation-copy-");
        try {
            Path cutFile = Files.copy(file, copy.resolve(Journal.FILE));
            truncate(cutFile, cut);
            switch (Recovery.open(copy, Durability.AT_END, Witness.NOBODY)) {
                case Recovery.Result.Recovered recovered -> {
                    recovered.journal().close();
                    check(recovered, cut);
                }
                case Recovery.Result.NotBegun() ->
                        LawBroken.unless(
                                acknowledged.isEmpty() || acknowledged.getFirst().bytes() > cut,
                                Law.RECOVERY_WHOLE,
                                "cut at byte " + cut + " nothing is found");
                case Recovery.Result.Ended _,
                        Recovery.Result.Damaged _,
                        Recovery.Result.Differs _ ->
                        throw new LawBroken(
                                Law.RECOVERY_WHOLE, "cut at byte " + cut + " it is not recovered");
            }
        } finally {
            delete(copy);
        }
    }

    private void check(Recovery.Result.Recovered recovered, long cut) {
        long safe = acknowledged.stream().filter(epoch -> epoch.bytes() <= cut).count();
        LawBroken.unless(
                recovered.epochs() >= safe,
                Law.RECOVERY_WHOLE,
                "cut at byte %d, %d epochs were acknowledged and %d are recovered"
                        .formatted(cut, safe, recovered.epochs()));
        if (recovered.epochs() == 0 || recovered.epochs() > acknowledged.size()) return;
        String digest = acknowledged.get((int) recovered.epochs() - 1).digest();
        LawBroken.unless(
                recovered.digest().equals(digest),
                Law.RECOVERY_WHOLE,
                "cut at byte " + cut + ", epoch " + recovered.epochs() + " has another digest");
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    /// Deletes the journal.
    void clean() {
        try {
            journal.close();
            delete(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(Journal.FILE));
        Files.deleteIfExists(folder);
    }
}
