package org.qmk.sim;

import java.util.Optional;
import org.qmk.qvm.Graph;

/// A simulator, with the noise under which programs run on it.
record ChosenSimulator(Candidate candidate, NoiseModel noise) implements Simulator {

    @Override
    public String name() {
        return candidate.name();
    }

    @Override
    public ShotOutcomes run(Graph graph, Shots shots) {
        var steps = new StepList(graph);
        Optional<Choice.Refused> refusal = candidate.refusal(steps, noise);
        if (refusal.isPresent()) throw new IllegalArgumentException(refusal.get().message());
        return candidate.run(steps, noise, shots);
    }
}
