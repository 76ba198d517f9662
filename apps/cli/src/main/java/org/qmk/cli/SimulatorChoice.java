package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.qmk.qvm.Graph;
import org.qmk.sim.Choice;
import org.qmk.sim.NoiseModel;
import org.qmk.sim.Simulators;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/// The simulator that a user names, or the one that suits each program.
final class SimulatorChoice {

    /// Lets the program decide.
    static final String AUTO = "auto";

    private SimulatorChoice() {}

    /// What users may name.
    static List<String> names() {
        List<String> names = new ArrayList<>(List.of(AUTO));
        names.addAll(Simulators.names());
        return names;
    }

    /// @param noise under which programs run
    /// @param shots of each program
    /// @throws CommandFailure if there is no such simulator
    static Function<Graph, Choice> of(Optional<String> stated, NoiseModel noise, long shots)
            throws CommandFailure {
        String name = stated.orElse(AUTO);
        if (!names().contains(name)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no simulator %s, expected one of %s. Name one of these."
                            .formatted(name, String.join(", ", names())));
        }
        return name.equals(AUTO)
                ? graph -> Simulators.choose(graph, noise, shots)
                : graph -> Simulators.named(name, graph, noise, shots);
    }

    /// The option of the noise.
    static void addNoise(CommandSpec spec) {
        spec.addOption(
                QmkCommand.option("RATES", "--noise")
                        .converters(SimulatorChoice::noise)
                        .description(
                                "What goes wrong, as in gate1=1e-4,gate2=1e-3,measure=1e-2,",
                                "reset=1e-3,damping=1e-4,epoch=1e-6. gate1 and epoch may be given",
                                "for X, Y and Z apart, as in epoch=1e-6:0:1e-5. Default: nothing.")
                        .build());
    }

    private static NoiseModel noise(String text) {
        try {
            return NoiseModel.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }
}
