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

/// A memory in the hexagonal colour code whose rounds measure X, Y and Z parities in turn, as the
/// field's generator makes it.
public final class ColorMemory {

    private static final double[][] ORDER = {
        {1, 0}, {0.5, 1}, {0.5, -1}, {-1, 0}, {-0.5, 1}, {-0.5, -1}
    };

    private final int distance;
    private final MemoryNoise noise;
    private final SortedMap<Site, Integer> indices = new TreeMap<>();
    private final SortedMap<Integer, Site> sites = new TreeMap<>();
    private final SortedSet<Site> checks = new TreeSet<>();
    private int[] data;
    private int[] measured;

    private ColorMemory(int distance, MemoryNoise noise) {
        this.distance = distance;
        this.noise = noise;
    }

    /// @param distance odd, 3 or more
    /// @param rounds 2 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit of(int distance, long rounds, MemoryNoise noise) throws QecFailure {
        Parameters.distance(distance, 3);
        Parameters.rounds(rounds, 2);
        if ((distance & 1) == 0) {
            throw new QecFailure(
                    org.qmk.qec.QecRule.PARAMETER,
                    "the distance is %d, expected an odd number".formatted(distance));
        }
        return new ColorMemory(distance, noise).circuit(rounds);
    }

    private void lay() {
        int width = distance + (distance - 1) / 2;
        for (int y = 0; y < width; y++) {
            for (int x = 0; x < width - y; x++) {
                var site = new Site(x + y / 2.0, y);
                indices.put(site, indices.size());
                sites.put(sites.size(), site);
                if ((x + 2 * y) % 3 == 2) checks.add(site);
            }
        }
        measured = checks.stream().mapToInt(indices::get).sorted().toArray();
        data =
                sites.keySet().stream()
                        .mapToInt(Integer::intValue)
                        .filter(q -> Arrays.binarySearch(measured, q) < 0)
                        .toArray();
    }

    private boolean isData(Site site) {
        return indices.containsKey(site) && !checks.contains(site);
    }

    private Circuit circuit(long rounds) throws QecFailure {
        lay();
        Circuit cycle = cycle();
        int m = measured.length;
        var circuit = new NoisyLayers(noise);
        for (var entry : sites.entrySet()) {
            circuit.place(entry.getKey(), entry.getValue().x(), entry.getValue().y());
        }
        circuit.reset('Z', sites.keySet().stream().mapToInt(Integer::intValue).toArray());
        circuit.repeat(cycle, 2);
        var body = new NoisyLayers(noise).add(cycle);
        body.shift(0, 0, 1);
        for (int i = 0; i < m; i++) {
            Site check = sites.get(measured[i]);
            double[] place = {check.x(), check.y(), 0};
            circuit.detector(place, m - i, 2 * m - i);
            body.detector(place, m - i, 2 * m - i, 3 * m - i);
        }
        circuit.repeat(body.build(), rounds - 2);
        int phase = (int) (rounds % 3);
        circuit.measure("ZXY".charAt(phase), data);
        for (int i = 0; i < m; i++) finish(circuit, i, phase);
        int[] row =
                Arrays.stream(data).filter(q -> sites.get(q).y() == 0).map(this::dataAgo).toArray();
        circuit.observable(0, row);
        return circuit.build();
    }

    private int dataAgo(int qubit) {
        return data.length - Arrays.binarySearch(data, qubit);
    }

    /// @param phase of three rounds, which say what the last round told of the data
    private void finish(NoisyLayers circuit, int i, int phase) throws QecFailure {
        Site check = sites.get(measured[i]);
        List<Integer> records = new ArrayList<>();
        for (double[] step : ORDER) {
            Site site = check.plus(step[0], step[1]);
            if (isData(site)) records.add(dataAgo(indices.get(site)));
        }
        int last = data.length + measured.length - i;
        if (phase != 1) records.add(last);
        if (phase != 0) records.add(last + measured.length);
        double[] place = {check.x(), check.y(), 1};
        circuit.detector(place, records.stream().mapToInt(Integer::intValue).toArray());
    }

    private Circuit cycle() throws QecFailure {
        var cycle = new NoisyLayers(noise);
        cycle.beginRound(data);
        cycle.singles(Gate.C_XYZ, data);
        for (double[] step : ORDER) {
            List<Integer> pairs = new ArrayList<>();
            for (Site check : checks) {
                Site site = check.plus(step[0], step[1]);
                if (!isData(site)) continue;
                pairs.add(indices.get(site));
                pairs.add(indices.get(check));
            }
            cycle.tick();
            cycle.pairs(Gate.CX, pairs.stream().mapToInt(Integer::intValue).toArray());
        }
        cycle.tick();
        cycle.measureReset(measured);
        return cycle.build();
    }
}
