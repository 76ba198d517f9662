package org.qmk.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.qmk.machine.MachineFile;
import org.qmk.machine.MachineModel;

/// Finds the machine that a command names: a shipped one, or one in a file.
final class MachineChoice {

    /// The machine of programs that name none.
    static final String DEFAULT = "ideal";

    private MachineChoice() {}

    /// @throws CommandFailure if there is no such machine, or its file is wrong
    static MachineModel of(String nameOrFile, Terminal terminal) throws CommandFailure {
        if (MachineFile.SHIPPED.contains(nameOrFile)) return MachineFile.shipped(nameOrFile);
        if (!looksLikeFile(nameOrFile, terminal)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no machine %s, expected one of %s or a file. Name one of these."
                            .formatted(nameOrFile, String.join(", ", MachineFile.SHIPPED)));
        }
        return switch (MachineFile.read(InputFile.read(nameOrFile, terminal))) {
            case MachineFile.Reading.Ok(var model) -> model;
            case MachineFile.Reading.Failed(var errors) ->
                    throw new CommandFailure(
                            ExitCode.FAILED,
                            nameOrFile + " is no machine model:\n" + lines(nameOrFile, errors));
        };
    }

    private static String lines(String file, List<String> errors) {
        return String.join("\n", errors.stream().map(error -> file + ": " + error).toList());
    }

    private static boolean looksLikeFile(String name, Terminal terminal) {
        if (name.equals(InputFile.STDIN) || name.contains("/")) return true;
        if (name.endsWith(".yaml") || name.endsWith(".yml")) return true;
        try {
            return Files.exists(terminal.file(name));
        } catch (InvalidPathException invalid) {
            return false;
        }
    }
}
