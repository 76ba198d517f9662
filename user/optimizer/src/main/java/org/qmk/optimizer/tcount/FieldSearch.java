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

    private static final int ORBITS = 110_000;

    /// How many groups of symmetries are drawn, and how many searched.
    private static final int DRAWS = 400;

    private static final int GROUPS = 12;

    /// Of how many the search goes on.
    private static final int BEST = 4;

    private final FieldProduct field;
    private final SplittableRandom random;
    private long work;

    private FieldSearch(FieldProduct field, SplittableRandom random) {
        this.field = field;
        this.random = random;
    }

    /// A search of a product, if that is one in a field that is not too large.
    static Optional<FieldSearch> of(SymmetricProduct product, SplittableRandom random) {
        if (product.matrices().length > DIGITS) return Optional.empty();
        return FieldProduct.of(product, random).map(field -> new FieldSearch(field, random));
    }

    long work() {
        return work;
    }

    /// The smallest tables found for some groups of symmetries.
    List<ParityTable> search(long effort) {
        List<OrbitSearch> searches = searches(effort / 4);
        run(searches, effort / 2);
        searches.sort(Comparator.comparingInt(OrbitSearch::least));
        searches = searches.subList(0, Math.min(BEST, searches.size()));
        run(searches, effort);
        List<ParityTable> tables = new ArrayList<>();
        for (OrbitSearch search : searches) {
            if (search.least() < Integer.MAX_VALUE) tables.add(field.table(search.best()));
        }
        return tables;
    }

    private void run(List<OrbitSearch> searches, long until) {
        for (int i = 0; i < searches.size(); i++) {
            OrbitSearch search = searches.get(i);
            long before = search.work();
            search.search((until - work) / (searches.size() - i));
            work += search.work() - before;
        }
    }

    /// A search for each of some groups that differ in how many orbits they have.
    private List<OrbitSearch> searches(long effort) {
        var hashes = new ThirdOrderHashes(field, random);
        work += 8L * field.digits() * hashes.size();
        Set<List<Integer>> seen = new HashSet<>();
        List<OrbitSearch> searches = new ArrayList<>();
        for (int i = 0; i < DRAWS && searches.size() < GROUPS && work < effort; i++) {
            FieldSymmetry[] symmetries = new FieldSymmetry[1 + random.nextInt(2)];
            for (int s = 0; s < symmetries.length; s++) {
                symmetries[s] = FieldSymmetry.random(field, random);
            }
            var orbits = new PointOrbits(hashes, symmetries);
            work += 8L * hashes.size();
            if (orbits.points.length > ORBITS || !orbits.reachable) continue;
            if (!seen.add(List.of(orbits.points.length, orbits.dimension))) continue;
            searches.add(new OrbitSearch(orbits, random.split()));
        }
        return searches;
    }
}
