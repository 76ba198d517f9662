package org.qmk.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.kernel.Kernel;
import org.qmk.kernel.call.Input;
import org.qmk.kernel.call.Notice;

/// Goes on after a crash: makes the kernel again from a journal that was cut short, and opens the
/// journal to be written further.
public final class Recovery {

    private Recovery() {}

    /// What became of the attempt. Only `Recovered` changed the file.
    public sealed interface Result {

        /// The kernel is as the whole frames of the journal left it.
        ///
        /// @param journal ends with the last whole frame, and with the digest of every epoch that
        ///     is closed; all of it is durable where every epoch is to be
        /// @param epochs epochs that are closed
        /// @param inputs inputs that the kernel took
        /// @param digest of the last closed epoch; empty before the first
        /// @param open what the device was to do in the epoch that is begun and not reported: it
        ///     has to do it again, see `KernelLoop.finish`
        /// @param tornBytes bytes of a torn frame that were cut off
        record Recovered(
                Kernel kernel,
                Journal journal,
                long epochs,
                long inputs,
                String digest,
                Optional<EpochPlan> open,
                long tornBytes)
                implements Result {}

        /// The file ends within its header: nothing was ever acknowledged. Delete it and begin.
        record NotBegun() implements Result {}

        /// The journal has its end mark: the run came to its end.
        record Ended(long epochs) implements Result {}

        /// The journal is not as it was written, so that what it holds cannot be told.
        ///
        /// @param where which byte, and what is wrong there
        record Damaged(String where, long epochs) implements Result {}

        /// This kernel does not decide as the one that wrote the journal.
        record Differs(long epoch, String recorded, String computed) implements Result {}
    }

    /// @param durability of the journal from here on
    /// @param witness sees every input again, to make again what was lost with the process: the
    ///     state of a simulated device, counts
    /// @throws IOException if the folder has no journal that can be read and written
    public static Result open(Path folder, Durability durability, Witness witness)
            throws IOException {
        var plans = new OpenPlan();
        try (var reader = new JournalReader(folder)) {
            if (reader.endsWithinHeader()) return new Result.NotBegun();
            var pass = new JournalPass(reader, EpochRange.ALL, witness.and(plans));
            return switch (pass.run()) {
                case Replay.Result.Damaged(var where, long epochs) ->
                        new Result.Damaged(where, epochs);
                case Replay.Result.Differs(long epoch, var recorded, var computed) ->
                        new Result.Differs(epoch, recorded, computed);
                case Replay.Result.Agrees agrees ->
                        agrees.complete()
                                ? new Result.Ended(agrees.epochs())
                                : goOn(folder, durability, reader, pass, agrees, plans.open);
            };
        }
    }

    private static Result goOn(
            Path folder,
            Durability durability,
            JournalReader reader,
            JournalPass pass,
            Replay.Result.Agrees agrees,
            Optional<EpochPlan> open)
            throws IOException {
        long tornBytes = reader.bytesLeft();
        long epochs = agrees.epochs();
        String digest = agrees.digest();
        Journal journal = Journal.append(folder, reader.offset(), reader.chain(), durability);
        try {
            if (pass.unproven().isPresent()) {
                Notice.EpochClosed closed = pass.unproven().get();
                journal.digest(closed.epoch(), closed.digest());
                digest = closed.digest();
                epochs++;
            }
            switch (durability) {
                case EVERY_EPOCH -> journal.sync();
                case AT_END -> {}
            }
        } catch (IOException unwritable) {
            journal.close();
            throw unwritable;
        }
        return new Result.Recovered(
                pass.kernel().orElseThrow(),
                journal,
                epochs,
                agrees.inputs(),
                digest,
                open,
                tornBytes);
    }

    /// Remembers the plan of the epoch that is open.
    private static final class OpenPlan implements Witness {
        private Optional<EpochPlan> open = Optional.empty();

        @Override
        public void took(Input input, List<Notice> notices) {
            for (Notice notice : notices) {
                if (notice instanceof Notice.Planned(var plan)) open = Optional.of(plan);
                if (notice instanceof Notice.EpochClosed) open = Optional.empty();
            }
        }
    }
}
