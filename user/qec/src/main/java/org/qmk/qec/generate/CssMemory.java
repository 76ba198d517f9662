package org.qmk.qec.generate;

import java.util.Arrays;
import java.util.BitSet;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;

/// A memory in any CSS code, without noise: rounds of all checks, with a qubit of its own for each.
public final class CssMemory {

    /// Which detectors a memory has.
    public enum Detectors {
        /// Those of X and of Z.
        ALL,
        /// Those of the letter that is kept. The others tell of errors that flip no observable, and
        /// of the kept ones only through Y: most decoders of large codes do without them.
        KEPT
    }

    private final CssLayout code;
    private final CheckRound checks;
    private final boolean memoryX;
    private final Detectors detectors;
    private final int xCount;
    private final int zCount;

    private CssMemory(CssLayout code, CheckRound checks, boolean memoryX, Detectors detectors) {
        this.code = code;
        this.checks = checks;
        this.memoryX = memoryX;
        this.detectors = detectors;
        xCount = code.checksX().length;
        zCount = code.checksZ().length;
    }

    /// A memory in any code: rounds measure all X checks and then all Z checks, in as many layers
    /// as an edge colouring needs.
    ///
    /// @param memoryX whether X is kept and measured, else Z
    /// @param rounds 1 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit of(CssLayout code, boolean memoryX, long rounds, Detectors detectors)
            throws QecFailure {
        Parameters.rounds(rounds, 1);
        return new CssMemory(code, CheckRound.apart(code), memoryX, detectors).circuit(rounds);
    }

    /// The same with all detectors.
    ///
    /// @throws QecFailure if there is no such circuit
    public static Circuit of(CssLayout code, boolean memoryX, long rounds) throws QecFailure {
        return of(code, memoryX, rounds, Detectors.ALL);
    }

    /// A memory in a bicycle code: rounds of eight layers that have X and Z checks between one
    /// another (Bravyi and others, arXiv:2308.07915, table 5).
    ///
    /// @param qubits of data: 72, 90, 108, 144 or 288
    /// @param memoryX whether X is kept and measured, else Z
    /// @param rounds 1 or more
    /// @throws QecFailure if there is no such circuit
    public static Circuit bicycle(int qubits, boolean memoryX, long rounds, Detectors detectors)
            throws QecFailure {
        Parameters.rounds(rounds, 1);
        CssLayout code = CssCodes.bicycle(qubits);
        return new CssMemory(code, CheckRound.bicycle(code), memoryX, detectors).circuit(rounds);
    }

    private Circuit circuit(long rounds) throws QecFailure {
        int[] data = range(0, code.qubits());
        char basis = memoryX ? 'X' : 'Z';
        var circuit = new NoisyLayers(MemoryNoise.NONE);
        circuit.reset(basis, data);
        circuit.add(checks.start());
        circuit.tick();
        circuit.add(checks.round());
        int[][] kept = memoryX ? code.stabilizersX() : code.stabilizersZ();
        for (int i = 0; i < kept.length; i++) {
            circuit.detector(new double[] {i, memoryX ? 0 : 1, 0}, ago(kept[i], memoryX, 0));
        }
        var body = new NoisyLayers(MemoryNoise.NONE).add(checks.round());
        body.shift(0, 0, 1);
        if (memoryX || detectors == Detectors.ALL) compare(body, code.stabilizersX(), true);
        if (!memoryX || detectors == Detectors.ALL) compare(body, code.stabilizersZ(), false);
        circuit.repeat(body.build(), rounds - 1);
        circuit.measure(basis, data);
        int[][] products = memoryX ? code.checksX() : code.checksZ();
        for (int i = 0; i < kept.length; i++) {
            var qubits = new BitSet();
            for (int check : kept[i]) qubits.xor(ParitySpace.of(products[check]));
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
    private int[] ago(int[] numbers, boolean x, int after) {
        int own = x ? xCount : zCount;
        boolean isFirst = x == checks.isFirstX();
        int end = after + (isFirst ? xCount + zCount : own);
        return Arrays.stream(numbers).map(check -> end - check).toArray();
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
}
