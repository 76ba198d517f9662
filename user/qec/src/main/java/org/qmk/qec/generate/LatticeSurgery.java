package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;

/// The joint measurement of XX or ZZ of two rotated surface code patches, without noise: two
/// patches side by side are kept, merged across a column of new qubits, divided again and read
/// out in the letter that was measured.
///
/// Observable 0 is the joint outcome: the product of the checks that only the merged patch has.
/// Observables 1 and 2 are the letter of either patch at the end. For ZZ, X and Z change places.
public final class LatticeSurgery {

    private static final double[][] SIDE = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
    private static final double[][] LINE = {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}};

    private final int distance;
    // The letter that the joint measurement is of, and the other one.
    private final char joint;
    private final char other;
    private final SortedMap<Site, Integer> indices = new TreeMap<>();
    private final NoisyLayers circuit = new NoisyLayers(MemoryNoise.NONE);
    private final SortedSet<Site> patches = new TreeSet<>();
    private final SortedSet<Site> seam = new TreeSet<>();
    // By check: the number of the measurement that told it last.
    private final Map<Site, Long> told = new HashMap<>();
    private long measured;

    private LatticeSurgery(int distance, char joint) {
        this.distance = distance;
        this.joint = joint;
        other = joint == 'X' ? 'Z' : 'X';
    }

    /// @param distance odd, 3 or more
    /// @param rounds of each of the three parts, 1 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit xx(int distance, int rounds) throws QecFailure {
        return new LatticeSurgery(distance, 'X').circuit(rounds);
    }

    /// @throws QecFailure if there is no such circuit
    public static Circuit zz(int distance, int rounds) throws QecFailure {
        return new LatticeSurgery(distance, 'Z').circuit(rounds);
    }

    /// Checks of a rectangle of data whose left and right sides have checks of the other letter.
    private SortedMap<Site, SortedSet<Site>> checks(int from, int to) {
        SortedMap<Site, SortedSet<Site>> checks = new TreeMap<>();
        for (int x = from; x <= to; x++) {
            for (int y = 0; y <= distance; y++) {
                var site = new Site(2 * x, 2 * y);
                boolean isJoint = isJoint(site);
                if ((x == from || x == to) && isJoint) continue;
                if ((y == 0 || y == distance) && !isJoint) continue;
                SortedSet<Site> data = new TreeSet<>();
                for (double[] step : SIDE) {
                    Site near = site.plus(step[0], step[1]);
                    boolean inside = near.x() > 2 * from && near.x() < 2 * to;
                    if (inside && near.y() > 0 && near.y() < 2 * distance) data.add(near);
                }
                checks.put(site, data);
            }
        }
        return checks;
    }

    private static boolean isJoint(Site check) {
        return (int) (check.x() / 2 + check.y() / 2) % 2 != 0;
    }

    private Circuit circuit(int rounds) throws QecFailure {
        Parameters.distance(distance, 3);
        Parameters.rounds(rounds, 1);
        if ((distance & 1) == 0) {
            throw new QecFailure(
                    org.qmk.qec.QecRule.PARAMETER,
                    "the distance is %d, expected an odd number".formatted(distance));
        }
        SortedMap<Site, SortedSet<Site>> apart = checks(0, distance);
        apart.putAll(checks(distance + 1, 2 * distance + 1));
        SortedMap<Site, SortedSet<Site>> merged = checks(0, 2 * distance + 1);
        SortedSet<Site> all = new TreeSet<>(apart.keySet());
        all.addAll(merged.keySet());
        for (int i = 0; i <= 2 * distance; i++) {
            for (int j = 0; j < distance; j++) {
                (i == distance ? seam : patches).add(new Site(2 * i + 1, 2 * j + 1));
            }
        }
        all.addAll(patches);
        all.addAll(seam);
        for (Site site : all) {
            circuit.place(indices.size(), site.x(), site.y());
            indices.put(site, indices.size());
        }
        circuit.reset(joint, qubits(patches));
        circuit.tick();
        rounds(apart, rounds, new HashMap<>());
        circuit.reset(other, qubits(seam));
        circuit.tick();
        rounds(merged, 1, new HashMap<>());
        List<Long> outcome = new ArrayList<>();
        for (Site site : merged.keySet()) {
            if (isJoint(site) && !apart.containsKey(site)) outcome.add(told.get(site));
        }
        observable(0, outcome);
        rounds(merged, rounds - 1, new HashMap<>());
        divide(apart, merged, rounds);
        return circuit.build();
    }

    /// Reads the seam; checks of the sides are then what they were times the seam's outcomes.
    private void divide(
            SortedMap<Site, SortedSet<Site>> apart,
            SortedMap<Site, SortedSet<Site>> merged,
            int rounds)
            throws QecFailure {
        circuit.measure(other, qubits(seam));
        Map<Site, Long> read = new HashMap<>();
        for (Site site : seam) read.put(site, measured++);
        circuit.tick();
        Map<Site, List<Long>> corrections = new HashMap<>();
        for (Map.Entry<Site, SortedSet<Site>> check : apart.entrySet()) {
            List<Long> more = new ArrayList<>();
            for (Site site : merged.get(check.getKey())) {
                if (!check.getValue().contains(site)) more.add(read.get(site));
            }
            corrections.put(check.getKey(), more);
        }
        rounds(apart, rounds, corrections);
        circuit.measure(joint, qubits(patches));
        for (Site site : patches) read.put(site, measured++);
        for (Map.Entry<Site, SortedSet<Site>> check : apart.entrySet()) {
            if (!isJoint(check.getKey())) continue;
            List<Long> records = new ArrayList<>();
            for (Site site : check.getValue()) records.add(read.get(site));
            records.add(told.get(check.getKey()));
            detector(check.getKey(), records);
        }
        List<Long> left = new ArrayList<>();
        List<Long> right = new ArrayList<>();
        for (int j = 0; j < distance; j++) {
            left.add(read.get(new Site(1, 2 * j + 1)));
            right.add(read.get(new Site(4 * distance + 1, 2 * j + 1)));
        }
        observable(1, left);
        observable(2, right);
        circuit.tick();
    }

    private int[] qubits(Iterable<Site> sites) {
        List<Integer> qubits = new ArrayList<>();
        for (Site site : sites) qubits.add(indices.get(site));
        return ints(qubits);
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private int[] ago(List<Long> records) {
        return records.stream().mapToInt(record -> (int) (measured - record)).toArray();
    }

    private void observable(int number, List<Long> records) throws QecFailure {
        circuit.observable(number, ago(records));
    }

    private void detector(Site check, List<Long> records) throws QecFailure {
        circuit.detector(new double[] {check.x(), check.y(), 0}, ago(records));
    }

    /// @param corrections by check: records that its value was multiplied by since it was told
    private void rounds(
            SortedMap<Site, SortedSet<Site>> checks, int count, Map<Site, List<Long>> corrections)
            throws QecFailure {
        Map<Site, List<Long>> pending = corrections;
        for (int round = 0; round < count; round++) {
            boolean first = told.isEmpty();
            measure(checks);
            circuit.shift(0, 0, 1);
            long start = measured - checks.size();
            for (Site check : checks.keySet()) {
                Long before = told.put(check, start);
                List<Long> records = new ArrayList<>(List.of(start++));
                if (before != null) records.add(before);
                else if (!first || !isJoint(check)) continue;
                records.addAll(pending.getOrDefault(check, List.of()));
                detector(check, records);
            }
            pending = new HashMap<>();
            circuit.tick();
        }
    }

    private void measure(SortedMap<Site, SortedSet<Site>> checks) throws QecFailure {
        List<Integer> xQubits = new ArrayList<>();
        for (Site check : checks.keySet()) {
            if (isX(check)) xQubits.add(indices.get(check));
        }
        circuit.reset('Z', qubits(checks.keySet()));
        circuit.tick();
        circuit.singles(Gate.H, ints(xQubits));
        circuit.tick();
        for (int step = 0; step < 4; step++) {
            List<Integer> pairs = new ArrayList<>();
            for (Map.Entry<Site, SortedSet<Site>> check : checks.entrySet()) {
                double[] by = (isJoint(check.getKey()) ? LINE : SIDE)[step];
                Site site = check.getKey().plus(by[0], by[1]);
                if (!check.getValue().contains(site)) continue;
                int a = indices.get(check.getKey());
                int b = indices.get(site);
                pairs.addAll(isX(check.getKey()) ? List.of(a, b) : List.of(b, a));
            }
            circuit.pairs(Gate.CX, ints(pairs));
            circuit.tick();
        }
        circuit.singles(Gate.H, ints(xQubits));
        circuit.tick();
        circuit.measure('Z', qubits(checks.keySet()));
        measured += checks.size();
    }

    private boolean isX(Site check) {
        return isJoint(check) == (joint == 'X');
    }
}
