package org.qmk.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FairnessTest {

    /// The values of the oracles: 1, 0.25, 0.75, 0.8333.
    @Test
    void jains_index_has_its_published_values() {
        assertEquals(1, Fairness.jain(List.of(1.0, 1.0, 1.0, 1.0)), 1e-12);
        assertEquals(.25, Fairness.jain(List.of(4.0, 0.0, 0.0, 0.0)), 1e-12);
        assertEquals(.75, Fairness.jain(List.of(3.0, 1.0, 1.0, 1.0)), 1e-12);
        assertEquals(.8333, Fairness.jain(List.of(1.0, 2.0, 3.0, 4.0)), 5e-5);
    }

    @Test
    void nothing_for_anybody_is_fair() {
        assertEquals(1, Fairness.jain(List.of()));
        assertEquals(1, Fairness.jain(List.of(0.0, 0.0)));
    }

    @Test
    void percentiles_are_of_the_nearest_rank() {
        var hundred = WaitStatistics.of(LongStream.rangeClosed(1, 100).boxed().toList());
        assertEquals(new WaitStatistics(100, 50.5, 50, 99), hundred);
        assertEquals(new WaitStatistics(2, 4, 1, 7), WaitStatistics.of(List.of(7L, 1L)));
        assertEquals(new WaitStatistics(0, 0, 0, 0), WaitStatistics.of(List.of()));
    }
}
