package org.qmk.qec.analysis;

import java.util.HashMap;
import java.util.Map;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CliffordWord;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.Target;

/// What detectors and observables are sensitive to, from the end of a circuit backwards: of each
/// qubit, those that an error would flip, and of each record, those that it is part of.
final class ReverseTracker {

    // Those whose Pauli product has an X part, or a Z part, on the qubit.
    final SymptomSet[] xs;
    final SymptomSet[] zs;
    final Map<Long, SymptomSet> records = new HashMap<>();

    /// Measurements and detectors that come before.
    long measurementsBefore;

    long detectorsBefore;

    ReverseTracker(int qubits, long measurements, long detectors) {
        xs = new SymptomSet[qubits];
        zs = new SymptomSet[qubits];
        for (int q = 0; q < qubits; q++) {
            xs[q] = new SymptomSet();
            zs[q] = new SymptomSet();
        }
        measurementsBefore = measurements;
        detectorsBefore = detectors;
    }

    static ReverseTracker of(Circuit circuit) {
        return new ReverseTracker(circuit.qubits(), circuit.measurements(), circuit.detectors());
    }

    ReverseTracker copy() {
        var copy = new ReverseTracker(xs.length, measurementsBefore, detectorsBefore);
        for (int q = 0; q < xs.length; q++) {
            copy.xs[q].copyFrom(xs[q]);
            copy.zs[q].copyFrom(zs[q]);
        }
        records.forEach(
                (record, set) -> {
                    var own = new SymptomSet();
                    own.copyFrom(set);
                    copy.records.put(record, own);
                });
        return copy;
    }

    /// The record that comes last before here is taken off, with what it is part of.
    SymptomSet takeRecord() {
        measurementsBefore--;
        SymptomSet found = records.remove(measurementsBefore);
        return found == null ? new SymptomSet() : found;
    }

    private SymptomSet record(long index) {
        return records.computeIfAbsent(index, _ -> new SymptomSet());
    }

    /// Makes a symptom part of the record so many measurements ago.
    void include(int back, long symptom) {
        long index = measurementsBefore - back;
        SymptomSet set = record(index);
        set.xor(symptom);
        if (set.isEmpty()) records.remove(index);
    }

    /// Makes a symptom sensitive to what anticommutes with a Pauli letter.
    void includePauli(int target, long symptom) {
        int q = Target.value(target);
        if (Target.hasX(target)) xs[q].xor(symptom);
        if (Target.hasZ(target)) zs[q].xor(symptom);
    }

    void undoSingles(CircuitInstruction instruction) {
        var word = CliffordWord.of(instruction.gate());
        for (int i = instruction.targetCount() - 1; i >= 0; i--) {
            int q = Target.value(instruction.target(i));
            for (int s = word.size() - 1; s >= 0; s--) undo(word.get(s), q, q);
        }
    }

    void undoPairs(CircuitInstruction instruction) {
        Gate gate = instruction.gate();
        var word = CliffordWord.of(gate);
        for (int i = instruction.targetCount() - 2; i >= 0; i -= 2) {
            int a = instruction.target(i);
            int b = instruction.target(i + 1);
            if (Target.isBit(a) || Target.isBit(b)) {
                undoFeedback(gate, a, b);
                continue;
            }
            int first = Target.value(a);
            int second = Target.value(b);
            for (int s = word.size() - 1; s >= 0; s--) undo(word.get(s), first, second);
        }
    }

    /// A Pauli that a bit controls: the bit becomes part of what the Pauli would flip.
    private void undoFeedback(Gate gate, int a, int b) {
        boolean first = Target.isBit(a);
        if (first && Target.isBit(b)) return;
        int bit = first ? a : b;
        if (!Target.isRecord(bit)) return;
        int q = Target.value(first ? b : a);
        long index = measurementsBefore - Target.value(bit);
        SymptomSet set = record(index);
        boolean x = gate != Gate.CZ;
        boolean z = gate == Gate.CZ || gate == Gate.CY || gate == Gate.YCZ;
        if (x) set.xor(zs[q]);
        if (z) set.xor(xs[q]);
        if (set.isEmpty()) records.remove(index);
    }

    private void undo(CliffordWord.Step step, int a, int b) {
        switch (step) {
            case X_A, X_B, Z_A, Z_B -> {}
            case H_A -> exchange(a);
            case H_B -> exchange(b);
            case S_A -> zs[a].xor(xs[a]);
            case S_B -> zs[b].xor(xs[b]);
            case V_A -> xs[a].xor(zs[a]);
            case V_B -> xs[b].xor(zs[b]);
            case CX_AB -> {
                zs[a].xor(zs[b]);
                xs[b].xor(xs[a]);
            }
            case CX_BA -> {
                zs[b].xor(zs[a]);
                xs[a].xor(xs[b]);
            }
            case CZ -> {
                zs[a].xor(xs[b]);
                zs[b].xor(xs[a]);
            }
            case SWAP -> {
                SymptomSet set = xs[a];
                xs[a] = xs[b];
                xs[b] = set;
                set = zs[a];
                zs[a] = zs[b];
                zs[b] = set;
            }
        }
    }

    private void exchange(int q) {
        SymptomSet set = xs[q];
        xs[q] = zs[q];
        zs[q] = set;
    }

    /// A quarter turn about a Pauli product, either way: what anticommutes with it is multiplied
    /// by it.
    void undoRotation(int[] letters) {
        SymptomSet turned = anticommuting(letters);
        multiply(letters, turned);
    }

    /// Multiplies the product of each symptom of a set by a Pauli product.
    void multiply(int[] letters, SymptomSet set) {
        for (int letter : letters) {
            int q = Target.value(letter);
            if (Target.hasX(letter)) xs[q].xor(set);
            if (Target.hasZ(letter)) zs[q].xor(set);
        }
    }

    /// The symptoms whose product anticommutes with a Pauli product.
    SymptomSet anticommuting(int[] letters) {
        var set = new SymptomSet();
        for (int letter : letters) {
            int q = Target.value(letter);
            if (Target.hasX(letter)) set.xor(zs[q]);
            if (Target.hasZ(letter)) set.xor(xs[q]);
        }
        return set;
    }

    /// Frees all of a symptom: adds a set of which it is the last to every set that has it.
    void removeGauge(SymptomSet gauge) {
        long last = gauge.last();
        var constant = new SymptomSet();
        constant.copyFrom(gauge);
        for (int q = 0; q < xs.length; q++) {
            if (xs[q].contains(last)) xs[q].xor(constant);
            if (zs[q].contains(last)) zs[q].xor(constant);
        }
    }

    /// Moves all detectors.
    void shift(long detectors) {
        for (int q = 0; q < xs.length; q++) {
            xs[q].shift(detectors);
            zs[q].shift(detectors);
        }
        for (SymptomSet set : records.values()) set.shift(detectors);
    }

    /// Jumps back over turns of a loop that repeats itself.
    void jump(long measurements, long detectors) {
        shift(-detectors);
        detectorsBefore -= detectors;
        Map<Long, SymptomSet> moved = new HashMap<>();
        records.forEach((record, set) -> moved.put(record - measurements, set));
        records.clear();
        records.putAll(moved);
        measurementsBefore -= measurements;
    }

    /// Whether the other is this one at an earlier turn of a loop.
    boolean equalsShifted(ReverseTracker other) {
        long detectors = other.detectorsBefore - detectorsBefore;
        long measurements = other.measurementsBefore - measurementsBefore;
        if (records.size() != other.records.size()) return false;
        for (int q = 0; q < xs.length; q++) {
            if (!xs[q].equalsShifted(detectors, other.xs[q])) return false;
            if (!zs[q].equalsShifted(detectors, other.zs[q])) return false;
        }
        for (Map.Entry<Long, SymptomSet> entry : records.entrySet()) {
            SymptomSet there = other.records.get(entry.getKey() + measurements);
            if (there == null || !entry.getValue().equalsShifted(detectors, there)) return false;
        }
        return true;
    }
}
