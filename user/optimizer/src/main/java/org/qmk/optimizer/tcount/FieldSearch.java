package org.qmk.optimizer.tcount;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Looks for a small table of a product in a field among those that symmetries map to themselves:
/// the more symmetries, the fewer tables there are, and the best often have some.
final class FieldSearch {

    /// Fields of more digits have too many points.
    private static final int DIGITS = 7;

    /// The least effort for each point: with less, other searches find more.
    private static final long EFFORT_EACH = 2000;

    private static final int ORBITS = 200_000;

    /// How many groups of symmetries are drawn, and how many searches begin.
    private static final int DRAWS = 400;

    private static final int SEARCHES = 27;

    /// The least effort of a round.
    private static final long SHARE_MIN = 10_000_000;

    private static final int TABLES = 3;

    private final FieldProduct field;
    private final SplittableRandom random;
    private long work;

    private FieldSearch(FieldProduct field, SplittableRandom random) {
        this.field = field;
        this.random = random;
    }

    /// A search of a product, if that is one in a field that is not too large for the effort.
    static Optional<FieldSearch> of(
            SymmetricProduct product, long effort, SplittableRandom random) {
        int digits = product.matrices().length;
        if (digits > DIGITS || effort >> 3 * digits < EFFORT_EACH) return Optional.empty();
        return FieldProduct.of(product, random).map(field -> new FieldSearch(field, random));
    }

    long work() {
        return work;
    }

    /// The smallest tables found for some groups of symmetries. In each round a third of the
    /// searches goes on: the best that are not done.
    List<ParityTable> search(long effort) {
        List<OrbitSearch> searches = searches(effort / 4);
        int size = searches.size();
        while (work < effort) {
            List<OrbitSearch> open =
                    searches.stream()
                            .filter(search -> !search.isDone())
                            .sorted(Comparator.comparingInt(OrbitSearch::least))
                            .limit(size)
                            .toList();
            if (open.isEmpty()) break;
            run(open, Math.min(effort, work + (effort - work) / 3 + SHARE_MIN));
            size = Math.max(2, size / 3);
        }
        searches.removeIf(search -> search.least() == Integer.MAX_VALUE);
        searches.sort(Comparator.comparingInt(OrbitSearch::least));
        return searches.stream().limit(TABLES).map(search -> field.table(search.best())).toList();
    }

    private void run(List<OrbitSearch> searches, long until) {
        for (int i = 0; i < searches.size(); i++) {
            OrbitSearch search = searches.get(i);
            long before = search.work();
            search.search((until - work) / (searches.size() - i));
            work += search.work() - before;
        }
    }

    /// Searches for some groups that differ in how many orbits they have.
    private List<OrbitSearch> searches(long effort) {
        var hashes = new ThirdOrderHashes(field, random);
        work += 8L * field.digits() * hashes.size();
        Set<List<Integer>> seen = new HashSet<>();
        List<OrbitSearch> searches = new ArrayList<>();
        for (int i = 0; i < DRAWS && searches.size() < SEARCHES && work < effort; i++) {
            FieldSymmetry[] symmetries = new FieldSymmetry[1 + random.nextInt(2)];
            for (int s = 0; s < symmetries.length; s++) {
                symmetries[s] = FieldSymmetry.random(field, random);
            }
            int[][] all = PointOrbits.all(hashes.size(), symmetries, ORBITS);
            work += 8L * hashes.size();
            for (int[][] points : List.of(all, PointOrbits.smaller(all))) {
                var orbits = new PointOrbits(hashes, points);
                if (!orbits.reachable) continue;
                if (!seen.add(List.of(points.length, orbits.dimension))) continue;
                searches.add(new OrbitSearch(orbits, random.split()));
            }
        }
        return searches;
    }
}
