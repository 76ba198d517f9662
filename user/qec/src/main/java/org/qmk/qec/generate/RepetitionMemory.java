package org.qmk.qec.generate;

import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;

/// A memory in the repetition code: data on even qubits, parities on odd ones.
public final class RepetitionMemory {

    private RepetitionMemory() {}

    /// @param distance 2 or more
    /// @param rounds 1 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit of(int distance, long rounds, MemoryNoise noise) throws QecFailure {
        Parameters.distance(distance, 2);
        Parameters.rounds(rounds, 1);
        int parities = distance - 1;
        int[] data = new int[distance];
        int[] measured = new int[parities];
        int[] left = new int[2 * parities];
        int[] right = new int[2 * parities];
        int[] all = new int[2 * distance - 1];
        for (int i = 0; i < all.length; i++) all[i] = i;
        for (int i = 0; i < distance; i++) data[i] = 2 * i;
        for (int i = 0; i < parities; i++) {
            measured[i] = 2 * i + 1;
            left[2 * i] = 2 * i;
            left[2 * i + 1] = 2 * i + 1;
            right[2 * i] = 2 * i + 2;
            right[2 * i + 1] = 2 * i + 1;
        }
        var round = new NoisyLayers(noise);
        round.beginRound(data);
        round.pairs(Gate.CX, left);
        round.tick();
        round.pairs(Gate.CX, right);
        round.tick();
        round.measureReset(measured);
        Circuit cycle = round.build();
        var body = new NoisyLayers(noise).add(cycle);
        body.shift(0, 1);
        var circuit = new NoisyLayers(noise);
        circuit.reset('Z', all);
        circuit.add(cycle);
        for (int i = 0; i < parities; i++) {
            double[] place = {2 * i + 1, 0};
            circuit.detector(place, parities - i);
            body.detector(place, parities - i, 2 * parities - i);
        }
        circuit.repeat(body.build(), rounds - 1);
        circuit.measure('Z', data);
        for (int i = 0; i < parities; i++) {
            double[] place = {2 * i + 1, 1};
            circuit.detector(place, distance - i, distance - i - 1, distance + parities - i);
        }
        circuit.observable(0, 1);
        return circuit.build();
    }
}
