package org.qmk.machine.magic;

import java.util.List;

/// A factory of CCZ states, each of which can also serve as two T states. Source: Gidney and
/// Fowler, arXiv:1812.01238, with the error model of Qualtran's `CCZ2TFactory`.
///
/// @param error of a CCZ state
/// @param qubits of one factory: six blocks of the first distance and one of the second
/// @param cyclesPerState code cycles of a depth step, of which a state takes 5.5
public record CczFactory(
        double injected, double firstLevel, double error, long qubits, int cyclesPerState) {

    private static final int DISTANCE_MAX = 51;

    /// Above, no distance helps.
    private static final double THRESHOLD = 0.01;

    /// @param first distance of the blocks that make T states of injected ones
    /// @param second distance of the block that makes CCZ states of these
    public static CczFactory of(double p, int first, int second) {
        double injected = p + 100 * LitinskiFactory.error(p, first / 2);
        double firstLevel =
                1100 * LitinskiFactory.error(p, first) + 35 * injected * injected * injected;
        double error = 1000 * LitinskiFactory.error(p, second) + 28 * firstLevel * firstLevel;
        long qubits = 6L * 64 * first * first + 64L * second * second;
        return new CczFactory(injected, firstLevel, error, qubits, Math.max(2 * first + 1, second));
    }

    /// The factory of least space and time that is good enough, or none.
    ///
    /// @param required the largest error of a CCZ state
    static List<StateFactory> find(
            double p, double codeCycleNanos, StateNeeds needs, double required) {
        long states = states(needs.tStates(), needs.cczStates());
        if (!(p > 0 && p < THRESHOLD) || states == 0) return List.of();
        StateFactory best = null;
        for (int first = 3; first <= DISTANCE_MAX; first += 2) {
            for (int second = first; second <= DISTANCE_MAX; second += 2) {
                CczFactory way = of(p, first, second);
                if (way.error > required) continue;
                double cycles = way.cycles(needs.tStates(), needs.cczStates());
                var factory =
                        new TimedFactory(
                                "8-to-CCZ, distances " + first + " and " + second,
                                way.qubits,
                                (long) Math.ceil(cycles * codeCycleNanos / states),
                                1,
                                way.error);
                if (best == null || factory.volumePerOutput() < best.volumePerOutput()) {
                    best = factory;
                }
            }
        }
        return best == null ? List.of() : List.of(best);
    }

    /// CCZ states for a program: two T states from each.
    public static long states(long tStates, long cczStates) {
        return Math.addExact(cczStates, Math.ceilDiv(tStates, 2));
    }

    /// How likely one of a program's states is bad, to first order.
    public double failure(long tStates, long cczStates) {
        return states(tStates, cczStates) * error;
    }

    /// Code cycles of a program's states on one factory; a number of factories divides it. A T
    /// state takes half a step more, to turn a CCZ state into two.
    public long cycles(long tStates, long cczStates) {
        long halves =
                Math.addExact(
                        Math.multiplyExact(11, states(tStates, cczStates)),
                        Math.multiplyExact(2, Math.ceilDiv(tStates, 2)));
        return Math.ceilDiv(Math.multiplyExact(halves, cyclesPerState), 2L);
    }
}
