package org.qmk.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.qmk.device.Purification;

class PurificationPlannerTest {

    @Test
    void no_way_needs_fewer_pairs_than_the_one_proposed() {
        int reached = 0;
        for (long seed = 0; seed < 2000; seed++) {
            var random = new SplittableRandom(seed);
            double raw = 0.501 + 0.498 * random.nextDouble();
            double wanted = 0.5 + 0.4999 * random.nextDouble();
            int roundsMax = random.nextInt(0, 9);

            var chosen = new PurificationPlanner(wanted, roundsMax).choose(raw);

            double least = Double.POSITIVE_INFINITY;
            for (Purification protocol : Purification.values()) {
                for (int rounds = 0; rounds <= roundsMax; rounds++) {
                    var delivery = protocol.reached(rounds, raw);
                    if (delivery.pair().fidelity() < wanted) continue;
                    least = Math.min(least, delivery.rawPairs());
                }
            }
            assertEquals(least < Double.POSITIVE_INFINITY, chosen.isPresent(), "seed " + seed);
            if (chosen.isEmpty()) continue;
            reached++;
            var choice = chosen.get();
            assertEquals(least, choice.rawPairs(), "seed " + seed);
            var delivery = choice.protocol().reached(choice.rounds(), raw);
            assertEquals(delivery.pair().fidelity(), choice.fidelity(), "seed " + seed);
            assertTrue(choice.fidelity() >= wanted, "seed " + seed);
        }
        assertTrue(reached > 500 && reached < 1900, reached + " of 2000 reached");
    }

    @Test
    void a_pair_that_is_good_enough_is_left_as_it_is() {
        var choice = new PurificationPlanner(0.9, 6).choose(0.95).orElseThrow();

        assertEquals(0, choice.rounds());
        assertEquals(1, choice.rawPairs());
    }

    @Test
    void what_one_round_less_cannot_reach_is_not_reached() {
        // Two rounds of DEJMPS make 0.988764 of 0.9 (oracle 3.8).
        assertEquals(Optional.empty(), new PurificationPlanner(0.98, 1).choose(0.9));
        var choice = new PurificationPlanner(0.98, 2).choose(0.9).orElseThrow();
        assertEquals(Purification.DEJMPS, choice.protocol());
        assertEquals(0.988764, choice.fidelity(), 5e-7);
    }

    @Test
    void every_link_of_a_machine_has_its_answer() {
        var shape = MachineFile.shipped("quad-64").shape();

        List<Optional<PurificationPlanner.Choosing>> choices =
                new PurificationPlanner(0.99, 6).propose(shape);

        assertEquals(shape.links().size(), choices.size());
        for (var choice : choices) assertTrue(choice.orElseThrow().fidelity() >= 0.99);
    }

    @Test
    void a_fidelity_that_is_none_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new PurificationPlanner(1.01, 6));
        assertThrows(IllegalArgumentException.class, () -> new PurificationPlanner(Double.NaN, 6));
        assertThrows(IllegalArgumentException.class, () -> new PurificationPlanner(0.9, 21));
    }
}
