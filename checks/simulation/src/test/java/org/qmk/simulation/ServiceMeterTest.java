package org.qmk.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

final class ServiceMeterTest {

    private static final int[] WEIGHTS = {1, 1, 2};
    private static final boolean[] ALL = {true, true, true};
    private static final boolean[] NONE = {false, false, false};

    private static void divides(double[] given, boolean[] lacking, double... expected) {
        assertArrayEquals(expected, ServiceMeter.fair(given, lacking, WEIGHTS), 1e-12);
    }

    @Test
    void what_tenants_that_lack_something_were_given_is_divided_by_weight() {
        divides(new double[] {0.8, 0, 0}, ALL, 0.2, 0.2, 0.4);
    }

    @Test
    void where_nobody_lacks_anything_what_was_given_was_due() {
        divides(new double[] {0.7, 0.1, 0}, NONE, 0.7, 0.1, 0);
    }

    @Test
    void what_one_has_no_use_for_is_divided_among_the_others() {
        divides(
                new double[] {0.1, 0.6, 0.2},
                new boolean[] {false, true, true},
                0.1,
                0.8 / 3,
                1.6 / 3);
    }

    @Test
    void who_was_given_more_than_his_share_owes_it_to_those_that_lack() {
        divides(new double[] {0.8, 0, 0}, new boolean[] {false, true, false}, 0.4, 0.4, 0);
    }

    @Test
    void one_settled_tenant_can_settle_another() {
        divides(
                new double[] {0, 0.35, 0.45},
                new boolean[] {false, false, true},
                0,
                0.8 / 3,
                1.6 / 3);
        divides(new double[] {0, 0.25, 0.55}, new boolean[] {false, false, true}, 0, 0.25, 0.55);
    }

    @Test
    void where_nothing_was_given_nothing_was_due() {
        divides(new double[] {0, 0, 0}, ALL, 0, 0, 0);
    }
}
