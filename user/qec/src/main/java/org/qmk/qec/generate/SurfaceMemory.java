package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;

/// A memory in the surface code, as the field's generator makes it: in the order of its gates, its
/// qubits and its detectors.
public final class SurfaceMemory {

    private static final double[][] ROTATED_Z = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
    private static final double[][] ROTATED_X = {{1, 1}, {-1, 1}, {1, -1}, {-1, -1}};
    private static final double[][] UNROTATED = {{1, 0}, {0, 1}, {0, -1}, {-1, 0}};

    private final int distance;
    private final boolean rotated;
    private final boolean memoryX;
    private final MemoryNoise noise;
    private final SortedSet<Site> data = new TreeSet<>();
    private final SortedSet<Site> xChecks = new TreeSet<>();
    private final SortedSet<Site> zChecks = new TreeSet<>();
    private final SortedSet<Site> observable = new TreeSet<>();
    private final SortedMap<Integer, Site> sites = new TreeMap<>();
    private int[] dataQubits;
    private int[] measured;

    private SurfaceMemory(int distance, boolean rotated, boolean memoryX, MemoryNoise noise) {
        this.distance = distance;
        this.rotated = rotated;
        this.memoryX = memoryX;
        this.noise = noise;
    }

    /// @param distance 2 or more
    /// @param rounds 1 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit rotatedX(int distance, long rounds, MemoryNoise noise) throws QecFailure {
        return new SurfaceMemory(distance, true, true, noise).circuit(rounds);
    }

    /// @throws QecFailure if there is no such circuit
    public static Circuit rotatedZ(int distance, long rounds, MemoryNoise noise) throws QecFailure {
        return new SurfaceMemory(distance, true, false, noise).circuit(rounds);
    }

    /// @throws QecFailure if there is no such circuit
    public static Circuit unrotatedX(int distance, long rounds, MemoryNoise noise)
            throws QecFailure {
        return new SurfaceMemory(distance, false, true, noise).circuit(rounds);
    }

    /// @throws QecFailure if there is no such circuit
    public static Circuit unrotatedZ(int distance, long rounds, MemoryNoise noise)
            throws QecFailure {
        return new SurfaceMemory(distance, false, false, noise).circuit(rounds);
    }

    private void layRotated() {
        for (int i = 0; i < distance; i++) {
            for (int j = 0; j < distance; j++) data.add(new Site(2 * i + 1, 2 * j + 1));
        }
        for (int i = 0; i < distance; i++) {
            observable.add(memoryX ? new Site(1, 2 * i + 1) : new Site(2 * i + 1, 1));
        }
        for (int x = 0; x <= distance; x++) {
            for (int y = 0; y <= distance; y++) {
                boolean parity = (x & 1) != (y & 1);
                if ((x == 0 || x == distance) && parity) continue;
                if ((y == 0 || y == distance) && !parity) continue;
                (parity ? xChecks : zChecks).add(new Site(2 * x, 2 * y));
            }
        }
    }

    private void layUnrotated() {
        int width = 2 * distance - 1;
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < width; y++) {
                var site = new Site(x, y);
                if ((x & 1) == (y & 1)) {
                    data.add(site);
                    if ((memoryX ? x : y) == 0) observable.add(site);
                } else {
                    ((x & 1) == 0 ? zChecks : xChecks).add(site);
                }
            }
        }
    }

    private int index(Site site) {
        if (!rotated) return (int) (site.x() + site.y() * (2 * distance - 1));
        double y = site.y() - site.x() % 2;
        return (int) (site.x() + y * (distance + 0.5));
    }

    private int[] indices(SortedSet<Site> of) {
        return of.stream().mapToInt(this::index).sorted().toArray();
    }

    private Circuit circuit(long rounds) throws QecFailure {
        Parameters.distance(distance, 2);
        Parameters.rounds(rounds, 1);
        if (rotated) layRotated();
        else layUnrotated();
        for (Site site : data) sites.put(index(site), site);
        SortedSet<Site> checks = new TreeSet<>(xChecks);
        checks.addAll(zChecks);
        for (Site site : checks) sites.put(index(site), site);
        dataQubits = indices(data);
        measured = indices(checks);
        char basis = memoryX ? 'X' : 'Z';
        SortedSet<Site> chosen = memoryX ? xChecks : zChecks;
        Circuit cycle = cycle();
        var circuit = new NoisyLayers(noise);
        for (var entry : sites.entrySet()) {
            circuit.place(entry.getKey(), entry.getValue().x(), entry.getValue().y());
        }
        circuit.reset(basis, dataQubits);
        circuit.reset('Z', measured);
        circuit.add(cycle);
        for (Site check : chosen) {
            circuit.detector(place(check, 0), measuredAgo(check));
        }
        var body = new NoisyLayers(noise).add(cycle);
        body.shift(0, 0, 1);
        for (int qubit : measured) {
            Site check = sites.get(qubit);
            int ago = measuredAgo(check);
            body.detector(place(check, 0), ago, ago + measured.length);
        }
        circuit.repeat(body.build(), rounds - 1);
        finish(circuit, basis, chosen);
        return circuit.build();
    }

    private static double[] place(Site site, int time) {
        return new double[] {site.x(), site.y(), time};
    }

    /// How many measurements ago a check was measured, right behind a round.
    private int measuredAgo(Site check) {
        return measured.length - Arrays.binarySearch(measured, index(check));
    }

    private int dataAgo(Site site) {
        return dataQubits.length - Arrays.binarySearch(dataQubits, index(site));
    }

    private void finish(NoisyLayers circuit, char basis, SortedSet<Site> chosen) throws QecFailure {
        circuit.measure(basis, dataQubits);
        double[][] order = memoryX ? orderX() : orderZ();
        for (Site check : chosen) {
            List<Integer> records = new ArrayList<>();
            for (double[] step : order) {
                Site site = check.plus(step[0], step[1]);
                if (data.contains(site)) records.add(dataAgo(site));
            }
            records.add(measuredAgo(check) + dataQubits.length);
            circuit.detector(
                    place(check, 1), records.stream().mapToInt(Integer::intValue).toArray());
        }
        circuit.observable(0, observable.stream().mapToInt(this::dataAgo).toArray());
    }

    private double[][] orderX() {
        return rotated ? ROTATED_X : UNROTATED;
    }

    private double[][] orderZ() {
        return rotated ? ROTATED_Z : UNROTATED;
    }

    private Circuit cycle() throws QecFailure {
        int[] xQubits = indices(xChecks);
        var cycle = new NoisyLayers(noise);
        cycle.beginRound(dataQubits);
        cycle.singles(Gate.H, xQubits);
        for (int step = 0; step < 4; step++) {
            List<Integer> pairs = new ArrayList<>();
            for (Site check : xChecks) {
                Site site = check.plus(orderX()[step][0], orderX()[step][1]);
                if (!data.contains(site)) continue;
                pairs.add(index(check));
                pairs.add(index(site));
            }
            for (Site check : zChecks) {
                Site site = check.plus(orderZ()[step][0], orderZ()[step][1]);
                if (!data.contains(site)) continue;
                pairs.add(index(site));
                pairs.add(index(check));
            }
            cycle.tick();
            cycle.pairs(Gate.CX, pairs.stream().mapToInt(Integer::intValue).toArray());
        }
        cycle.tick();
        cycle.singles(Gate.H, xQubits);
        cycle.tick();
        cycle.measureReset(measured);
        return cycle.build();
    }
}
