package org.qmk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.qmk.runtime.Journal;
import org.qmk.runtime.Replay;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `qmk replay`: feeds a journal to a new kernel and compares the digest of every epoch.
final class ReplayCommand implements Command {

    private final String folder;

    private ReplayCommand(ParseResult arguments) {
        folder = arguments.matchedPositionalValue(0, "");
    }

    static CommandSpec spec() {
        CommandSpec spec =
                QmkCommand.command(
                        ReplayCommand::new,
                        "replay",
                        "Run a journal again and compare every epoch.",
                        "Names the first epoch that differs or the first byte that is damaged, and"
                            + " exits with 1. A journal that was cut short between two entries, as"
                            + " by a crash, agrees as far as it goes: a warning says so, and the"
                            + " exit code is 0. An entry that a crash tore is damaged.");
        spec.addPositional(QmkCommand.operand("DIR", "What 'qmk run --data-dir' was given."));
        return QmkCommand.withExamples(
                spec, "qmk run examples/bell.qasm --data-dir bell-run", "qmk replay bell-run");
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        switch (replayed(terminal)) {
            case Replay.Result.Agrees(long epochs, long inputs, var digest, boolean complete) -> {
                if (!complete) {
                    terminal.say(
                            "warning: the journal of %s has no end mark: the run was cut short."
                                    .formatted(folder));
                }
                terminal.print(
                        "%s: all %d epochs agree, %d inputs%s\n"
                                .formatted(
                                        folder,
                                        epochs,
                                        inputs,
                                        digest.isEmpty() ? "" : ", digest sha256:" + digest));
                return ExitCode.DONE;
            }
            case Replay.Result.Differs(long epoch, var recorded, var computed) ->
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "epoch %d of %s differs, all before it agree: recorded %s, computed %s."
                                    .formatted(epoch, folder, recorded, computed));
            case Replay.Result.Damaged(var where, long epochs) ->
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            "the journal of %s is damaged after %d epochs that agree: %s."
                                    .formatted(folder, epochs, where));
        }
    }

    private Replay.Result replayed(Terminal terminal) throws CommandFailure {
        try {
            Path path = terminal.file(folder);
            if (Files.isRegularFile(path)) {
                throw unreadable(folder + " is a file, expected the folder of a run.");
            }
            return Replay.of(path);
        } catch (NoSuchFileException missing) {
            throw unreadable(
                    "%s holds no journal (%s). Name a folder that 'qmk run --data-dir' wrote."
                            .formatted(folder, Journal.FILE));
        } catch (InvalidPathException invalid) {
            throw unreadable("no folder can have that name: " + invalid.getMessage());
        } catch (IOException failed) {
            throw unreadable(
                    "the journal of %s cannot be read: %s."
                            .formatted(folder, FileTrouble.text(failed)));
        }
    }

    private static CommandFailure unreadable(String message) {
        return new CommandFailure(ExitCode.UNREADABLE, message);
    }
}
