package org.qmk.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignTest {

    @Test
    void a_million_epochs_over_two_hundred_and_sixty_seeds_break_no_law() {
        var request = SimulationRequest.ofEpochs(5_500);

        var result = Campaign.run(1, 260, request);

        assertEquals(Optional.empty(), result.broken());
        assertTrue(result.tally().epochs() >= 1_000_000, () -> "epochs " + result.tally().epochs());
        for (Mishap mishap : Mishap.values()) {
            assertTrue(result.tally().faults().containsKey(mishap), () -> "no " + mishap.word());
        }
        assertTrue(result.tally().deadlines() > 800, "too few deadlines were held");
    }

    @Test
    void a_seed_gives_the_same_run_again() {
        var first = Simulation.run(77, SimulationRequest.ofEpochs(500)).tally();
        var again = Simulation.run(77, SimulationRequest.ofEpochs(500)).tally();

        assertEquals(first.inputs(), again.inputs());
        assertEquals(first.ends(), again.ends());
        assertEquals(first.refusals(), again.refusals());
        assertEquals(first.faults(), again.faults());
    }
}
