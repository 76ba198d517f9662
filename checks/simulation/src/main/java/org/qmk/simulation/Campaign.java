package org.qmk.simulation;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/// Many runs, one seed each.
public final class Campaign {

    private Campaign() {}

    /// What came of all runs.
    ///
    /// @param broken the run with the smallest seed in which a law did not hold
    public record Result(Tally tally, Optional<Simulation.Outcome.Broken> broken) {}

    /// Runs the seeds from one on, several at once, and stops taking new ones when one fails.
    ///
    /// @param runs 1 or more
    public static Result run(long firstSeed, int runs, SimulationRequest request) {
        var tally = new Tally();
        var lowest = new AtomicLong(Long.MAX_VALUE);
        var broken = new Simulation.Outcome.Broken[1];
        LongStream.range(0, runs)
                .parallel()
                .forEach(
                        place -> {
                            if (lowest.get() < place) return;
                            var outcome = Simulation.run(firstSeed + place, request);
                            synchronized (tally) {
                                tally.add(outcome.tally());
                                boolean first =
                                        outcome instanceof Simulation.Outcome.Broken
                                                && place < lowest.get();
                                if (!first) return;
                                lowest.set(place);
                                broken[0] = (Simulation.Outcome.Broken) outcome;
                            }
                        });
        return new Result(tally, Optional.ofNullable(broken[0]));
    }
}
