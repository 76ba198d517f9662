package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;

/// One round of checks without noise, with a qubit of its own for each: those of X behind the data,
/// those of Z behind these. A round leaves its check qubits as the next one needs them.
///
/// @param start what the first round needs, in the layer that resets the data
/// @param round whole layers, each ending with a tick
/// @param isFirstX whether X checks are measured before Z checks
record CheckRound(Circuit start, Circuit round, boolean isFirstX) {

    /// Which neighbour of a check is next in the circuit of bicycle codes (Bravyi and others,
    /// arXiv:2308.07915, table 5): the first three by A or B on the left, the others on the right.
    private static final int[] BICYCLE_X = {1, 4, 3, 5, 0, 2};

    private static final int[] BICYCLE_Z = {3, 5, 0, 1, 2, 4};

    /// All X checks and then all Z checks, each kind in as many layers as an edge colouring needs.
    static CheckRound apart(CssLayout code) throws QecFailure {
        int[] xQubits = checkQubits(code, true);
        int[] zQubits = checkQubits(code, false);
        var start = new NoisyLayers(MemoryNoise.NONE);
        start.reset('X', xQubits);
        var round = new NoisyLayers(MemoryNoise.NONE);
        for (int[] layer : colored(code.checksX())) {
            round.pairs(Gate.CX, joined(xQubits, layer, true));
            round.tick();
        }
        round.measure('X', xQubits);
        round.reset('Z', zQubits);
        round.tick();
        for (int[] layer : colored(code.checksZ())) {
            round.pairs(Gate.CX, joined(zQubits, layer, false));
            round.tick();
        }
        round.measure('Z', zQubits);
        round.reset('X', xQubits);
        round.tick();
        return new CheckRound(start.build(), round.build(), true);
    }

    /// The circuit of bicycle codes, which has X and Z checks between one another: seven layers of
    /// gates, and one in which X checks are measured.
    ///
    /// @param code checks have their neighbours in the order of `CssCodes.bicycle`
    static CheckRound bicycle(CssLayout code) throws QecFailure {
        int[] xQubits = checkQubits(code, true);
        int[] zQubits = checkQubits(code, false);
        int steps = BICYCLE_Z.length;
        var start = new NoisyLayers(MemoryNoise.NONE);
        start.reset('Z', zQubits);
        var round = new NoisyLayers(MemoryNoise.NONE);
        for (int step = 0; step <= steps; step++) {
            if (step == 0) round.reset('X', xQubits);
            else round.pairs(Gate.CX, neighbours(code.checksX(), xQubits, BICYCLE_X[step - 1]));
            if (step == steps) {
                round.measure('Z', zQubits);
            } else {
                int[] pairs = neighbours(code.checksZ(), zQubits, BICYCLE_Z[step]);
                round.pairs(Gate.CX, swapped(pairs));
            }
            round.tick();
        }
        round.measure('X', xQubits);
        round.reset('Z', zQubits);
        round.tick();
        return new CheckRound(start.build(), round.build(), false);
    }

    private static int[] checkQubits(CssLayout code, boolean x) {
        int[] qubits = new int[(x ? code.checksX() : code.checksZ()).length];
        int first = code.qubits() + (x ? 0 : code.checksX().length);
        for (int i = 0; i < qubits.length; i++) qubits[i] = first + i;
        return qubits;
    }

    private static int[] neighbours(int[][] checks, int[] qubits, int direction) {
        int[] pairs = new int[2 * checks.length];
        for (int i = 0; i < checks.length; i++) {
            pairs[2 * i] = qubits[i];
            pairs[2 * i + 1] = checks[i][direction];
        }
        return pairs;
    }

    private static int[] swapped(int[] pairs) {
        int[] swapped = new int[pairs.length];
        for (int i = 0; i < pairs.length; i++) swapped[i] = pairs[i ^ 1];
        return swapped;
    }

    /// The pairs of qubits of a layer of checks and qubits of data.
    private static int[] joined(int[] qubits, int[] layer, boolean x) {
        int[] pairs = layer.clone();
        for (int i = 0; i < pairs.length; i += 2) pairs[i] = qubits[pairs[i]];
        return x ? pairs : swapped(pairs);
    }

    /// Pairs of a check and a qubit by layers in which nothing comes twice: each pair takes the
    /// first layer in which both are free.
    private static List<int[]> colored(int[][] checks) {
        List<BitSet> busyChecks = new ArrayList<>();
        List<BitSet> busyData = new ArrayList<>();
        List<int[]> layers = new ArrayList<>();
        for (int check = 0; check < checks.length; check++) {
            for (int qubit : checks[check]) {
                int layer = 0;
                while (layer < layers.size()
                        && (busyChecks.get(layer).get(check) || busyData.get(layer).get(qubit))) {
                    layer++;
                }
                if (layer == layers.size()) {
                    layers.add(new int[0]);
                    busyChecks.add(new BitSet());
                    busyData.add(new BitSet());
                }
                busyChecks.get(layer).set(check);
                busyData.get(layer).set(qubit);
                int[] pairs = Arrays.copyOf(layers.get(layer), layers.get(layer).length + 2);
                pairs[pairs.length - 2] = check;
                pairs[pairs.length - 1] = qubit;
                layers.set(layer, pairs);
            }
        }
        return layers;
    }
}
