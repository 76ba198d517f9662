package org.qmk.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.qmk.device.MachineShape;
import org.qmk.device.Purification;

/// Chooses, link by link, how to purify: with the fewest raw pairs, to a fidelity that is wanted.
public final class PurificationPlanner {

    /// @param rawPairs mean number of raw pairs for one delivered pair
    public record Choosing(Purification protocol, int rounds, double fidelity, double rawPairs) {}

    private final double wanted;
    private final int roundsMax;

    /// @param wanted least fidelity of a delivered pair, 0 to 1
    /// @param roundsMax most rounds, 0 to `Purification.ROUNDS_MAX`
    public PurificationPlanner(double wanted, int roundsMax) {
        if (!(wanted >= 0 && wanted <= 1)) {
            throw new IllegalArgumentException("fidelity is " + wanted + ", expected 0 to 1");
        }
        if (roundsMax < 0 || roundsMax > Purification.ROUNDS_MAX) {
            throw new IllegalArgumentException(
                    "rounds are %d, expected 0 to %d"
                            .formatted(roundsMax, Purification.ROUNDS_MAX));
        }
        this.wanted = wanted;
        this.roundsMax = roundsMax;
    }

    /// By link of the machine: what to do, or nothing if no way reaches the fidelity.
    public List<Optional<Choosing>> propose(MachineShape machine) {
        List<Optional<Choosing>> choices = new ArrayList<>();
        for (MachineShape.Link link : machine.links()) choices.add(choose(link.fidelity()));
        return choices;
    }

    /// The way for raw pairs of the given fidelity. Of ways that cost the same, the one with fewer
    /// rounds, then the first protocol.
    public Optional<Choosing> choose(double rawFidelity) {
        Optional<Choosing> best = Optional.empty();
        for (Purification protocol : Purification.values()) {
            // A round more always costs more pairs: the first that is enough is the cheapest.
            for (int rounds = 0; rounds <= roundsMax; rounds++) {
                var delivery = protocol.reached(rounds, rawFidelity);
                double fidelity = delivery.pair().fidelity();
                if (fidelity < wanted) continue;
                var choice = new Choosing(protocol, rounds, fidelity, delivery.rawPairs());
                if (best.isEmpty() || choice.rawPairs() < best.get().rawPairs()) {
                    best = Optional.of(choice);
                }
                break;
            }
        }
        return best;
    }
}
