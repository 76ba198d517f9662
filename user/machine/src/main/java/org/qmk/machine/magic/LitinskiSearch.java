package org.qmk.machine.magic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Finds factories that are good enough, with the distances of least space and time: of one level
/// by trying all; if none is good enough, of two by taking away from large distances as long as the
/// states stay good enough.
final class LitinskiSearch {

    private static final int DISTANCE_MAX = 51;
    private static final int FIRST_DISTANCE_MAX = 25;

    /// Above, no distance helps.
    private static final double THRESHOLD = 0.01;

    /// First levels that a second one is tried with: so many, each half as bad as the one before.
    private static final int FIRST_LEVELS = 8;

    private static final double FIRST_ERROR_MAX = 1e-3;
    private static final int[] COPIES = {2, 4, 6, 8};

    /// 20 to 4 makes of states with an error of e some with 22 e^2: arXiv:1905.06903, section 2.
    private static final double TWENTY_TO_FOUR_FACTOR = 22;

    private static final int[] COPIES_LONG = {4, 6};

    private final double p;
    private final double codeCycleNanos;
    private final double required;
    private final List<Candidate> found = new ArrayList<>();

    LitinskiSearch(double p, double codeCycleNanos, double required) {
        this.p = p;
        this.codeCycleNanos = codeCycleNanos;
        this.required = required;
    }

    private record Candidate(LitinskiFactory factory, String name) {
        double volume() {
            return factory.qubits() * factory.cycles() / factory.states();
        }
    }

    /// A factory of one level.
    private record Level(Distances distances, LitinskiFactory factory) {
        double volume() {
            return factory.qubits() * factory.cycles();
        }
    }

    /// By falling number of qubits for each state; none that another one beats in qubits and time.
    List<StateFactory> find() {
        if (!(p > 0 && p < THRESHOLD)) return List.of();
        List<Level> levels = levels();
        for (Level level : levels) {
            if (level.factory.error() <= required) {
                found.add(new Candidate(level.factory, "15-to-1 " + text(level.distances)));
            }
        }
        if (found.isEmpty()) twoLevels(firstLevels(levels));
        return unbeaten();
    }

    private void twoLevels(List<Level> firstLevels) {
        for (Level first : firstLevels) {
            for (int copies : COPIES) add(DistillationCircuit.FIFTEEN_TO_ONE, first, copies);
        }
        // Its simulation is long, so it is tried with the cheapest level that can serve.
        for (Level first : firstLevels) {
            double error = first.factory.error();
            if (TWENTY_TO_FOUR_FACTOR * error * error > required) continue;
            for (int copies : COPIES_LONG) add(DistillationCircuit.TWENTY_TO_FOUR, first, copies);
            return;
        }
    }

    private static String text(Distances d) {
        return String.format(Locale.ROOT, "(%d,%d,%d)", d.x(), d.z(), d.m());
    }

    private List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        for (int x = 3; x <= FIRST_DISTANCE_MAX; x += 2) {
            for (int z = 3; z <= x; z += 2) {
                for (int m = 3; m <= x; m += 2) {
                    var distances = new Distances(x, z, m);
                    LitinskiFactory factory = LitinskiFactory.oneLevel(p, distances);
                    if (usable(factory)) levels.add(new Level(distances, factory));
                }
            }
        }
        return levels;
    }

    private static boolean usable(LitinskiFactory factory) {
        return factory.failure() >= 0 && factory.failure() < 1 && factory.error() > 0;
    }

    /// Of falling error, each of more space and time than those before.
    private static List<Level> firstLevels(List<Level> levels) {
        List<Level> small = new ArrayList<>();
        for (Level level : levels) {
            if (level.factory.error() <= FIRST_ERROR_MAX) small.add(level);
        }
        small.sort(Comparator.comparingDouble(Level::volume));
        List<Level> first = new ArrayList<>();
        for (Level level : small) {
            boolean better =
                    first.isEmpty() || level.factory.error() < first.getLast().factory.error() / 2;
            if (better && first.size() < FIRST_LEVELS) first.add(level);
        }
        return first;
    }

    private void add(DistillationCircuit circuit, Level first, int copies) {
        int[] at = {DISTANCE_MAX, DISTANCE_MAX, DISTANCE_MAX};
        LitinskiFactory factory = twoLevel(circuit, first, copies, distances(at));
        if (!good(factory)) return;
        for (int step = 16; step >= 2; step /= 2) {
            for (int axis = 0; axis < at.length; axis++) {
                while (at[axis] - step >= 3) {
                    at[axis] -= step;
                    LitinskiFactory smaller = twoLevel(circuit, first, copies, distances(at));
                    if (!good(smaller)) {
                        at[axis] += step;
                        break;
                    }
                    factory = smaller;
                }
            }
        }
        String below = "%d x 15-to-1 %s, ".formatted(copies, text(first.distances));
        String above = circuit == DistillationCircuit.TWENTY_TO_FOUR ? "20-to-4 " : "15-to-1 ";
        found.add(new Candidate(factory, below + above + text(distances(at))));
    }

    /// For X, in time, for Z: the order in which they are made less, the dearest first.
    private static Distances distances(int[] at) {
        return new Distances(at[0], at[2], at[1]);
    }

    private LitinskiFactory twoLevel(
            DistillationCircuit circuit, Level first, int copies, Distances d) {
        return LitinskiFactory.twoLevel(circuit, p, first.distances, copies, d);
    }

    private boolean good(LitinskiFactory factory) {
        return usable(factory) && factory.error() <= required;
    }

    private List<StateFactory> unbeaten() {
        found.sort(
                Comparator.comparingLong((Candidate c) -> c.factory.qubits())
                        .thenComparingDouble(Candidate::volume));
        List<StateFactory> kept = new ArrayList<>();
        double fastest = Double.POSITIVE_INFINITY;
        for (Candidate candidate : found) {
            LitinskiFactory factory = candidate.factory;
            double cycles = factory.cycles() / factory.states();
            if (cycles >= fastest) continue;
            fastest = cycles;
            kept.addFirst(
                    new TimedFactory(
                            candidate.name,
                            factory.qubits(),
                            (long) Math.ceil(factory.cycles() * codeCycleNanos),
                            factory.states(),
                            factory.error()));
        }
        return kept;
    }
}
