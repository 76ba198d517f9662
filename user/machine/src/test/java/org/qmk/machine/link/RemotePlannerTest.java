package org.qmk.machine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RemotePlannerTest {

    private static final RemoteUse CONTROL = RemoteUse.CONTROL;
    private static final RemoteUse TARGET = RemoteUse.TARGET;
    private static final RemoteUse LOCAL = RemoteUse.LOCAL;

    @Test
    void one_gate_takes_one_pair() {
        RemotePlan plan = new RemotePlanner(10, true).plan(List.of(CONTROL));

        assertEquals(
                List.of(RemoteStep.CAT_Z, RemoteStep.REMOTE_GATE, RemoteStep.UNCAT), plan.steps());
        assertEquals(1, plan.pairs());
        assertEquals(3, plan.epochs());
        assertEquals(13, plan.cost(10));
    }

    @Test
    void gates_with_one_control_share_a_pair() {
        RemotePlan plan = new RemotePlanner(10, true).plan(List.of(CONTROL, CONTROL, CONTROL));

        assertEquals(1, plan.pairs());
        assertEquals(5, plan.epochs());
    }

    @Test
    void a_qubit_that_is_changed_between_its_gates_moves_over() {
        var uses = List.of(CONTROL, LOCAL, TARGET, LOCAL, CONTROL);

        RemotePlan plan = new RemotePlanner(10, true).plan(uses);

        assertEquals(2, plan.pairs(), "there and back, where copies would take three");
        assertEquals(7, plan.epochs());
        assertEquals(1, new RemotePlanner(10, false).plan(uses).pairs());
    }

    @Test
    void what_stays_at_home_costs_no_pair() {
        RemotePlan plan = new RemotePlanner(10, true).plan(List.of(LOCAL, LOCAL));

        assertEquals(List.of(RemoteStep.LOCAL_GATE, RemoteStep.LOCAL_GATE), plan.steps());
        assertEquals(List.of(), new RemotePlanner(0, true).plan(List.of()).steps());
        assertThrows(IllegalArgumentException.class, () -> new RemotePlanner(-1, true));
    }

    /// Every way to put each use: at home, away, or with a copy.
    @Test
    void no_other_plan_is_cheaper() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            List<RemoteUse> uses = new ArrayList<>();
            for (int i = random.nextInt(7); i > 0; i--) {
                uses.add(RemoteUse.values()[random.nextInt(3)]);
            }
            double perPair = random.nextInt(3) * 2.5;
            boolean returns = random.nextBoolean();

            double cost = new RemotePlanner(perPair, returns).plan(uses).cost(perPair);

            assertEquals(least(uses, 0, 'H', perPair, returns), cost, 1e-9, "seed " + seed);
        }
    }

    /// By hand: H at home, A away, Z and X shared. Leaving Z or X takes an epoch, all but coming
    /// to H takes an epoch and a pair, and so does leaving A.
    private static double least(
            List<RemoteUse> uses, int next, char at, double perPair, boolean returns) {
        if (next == uses.size()) {
            if (at == 'H' || at == 'A' && !returns) return 0;
            return at == 'A' ? 1 + perPair : 1;
        }
        double least = Double.POSITIVE_INFINITY;
        for (char to : "HAZX".toCharArray()) {
            boolean works =
                    to == 'A'
                            || to == 'H' && uses.get(next) == LOCAL
                            || to == 'Z' && uses.get(next) == CONTROL
                            || to == 'X' && uses.get(next) == TARGET;
            if (!works) continue;
            double move = 0;
            if (to != at) {
                move += at == 'A' ? 1 + perPair : at == 'H' ? 0 : 1;
                move += to == 'H' ? 0 : 1 + perPair;
            }
            least = Math.min(least, move + 1 + least(uses, next + 1, to, perPair, returns));
        }
        return least;
    }
}
