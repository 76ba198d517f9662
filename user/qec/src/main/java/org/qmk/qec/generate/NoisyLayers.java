package org.qmk.qec.generate;

import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.circuit.Target;

/// Adds operations to a circuit, each with its noise.
final class NoisyLayers {

    private final MemoryNoise noise;
    private final Circuit.Builder builder = new Circuit.Builder();

    NoisyLayers(MemoryNoise noise) {
        this.noise = noise;
    }

    Circuit build() throws QecFailure {
        return builder.build();
    }

    NoisyLayers add(Circuit circuit) {
        builder.add(circuit);
        return this;
    }

    /// Adds a circuit so many times: as a loop if more than once.
    void repeat(Circuit body, long count) {
        if (count == 1) builder.add(body);
        else if (count > 1) builder.add(new RepeatBlock(count, body, ""));
    }

    void place(int qubit, double... coordinates) throws QecFailure {
        builder.add(Gate.QUBIT_COORDS, "", coordinates, new int[] {qubit});
    }

    void tick() throws QecFailure {
        builder.add(Gate.TICK);
    }

    void beginRound(int[] data) throws QecFailure {
        tick();
        add(Gate.DEPOLARIZE1, noise.beforeRound(), data);
    }

    private void add(Gate gate, double chance, int[] targets) throws QecFailure {
        if (chance > 0 && targets.length > 0) builder.add(gate, chance, targets);
    }

    void singles(Gate gate, int... qubits) throws QecFailure {
        if (qubits.length == 0) return;
        builder.add(gate, qubits);
        add(Gate.DEPOLARIZE1, noise.afterClifford(), qubits);
    }

    void pairs(Gate gate, int... qubits) throws QecFailure {
        if (qubits.length == 0) return;
        builder.add(gate, qubits);
        add(Gate.DEPOLARIZE2, noise.afterClifford(), qubits);
    }

    private static Gate flip(char basis) {
        return basis == 'X' ? Gate.Z_ERROR : Gate.X_ERROR;
    }

    /// @param basis X or Z
    void reset(char basis, int... qubits) throws QecFailure {
        builder.add(basis == 'Z' ? Gate.R : Gate.RX, qubits);
        add(flip(basis), noise.afterReset(), qubits);
    }

    /// @param basis X, Y or Z
    void measure(char basis, int... qubits) throws QecFailure {
        add(flip(basis), noise.beforeMeasure(), qubits);
        builder.add(basis == 'Z' ? Gate.M : basis == 'X' ? Gate.MX : Gate.MY, qubits);
    }

    void measureReset(int... qubits) throws QecFailure {
        add(Gate.X_ERROR, noise.beforeMeasure(), qubits);
        builder.add(Gate.MR, qubits);
        add(Gate.X_ERROR, noise.afterReset(), qubits);
    }

    void shift(double... by) throws QecFailure {
        builder.add(Gate.SHIFT_COORDS, "", by, new int[0]);
    }

    /// @param back how many measurements ago each record is, from 1; sorted
    void detector(double[] place, int... back) throws QecFailure {
        builder.add(Gate.DETECTOR, "", place, records(back));
    }

    /// @param back how many measurements ago each record is, from 1; sorted
    void observable(int number, int... back) throws QecFailure {
        builder.add(Gate.OBSERVABLE_INCLUDE, "", new double[] {number}, records(back));
    }

    private static int[] records(int[] back) {
        int[] sorted = back.clone();
        java.util.Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) sorted[i] = Target.record(sorted[i]);
        return sorted;
    }
}
