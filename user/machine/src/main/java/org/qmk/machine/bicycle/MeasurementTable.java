package org.qmk.machine.bicycle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;

/// Finds, for a product on the data qubits of a module, the native measurement and the fewest
/// rotations that make it of it.
///
/// A rotation by a quarter turn about R turns a product P that anticommutes with R into R P. All
/// products that one rotation makes of native ones are kept; from what is wanted the search comes
/// towards them, so n + 1 rotations take a search of n.
public final class MeasurementTable {

    /// More than any product needs.
    private static final int ROTATIONS_MAX = 8;

    /// By operator: the native measurement, those without automorphism first.
    private final TreeMap<Integer, NativeMeasurement> natives = new TreeMap<>();

    private final List<NativeMeasurement> rotations = new ArrayList<>();
    private final int[] rotationData;
    private final BitSet known = new BitSet(1 << 2 * BicycleCode.QUBITS);
    private final BitSet nextToKnown = new BitSet(1 << 2 * BicycleCode.QUBITS);

    public MeasurementTable(BicycleCode code) {
        TreeMap<Integer, NativeMeasurement> byData = new TreeMap<>();
        for (NativeMeasurement measurement : code.natives()) {
            if (measurement.pivot() == 0) continue;
            natives.putIfAbsent(measurement.pauli(), measurement);
            known.set(measurement.pauli());
            int data = measurement.data();
            if (data == 0) continue;
            // The cheaper one where several rotate about the same product.
            if (!byData.containsKey(data) || !measurement.moved()) byData.put(data, measurement);
        }
        rotations.addAll(byData.values());
        rotationData = rotations.stream().mapToInt(NativeMeasurement::data).toArray();
        for (int pauli : natives.keySet()) {
            for (int data : rotationData) {
                if (NativeMeasurement.anticommute(pauli, data)) nextToKnown.set(pauli ^ data);
            }
        }
    }

    /// Products that a module can be rotated about at once.
    public List<NativeMeasurement> rotations() {
        return List.copyOf(rotations);
    }

    /// The way with the fewest rotations.
    ///
    /// @param data a product on the data qubits, not the identity
    /// @throws IllegalArgumentException if it acts on the pivot, or on nothing
    public MeasurementWay find(int data) {
        int pivot = 1 | 1 << BicycleCode.QUBITS;
        if (data <= 0 || data >> 2 * BicycleCode.QUBITS != 0 || (data & pivot) != 0) {
            throw new IllegalArgumentException("product is " + data + ", expected data qubits");
        }
        int[] pivots = {1, 1 << BicycleCode.QUBITS, pivot};
        for (int count = 0; count <= ROTATIONS_MAX; count++) {
            int[] path = new int[count];
            for (int part : pivots) {
                int end = search(data | part, path, 0);
                if (end >= 0) return way(end, path);
            }
        }
        throw new IllegalStateException("no way for " + data);
    }

    /// Tries every sequence of rotations; fills in the path and returns the native operator, or -1.
    private int search(int pauli, int[] path, int depth) {
        if (depth == path.length) return known.get(pauli) ? pauli : -1;
        if (depth == path.length - 1 && !nextToKnown.get(pauli)) return -1;
        for (int i = 0; i < rotationData.length; i++) {
            if (!NativeMeasurement.anticommute(pauli, rotationData[i])) continue;
            path[depth] = i;
            int end = search(pauli ^ rotationData[i], path, depth + 1);
            if (end >= 0) return end;
        }
        return -1;
    }

    private MeasurementWay way(int end, int[] path) {
        List<NativeMeasurement> steps = new ArrayList<>();
        Arrays.stream(path).forEach(i -> steps.add(rotations.get(i)));
        return new MeasurementWay(natives.get(end), steps);
    }
}
