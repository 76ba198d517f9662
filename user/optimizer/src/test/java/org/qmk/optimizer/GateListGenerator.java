package org.qmk.optimizer;

import java.util.List;
import java.util.SplittableRandom;
import org.qmk.qvm.Opcode;

/// Random lists of gates, a pure function of the arguments.
final class GateListGenerator {

    /// Which gates occur.
    enum Mix {
        CLIFFORD,
        CLIFFORD_T,
        PARITIES,
        ALL
    }

    private static final List<Opcode> CLIFFORD_1 =
            List.of(
                    Opcode.APPLY_X,
                    Opcode.APPLY_Y,
                    Opcode.APPLY_Z,
                    Opcode.APPLY_H,
                    Opcode.APPLY_S,
                    Opcode.APPLY_SDG,
                    Opcode.APPLY_SX,
                    Opcode.APPLY_SXDG);
    private static final List<Opcode> CLIFFORD_2 =
            List.of(
                    Opcode.APPLY_CNOT,
                    Opcode.APPLY_CZ,
                    Opcode.APPLY_SWAP,
                    Opcode.APPLY_ISWAP,
                    Opcode.APPLY_ISWAPDG);
    private static final List<Opcode> PARITY =
            List.of(Opcode.APPLY_X, Opcode.APPLY_T, Opcode.APPLY_TDG, Opcode.APPLY_S);

    private final SplittableRandom random;
    private final GateList gates;

    private GateListGenerator(long seed, int qubits) {
        random = new SplittableRandom(seed);
        gates = new GateList(qubits);
    }

    /// @param qubits 3 or more
    static GateList gates(long seed, int qubits, int size, Mix mix) {
        var generator = new GateListGenerator(seed, qubits);
        while (generator.gates.size() < size) generator.add(mix);
        return generator.gates;
    }

    private void add(Mix mix) {
        switch (mix) {
            case CLIFFORD -> clifford();
            case CLIFFORD_T -> {
                if (random.nextInt(3) == 0) {
                    one(random.nextBoolean() ? Opcode.APPLY_T : Opcode.APPLY_TDG);
                } else {
                    clifford();
                }
            }
            case PARITIES -> {
                if (random.nextInt(16) == 0) one(Opcode.APPLY_H);
                else if (random.nextBoolean()) one(pick(PARITY));
                else several(random.nextInt(4) == 0 ? Opcode.APPLY_CZ : Opcode.APPLY_CNOT, 2);
            }
            case ALL -> {
                switch (random.nextInt(8)) {
                    case 0 -> several(Opcode.APPLY_CCZ, 3);
                    case 1 -> several(Opcode.APPLY_TOFFOLI, 3);
                    case 2 ->
                            gates.rotate(
                                    pick(List.of(Opcode.RX, Opcode.RY, Opcode.RZ)),
                                    random.nextInt(gates.qubits()),
                                    angle());
                    case 3 -> one(random.nextBoolean() ? Opcode.APPLY_T : Opcode.APPLY_TDG);
                    default -> clifford();
                }
            }
        }
    }

    private void clifford() {
        if (random.nextBoolean()) one(pick(CLIFFORD_1));
        else several(pick(CLIFFORD_2), 2);
    }

    private double angle() {
        if (random.nextBoolean()) return (random.nextInt(17) - 8) * Math.PI / 4;
        return random.nextDouble(-7, 7);
    }

    private void one(Opcode opcode) {
        gates.add(opcode, random.nextInt(gates.qubits()));
    }

    private void several(Opcode opcode, int count) {
        int a = random.nextInt(gates.qubits());
        int b = (a + 1 + random.nextInt(gates.qubits() - 1)) % gates.qubits();
        if (count == 2) {
            gates.add(opcode, a, b);
            return;
        }
        int c = 0;
        while (c == a || c == b) c++;
        gates.add(opcode, a, b, c);
    }

    private <E> E pick(List<E> from) {
        return from.get(random.nextInt(from.size()));
    }
}
