package org.qmk.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.machine.profile.MeasuredProfile;
import org.qmk.qec.memory.MemoryTally;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The option that writes counted rates as a code profile.
final class ProfileSaving {

    private static final String OPTION = "--save-profile";

    private final Optional<String> file;
    private final List<MeasuredProfile.Count> counts = new ArrayList<>();

    ProfileSaving(ParseResult arguments) {
        file = QecFiles.text(arguments, OPTION);
    }

    static void addTo(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("FILE", OPTION)
                        .description(
                                "Write the rates as a code profile, for 'qmk estimate --profile'"
                                        + " and 'qmk run --noise profile='. Of surface codes, with"
                                        + " --p.")
                        .build());
    }

    /// @throws CommandFailure if a profile is wanted and there is none of such a circuit
    ///
    /// @param physical the largest rate, 0 if there is none
    void check(GeneratedCircuit generated, double physical) throws CommandFailure {
        boolean good = physical > 0 && physical <= 0.5 && shape(generated).isPresent();
        if (file.isEmpty() || good) return;
        throw new CommandFailure(
                ExitCode.USAGE,
                OPTION + " is for memories of surface codes, with --p above 0, at most 0.5.");
    }

    private static Optional<MeasuredProfile.Shape> shape(GeneratedCircuit generated) {
        return switch (generated.name()) {
            case "surface_code:rotated_memory_x", "surface_code:rotated_memory_z" ->
                    Optional.of(MeasuredProfile.Shape.ROTATED);
            case "surface_code:unrotated_memory_x", "surface_code:unrotated_memory_z" ->
                    Optional.of(MeasuredProfile.Shape.UNROTATED);
            default -> Optional.empty();
        };
    }

    /// Notes a count; one without errors says no rate and is left out.
    void add(int distance, long rounds, double physical, MemoryTally tally) {
        double flip = MemoryTally.perRound(tally.rate(), rounds);
        if (file.isEmpty() || flip == 0) return;
        counts.add(
                new MeasuredProfile.Count(distance, physical, flip, tally.kept(), tally.errors()));
    }

    /// Writes what was noted, if it is wanted.
    void write(GeneratedCircuit generated, QecCounting counting, Terminal terminal)
            throws CommandFailure {
        if (file.isEmpty()) return;
        if (counts.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.FAILED, "no error was seen, so there is no rate to save.");
        }
        String name = file.get().replaceAll(".*[/\\\\]", "").replaceAll("\\.ya?ml$", "");
        var profile =
                new MeasuredProfile(
                        name.isBlank() ? "measured" : name,
                        shape(generated).orElseThrow(),
                        counting.decoder().word(),
                        generated.noise() + " circuit noise, as qmk qec gen makes it",
                        "%s, seed %d".formatted(generated.name(), counting.seed()),
                        counts);
        OutputFile.write(file.get(), profile.yaml().getBytes(StandardCharsets.UTF_8), terminal);
        terminal.say("wrote " + file.get());
    }
}
