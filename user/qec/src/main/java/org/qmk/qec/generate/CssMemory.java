package org.qmk.qec.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.Gate;

/// A memory in any CSS code, without noise: each round measures all X checks and then all Z checks,
/// with a qubit of its own for each, in as many layers as an edge colouring needs.
public final class CssMemory {

    private final CssLayout code;
    private final boolean memoryX;
    private final int xCount;
    private final int zCount;

    private CssMemory(CssLayout code, boolean memoryX) {
        this.code = code;
        this.memoryX = memoryX;
        xCount = code.checksX().length;
        zCount = code.checksZ().length;
    }

    /// @param memoryX whether X is kept and measured, else Z
    /// @param rounds 1 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit of(CssLayout code, boolean memoryX, long rounds) throws QecFailure {
        Parameters.rounds(rounds, 1);
        return new CssMemory(code, memoryX).circuit(rounds);
    }

    private Circuit circuit(long rounds) throws QecFailure {
        int[] data = range(0, code.qubits());
        char basis = memoryX ? 'X' : 'Z';
        Circuit cycle = cycle();
        var circuit = new NoisyLayers(MemoryNoise.NONE);
        circuit.reset(basis, data);
        circuit.tick();
        circuit.add(cycle);
        int[][] kept = memoryX ? code.stabilizersX() : code.stabilizersZ();
        for (int i = 0; i < kept.length; i++) {
            circuit.detector(new double[] {i, memoryX ? 0 : 1, 0}, ago(kept[i], memoryX, 0));
        }
        var body = new NoisyLayers(MemoryNoise.NONE).add(cycle);
        body.shift(0, 0, 1);
        compare(body, code.stabilizersX(), true);
        compare(body, code.stabilizersZ(), false);
        circuit.repeat(body.build(), rounds - 1);
        circuit.measure(basis, data);
        int[][] checks = memoryX ? code.checksX() : code.checksZ();
        for (int i = 0; i < kept.length; i++) {
            var qubits = new BitSet();
            for (int check : kept[i]) qubits.xor(ParitySpace.of(checks[check]));
            int[] records =
                    join(dataAgo(qubits.stream().toArray()), ago(kept[i], memoryX, data.length));
            circuit.detector(new double[] {i, memoryX ? 0 : 1, 1}, records);
        }
        int[][] logical = memoryX ? code.logicalX() : code.logicalZ();
        for (int i = 0; i < logical.length; i++) circuit.observable(i, dataAgo(logical[i]));
        circuit.tick();
        return circuit.build();
    }

    private void compare(NoisyLayers body, int[][] stabilizers, boolean x) throws QecFailure {
        for (int i = 0; i < stabilizers.length; i++) {
            int[] now = ago(stabilizers[i], x, 0);
            int[] before = ago(stabilizers[i], x, xCount + zCount);
            body.detector(new double[] {i, x ? 0 : 1, 0}, join(now, before));
        }
    }

    /// How many measurements ago checks were measured, so many after a round.
    private int[] ago(int[] checks, boolean x, int after) {
        int end = after + (x ? zCount + xCount : zCount);
        return Arrays.stream(checks).map(check -> end - check).toArray();
    }

    private int[] dataAgo(int[] qubits) {
        return Arrays.stream(qubits).map(q -> code.qubits() - q).toArray();
    }

    private static int[] join(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static int[] range(int from, int to) {
        int[] range = new int[to - from];
        for (int i = from; i < to; i++) range[i - from] = i;
        return range;
    }

    private Circuit cycle() throws QecFailure {
        int n = code.qubits();
        int[] xQubits = range(n, n + xCount);
        int[] zQubits = range(n + xCount, n + xCount + zCount);
        var cycle = new NoisyLayers(MemoryNoise.NONE);
        cycle.reset('X', xQubits);
        cycle.tick();
        layers(cycle, code.checksX(), n, true);
        cycle.measure('X', xQubits);
        cycle.reset('Z', zQubits);
        cycle.tick();
        layers(cycle, code.checksZ(), n + xCount, false);
        cycle.measure('Z', zQubits);
        cycle.tick();
        return cycle.build();
    }

    private void layers(NoisyLayers cycle, int[][] checks, int first, boolean x) throws QecFailure {
        for (int[] layer : colored(checks)) {
            int[] pairs = new int[layer.length];
            for (int i = 0; i < layer.length; i += 2) {
                pairs[i + (x ? 0 : 1)] = first + layer[i];
                pairs[i + (x ? 1 : 0)] = layer[i + 1];
            }
            cycle.pairs(Gate.CX, pairs);
            cycle.tick();
        }
    }

    /// Pairs of a check and a qubit by layers in which nothing comes twice: each pair takes the
    /// first layer in which both are free.
    private List<int[]> colored(int[][] checks) {
        List<BitSet> busyChecks = new ArrayList<>();
        List<BitSet> busyData = new ArrayList<>();
        List<List<Integer>> layers = new ArrayList<>();
        for (int check = 0; check < checks.length; check++) {
            for (int qubit : checks[check]) {
                int layer = 0;
                while (layer < layers.size()
                        && (busyChecks.get(layer).get(check) || busyData.get(layer).get(qubit))) {
                    layer++;
                }
                if (layer == layers.size()) {
                    layers.add(new ArrayList<>());
                    busyChecks.add(new BitSet());
                    busyData.add(new BitSet());
                }
                busyChecks.get(layer).set(check);
                busyData.get(layer).set(qubit);
                layers.get(layer).add(check);
                layers.get(layer).add(qubit);
            }
        }
        return layers.stream()
                .map(layer -> layer.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }
}
