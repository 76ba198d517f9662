package org.qmk.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.qmk.qvm.Graph;
import org.qmk.sim.Choice;
import org.qmk.sim.NoiseModel;
import org.qmk.sim.Simulators;

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
}
