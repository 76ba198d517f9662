package org.qmk.machine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.qmk.device.Purification;

class PurificationChainTest {

    /// 20,000 pairs with fixed seeds. The time of a pair has a deviation of at most 1.5 times its
    /// mean, so the mean of 20,000 is off by more than 6 % with a chance below 1e-7.
    @ParameterizedTest
    @CsvSource({
        "BBPSSW, 0.0, 0.9, 0, 0",
        "BBPSSW, 0.5, 0.9, 1, 0",
        "BBPSSW, 0.25, 0.9, 2, 1",
        "DEJMPS, 0.1, 0.8, 3, 2",
        "DEJMPS, 0.9, 0.95, 1, 5",
        "DEJMPS, 0.0, 0.99, 2, 3"
    })
    void means_are_those_of_the_closed_forms(
            Purification protocol, double loss, double fidelity, int rounds, int roundEpochs) {
        var way = new PurificationChain.Way(loss, fidelity, protocol, rounds, roundEpochs);
        var chain = new PurificationChain(way, 7);
        int pairs = 20_000;

        for (int made = 0; made < pairs; ) if (chain.epoch()) made++;

        double epochs = (double) chain.epochs() / pairs;
        double raw = (double) chain.rawPairs() / pairs;
        assertEquals(way.meanEpochs(), epochs, 0.06 * way.meanEpochs());
        assertEquals(way.meanRawPairs(), raw, 0.06 * way.meanRawPairs());
        assertEquals(rounds > 0, chain.failures() > 0);
    }

    /// Oracle 3.8: BBPSSW takes 0.9 to 0.926396 with N = 0.875556.
    @Test
    void one_round_of_bbpssw_is_the_published_one() {
        var way = new PurificationChain.Way(0, 0.9, Purification.BBPSSW, 1, 0);

        assertEquals(0.926396, way.delivered(), 1e-6);
        assertEquals(2 / 0.875556, way.meanRawPairs(), 1e-5);
        assertEquals(2 / 0.875556, way.meanEpochs(), 1e-5);
    }

    @Test
    void rounds_that_take_longer_cost_time_and_no_pairs() {
        var quick = new PurificationChain.Way(0.2, 0.9, Purification.DEJMPS, 2, 0);
        var slow = new PurificationChain.Way(0.2, 0.9, Purification.DEJMPS, 2, 4);

        assertTrue(slow.meanEpochs() > quick.meanEpochs() + 4);
        assertEquals(quick.meanRawPairs(), slow.meanRawPairs());
    }

    @Test
    void a_way_that_cannot_be_is_refused() {
        for (double loss : new double[] {-0.1, 1, Double.NaN}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new PurificationChain.Way(loss, 0.9, Purification.DEJMPS, 1, 0));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> new PurificationChain.Way(0, 0.5, Purification.DEJMPS, 1, 0));
    }
}
