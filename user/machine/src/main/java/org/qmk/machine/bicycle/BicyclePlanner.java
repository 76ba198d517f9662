package org.qmk.machine.bicycle;

import java.util.ArrayList;
import java.util.List;

/// Expands measurements of Pauli products, and rotations about them, into instructions of modules
/// in a row. Magic states come in at the last one.
///
/// As published: each module's part is coupled to its pivot by one native measurement, before and
/// after which it is rotated; the pivots from the first module concerned on are brought into a GHZ
/// state by measurements of neighbours, first of even pairs, then of odd ones; then each pivot is
/// measured. A quarter turn is a measurement of the pivot, a native one, and one of the pivot. An
/// automorphism that moves nothing is left out.
public final class BicyclePlanner {

    private final MeasurementTable table;
    private final int modules;

    /// @param modules in the row, 1 or more
    public BicyclePlanner(MeasurementTable table, int modules) {
        if (modules < 1) {
            throw new IllegalArgumentException("modules are " + modules + ", expected 1 or more");
        }
        this.table = table;
        this.modules = modules;
    }

    /// Measures a product.
    ///
    /// @param parts by module, the product's part on its data qubits; 0 for none; not all 0
    public List<BicycleOperation> measure(List<Integer> parts) {
        int last = parts.size() - 1;
        while (last > 0 && parts.get(last) == 0) last--;
        return expand(parts, last, 0);
    }

    /// Rotates about a product by an angle that takes so many magic states.
    ///
    /// @param parts as in `measure`
    /// @param states magic states, 0 or more
    public List<BicycleOperation> rotate(List<Integer> parts, int states) {
        return expand(parts, modules - 1, states);
    }

    private List<BicycleOperation> expand(List<Integer> parts, int last, int states) {
        boolean none = parts.stream().allMatch(part -> part == 0);
        if (parts.size() != modules || none) {
            throw new IllegalArgumentException(
                    "parts are " + parts + ", expected one for each of " + modules + " modules");
        }
        List<BicycleOperation> turns = new ArrayList<>();
        List<BicycleOperation> bases = new ArrayList<>();
        int first = modules;
        for (int module = modules - 1; module >= 0; module--) {
            if (parts.get(module) == 0) continue;
            first = module;
            MeasurementWay way = table.find(parts.get(module));
            for (NativeMeasurement about : way.rotations()) turn(about, module, turns);
            couple(way.base(), module, bases);
        }
        List<BicycleOperation> operations = new ArrayList<>(turns);
        measurePivots(operations);
        operations.addAll(bases);
        for (int parity = 0; parity < 2; parity++) {
            for (int at = first + parity; at < last; at += 2) {
                operations.add(
                        new BicycleOperation(BicycleInstruction.INTER_MODULE, List.of(at, at + 1)));
            }
        }
        for (int i = 0; i < states; i++) {
            add(BicycleInstruction.T_INJECTION, modules - 1, operations);
        }
        measurePivots(operations);
        operations.addAll(turns);
        return operations;
    }

    private void measurePivots(List<BicycleOperation> operations) {
        for (int module = 0; module < modules; module++) {
            add(BicycleInstruction.IN_MODULE, module, operations);
        }
    }

    private static void turn(NativeMeasurement about, int module, List<BicycleOperation> into) {
        add(BicycleInstruction.IN_MODULE, module, into);
        couple(about, module, into);
        add(BicycleInstruction.IN_MODULE, module, into);
    }

    private static void couple(
            NativeMeasurement measurement, int module, List<BicycleOperation> into) {
        if (measurement.moved()) add(BicycleInstruction.AUTOMORPHISM, module, into);
        add(BicycleInstruction.IN_MODULE, module, into);
        if (measurement.moved()) add(BicycleInstruction.AUTOMORPHISM, module, into);
    }

    private static void add(
            BicycleInstruction instruction, int module, List<BicycleOperation> into) {
        into.add(new BicycleOperation(instruction, List.of(module)));
    }
}
