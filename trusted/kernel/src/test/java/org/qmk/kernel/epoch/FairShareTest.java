package org.qmk.kernel.epoch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FairShareTest {

    private static final long[] CAPACITY = {9, 18};

    /// Section 4.1 of the paper: 9 CPUs and 18 GB; A wants (1, 4) for each task, B wants (3, 1).
    @Test
    void the_example_of_dominant_resource_fairness_comes_out_as_published() {
        long[][] demand = {{1, 4}, {3, 1}};

        assertArrayEquals(new int[] {3, 2}, fill(demand, new int[] {1, 1}));
        assertEquals(
                2.0 / 3, 3.0 * FairShare.dominant(demand[0], CAPACITY) / FairShare.WHOLE, 1e-8);
        assertEquals(
                2.0 / 3, 2.0 * FairShare.dominant(demand[1], CAPACITY) / FairShare.WHOLE, 1e-8);
    }

    @Test
    void a_tenant_of_three_times_the_weight_gets_three_times_the_dominant_share() {
        assertArrayEquals(
                new int[] {6, 2}, fill(new long[][] {{1, 0}, {1, 0}}, new int[] {3, 1}, 8));
    }

    @Test
    void who_wanted_nothing_for_a_while_has_saved_nothing_up() {
        var shares = new FairShare();
        shares.enter(1);
        for (int i = 0; i < 100; i++) {
            shares.add(1, FairShare.WHOLE);
            shares.advance(shares.time(1));
        }

        shares.enter(2);

        assertEquals(shares.time(1), shares.time(2));
        assertTrue(shares.time(2) > 99 * FairShare.WHOLE);
    }

    @Test
    void no_length_of_a_program_makes_a_time_negative() {
        var shares = new FairShare();
        long share = FairShare.share(1L << 60, 1 << 4);
        for (int i = 0; i < 20; i++) shares.add(1, FairShare.charge(share, 1));

        assertTrue(share > 0);
        assertTrue(shares.time(1) > FairShare.WHOLE * FairShare.WHOLE);
    }

    private static int[] fill(long[][] demand, int[] weights) {
        return fill(demand, weights, Integer.MAX_VALUE);
    }

    /// Gives out tasks one by one, to whoever has the least virtual time, until one does not fit.
    private static int[] fill(long[][] demand, int[] weights, int most) {
        var shares = new FairShare();
        long[] left = CAPACITY.clone();
        int[] tasks = new int[demand.length];
        for (int given = 0; given < most; given++) {
            int next = 0;
            for (int i = 1; i < tasks.length; i++) if (shares.time(i) < shares.time(next)) next = i;
            for (int r = 0; r < left.length; r++) if (demand[next][r] > left[r]) return tasks;
            for (int r = 0; r < left.length; r++) left[r] -= demand[next][r];
            long share = FairShare.dominant(demand[next], CAPACITY);
            shares.add(next, FairShare.charge(share, weights[next]));
            tasks[next]++;
        }
        return tasks;
    }
}
