package org.qmk.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PurificationTest {

    /// Half of the last printed digit.
    private static final double PRINTED = 0.5e-9;

    /// Bennett et al. 1996, equation 7, four rounds from 0.9, nine digits: oracles.md 3.8.
    @ParameterizedTest
    @CsvSource({
        "1, 0.926395939, 0.875555556",
        "2, 0.947207793, 0.906676859",
        "3, 0.962905351, 0.932087740",
        "4, 0.974338181, 0.951763591"
    })
    void bbpssw_reaches_the_published_fidelity(int rounds, double fidelity, double success) {
        BellPair before = Purification.BBPSSW.reached(rounds - 1, 0.9).pair();

        Purification.Round last = Purification.BBPSSW.round(before);

        assertEquals(fidelity, last.pair().fidelity(), PRINTED);
        assertEquals(success, last.success(), PRINTED);
        assertEquals(BellPair.werner(last.pair().fidelity()), last.pair());
    }

    /// Deutsch et al. 1996, equation 5, four rounds from a Werner pair of 0.9: oracles.md 3.8.
    @ParameterizedTest
    @CsvSource({
        "1, 0.926395939, 0.002538071, 0.002538071, 0.068527919, 0.875555556",
        "2, 0.988763545, 0.000400772, 0.005417842, 0.005417842, 0.867968770",
        "3, 0.999070117, 0.000059992, 0.000059992, 0.000809899, 0.978563457",
        "4, 0.999879161, 0.000000097, 0.000000661, 0.000120081, 0.998261732"
    })
    void dejmps_reaches_the_published_state(
            int rounds, double a, double b, double c, double d, double success) {
        BellPair before = Purification.DEJMPS.reached(rounds - 1, 0.9).pair();

        Purification.Round last = Purification.DEJMPS.round(before);

        assertEquals(a, last.pair().fidelity(), PRINTED);
        assertEquals(b, last.pair().psiMinus(), PRINTED);
        assertEquals(c, last.pair().psiPlus(), PRINTED);
        assertEquals(d, last.pair().phiMinus(), PRINTED);
        assertEquals(success, last.success(), PRINTED);
        assertEquals(last.pair(), Purification.DEJMPS.reached(rounds, 0.9).pair());
    }

    /// Horodecki 1999.
    @Test
    void a_pair_of_fidelity_nine_tenths_teleports_with_fourteen_fifteenths() {
        assertEquals(14.0 / 15, BellPair.werner(0.9).teleportFidelity(), 1e-15);
        assertEquals(2.0 / 3, BellPair.werner(0.5).teleportFidelity(), 1e-15);
    }

    /// 2 / 0.875555556 and 2 / 0.867968770 raw pairs.
    @Test
    void two_rounds_of_dejmps_cost_the_product_of_the_pairs_of_each() {
        assertEquals(1, Purification.DEJMPS.reached(0, 0.9).rawPairs());
        assertEquals(
                2 / 0.875555556 * 2 / 0.867968770,
                Purification.DEJMPS.reached(2, 0.9).rawPairs(),
                1e-8);
    }

    /// A half is the fixed point of both: below it a Werner pair only gets worse.
    @ParameterizedTest
    @EnumSource(Purification.class)
    void a_round_helps_above_a_half_only(Purification protocol) {
        for (int percent = 26; percent < 100; percent++) {
            double raw = percent / 100.0;
            double after = protocol.reached(1, raw).pair().fidelity();

            if (percent == 50) assertEquals(raw, after, 1e-15);
            else assertEquals(percent > 50, after > raw, percent + " percent gave " + after);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void any_pair_gives_a_pair_and_a_probability(long seed) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            double[] cut = {random.nextDouble(), random.nextDouble(), random.nextDouble()};
            java.util.Arrays.sort(cut);
            var raw = new BellPair(cut[0], cut[1] - cut[0], cut[2] - cut[1], 1 - cut[2]);
            for (Purification protocol : Purification.values()) {
                double success = protocol.round(raw).success();

                assertTrue(success >= 0.5 - 1e-12 && success <= 1 + 1e-12, () -> raw + "");
            }
            double fidelity = Purification.DEJMPS.reached(20, 0.5 + cut[0] / 2).pair().fidelity();
            assertTrue(fidelity <= 1, () -> "fidelity is " + fidelity);
        }
    }

    @Test
    void weights_that_are_no_distribution_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> BellPair.werner(1.1));
        assertThrows(IllegalArgumentException.class, () -> BellPair.werner(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new BellPair(0.9, 0.1, 0.1, 0));
        assertThrows(IllegalArgumentException.class, () -> Purification.BBPSSW.reached(21, 0.9));
        assertThrows(IllegalArgumentException.class, () -> Purification.BBPSSW.reached(-1, 0.9));
    }
}
