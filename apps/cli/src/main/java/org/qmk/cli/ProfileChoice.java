package org.qmk.cli;

import java.util.List;
import java.util.Optional;
import org.qmk.machine.profile.CodeProfile;
import org.qmk.machine.profile.ProfileFile;

/// Finds the code profile that a command names: a shipped one, or one in a file.
final class ProfileChoice {

    private ProfileChoice() {}

    /// @throws CommandFailure if there is no such profile, or its file is wrong
    static CodeProfile of(String nameOrFile, Terminal terminal) throws CommandFailure {
        Optional<CodeProfile> shipped = ProfileFile.shipped(nameOrFile);
        if (shipped.isPresent()) return shipped.get();
        return switch (ProfileFile.read(InputFile.read(nameOrFile, terminal))) {
            case ProfileFile.Reading.Ok(var profile) -> profile;
            case ProfileFile.Reading.Failed(var errors) ->
                    throw wrong(nameOrFile, errors, terminal);
        };
    }

    /// Says what is wrong with a file, a line each.
    static CommandFailure wrong(String file, List<String> errors, Terminal terminal) {
        for (String error : errors) terminal.say(file + ": " + error);
        return new CommandFailure(
                ExitCode.FAILED, file + " cannot be used: " + errors.size() + " errors.");
    }
}
