package org.qmk.machine.link;

import java.util.List;

/// How a run of uses is carried out.
public record RemotePlan(List<RemoteStep> steps) {
    public RemotePlan {
        steps = List.copyOf(steps);
    }

    /// Bell pairs between the two modules.
    public int pairs() {
        return steps.stream().mapToInt(RemoteStep::pairs).sum();
    }

    /// Epochs, if pairs are there when they are wanted.
    public int epochs() {
        return steps.stream().mapToInt(RemoteStep::epochs).sum();
    }

    /// Epochs, if each pair is waited for.
    ///
    /// @param epochsPerPair that a pair takes on average, see `PurificationChain.Way`
    public double cost(double epochsPerPair) {
        return epochs() + pairs() * epochsPerPair;
    }
}
