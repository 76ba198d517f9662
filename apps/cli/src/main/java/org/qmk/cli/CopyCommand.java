package org.qmk.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.qmk.cli.serve.Backups;
import org.qmk.cli.serve.ServerStart;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `qmk backup` and `qmk restore`: copies of a server's data folder.
final class CopyCommand implements Command {

    private interface Copy {
        void copy(Backups copies, Path from, Path to, Terminal terminal) throws ServerStart.Refused;
    }

    private final Copy copy;
    private final String from;
    private final String to;

    private CopyCommand(Copy copy, ParseResult arguments) {
        this.copy = copy;
        from = arguments.matchedPositionalValue(0, "");
        to = arguments.matchedPositionalValue(1, "");
    }

    static CommandSpec backupSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments ->
                                new CopyCommand(
                                        (copies, from, to, terminal) ->
                                                copies.backup(from, to, terminal::say),
                                        arguments),
                        "backup",
                        "Copy a server's data folder, also while it runs.",
                        "The file, a ZIP archive, holds the journal, the audit log, the store and"
                            + " the keys: whoever reads it can act for every tenant. All that was"
                            + " acknowledged before the command began is in it. A PostgreSQL"
                            + " database is not: copy it with its own tools first.");
        spec.addPositional(QmkCommand.operand("DIR", "What 'qmk serve --data-dir' was given."));
        spec.addPositional(second("FILE", "The backup. It must not be there yet."));
        return QmkCommand.withExamples(spec, "qmk backup qmk-data qmk-backup.zip");
    }

    static CommandSpec restoreSpec() {
        CommandSpec spec =
                QmkCommand.command(
                        arguments ->
                                new CopyCommand(
                                        (copies, from, to, terminal) ->
                                                copies.restore(from, to, terminal::say),
                                        arguments),
                        "restore",
                        "Make a server's data folder from a backup.",
                        "Replays the journal and compares the digest of every epoch, and verifies"
                            + " the audit log, before the folder is there. Do not let the server of"
                            + " the old folder run on: both would give the same numbers to other"
                            + " jobs.");
        spec.addPositional(QmkCommand.operand("FILE", "What 'qmk backup' wrote."));
        spec.addPositional(second("DIR", "The folder. It must not be there yet."));
        return QmkCommand.withExamples(spec, "qmk restore qmk-backup.zip qmk-restored");
    }

    private static PositionalParamSpec second(String label, String description) {
        return PositionalParamSpec.builder()
                .index("1")
                .paramLabel(label)
                .required(true)
                .type(String.class)
                .description(description)
                .build();
    }

    @Override
    public ExitCode run(Terminal terminal) throws CommandFailure {
        Backups copies =
                ServeCommand.found(
                        ServiceLoader.load(Backups.class), "Start the command with ./qmk.");
        try {
            copy.copy(copies, terminal.file(from), terminal.file(to), terminal);
            return ExitCode.DONE;
        } catch (InvalidPathException invalid) {
            throw new CommandFailure(
                    ExitCode.USAGE, "no file can have that name: " + invalid.getMessage() + ".");
        } catch (ServerStart.Refused refused) {
            throw ServeCommand.failure(refused);
        }
    }
}
