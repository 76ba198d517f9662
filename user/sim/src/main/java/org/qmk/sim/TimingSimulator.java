package org.qmk.sim;

import org.qmk.qvm.Graph;

/// Simulates nothing: every event of every shot is 0. For runs that are about time alone, which in
/// the kernel follows from the program and never from outcomes.
public final class TimingSimulator implements Simulator {

    public static final String NAME = "timing";

    private TimingSimulator() {}

    /// It, as the choice for any program.
    public static Choice.Chosen chosen() {
        String reason = NAME + ": outcomes are not simulated, every event is 0";
        return new Choice.Chosen(new TimingSimulator(), reason, new Estimate(0, 0));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ShotOutcomes run(Graph graph, Shots shots) {
        int words = ShotOutcomes.words(shots.count());
        return ShotOutcomes.owning(shots.count(), new long[graph.events().size()][words]);
    }
}
