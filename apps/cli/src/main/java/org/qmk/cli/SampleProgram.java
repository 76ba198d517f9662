package org.qmk.cli;

import java.util.List;
import java.util.SplittableRandom;
import org.qmk.sim.NoiseModel;

/// A program on which `qmk bench sim` compares simulators, in OpenQASM 2, which others read too.
///
/// @param name one word
/// @param what one line for people
/// @param noise that it runs under; peers run those without alone
/// @param clifford whether all its gates are Clifford
record SampleProgram(
        String name, String what, int shots, NoiseModel noise, boolean clifford, String text) {

    private static final double PI = Math.PI;

    /// All of them; each time the same.
    static List<SampleProgram> all() {
        return List.of(
                ghz(1_000, 100_000),
                randomClifford(2_000, 100),
                measuredClifford(1_000, 20),
                feedback(100, 40),
                repetitionCode(25, 50),
                randomCircuit("random-20", 20, 295, 1_000),
                randomCircuit("random-24", 24, 355, 1_000),
                ising(20, 10),
                branching(14, 12),
                randomNoisy(12, 120),
                fourier(22),
                adder(80, 9),
                hiddenShift(60),
                fewT(60, 36));
    }

    /// Text as it grows.
    private static final class Text {
        private final StringBuilder text =
                new StringBuilder("OPENQASM 2.0;\ninclude \"qelib1.inc\";\n");

        Text(int qubits, int bits) {
            text.append("qreg q[%d];\ncreg c[%d];\n".formatted(qubits, bits));
        }

        Text gate(String name, int... qubits) {
            text.append(name);
            for (int i = 0; i < qubits.length; i++) {
                text.append(i == 0 ? " q[" : ",q[").append(qubits[i]).append(']');
            }
            text.append(";\n");
            return this;
        }

        Text measure(int qubit, int bit) {
            text.append("measure q[%d] -> c[%d];\n".formatted(qubit, bit));
            return this;
        }

        Text onlyIfOne(String gate, int qubit) {
            text.append("if(c==1) ");
            return gate(gate, qubit);
        }

        Text measureAll(int qubits) {
            for (int q = 0; q < qubits; q++) measure(q, q);
            return this;
        }

        SampleProgram program(String name, String what, int shots, boolean clifford) {
            return program(name, what, shots, clifford, NoiseModel.NONE);
        }

        SampleProgram program(
                String name, String what, int shots, boolean clifford, NoiseModel noise) {
            return new SampleProgram(name, what, shots, noise, clifford, text.toString());
        }
    }

    private static SampleProgram ghz(int qubits, int shots) {
        var text = new Text(qubits, qubits).gate("h", 0);
        for (int q = 1; q < qubits; q++) text.gate("cx", q - 1, q);
        return text.measureAll(qubits)
                .program("ghz", qubits + " qubits in one GHZ state", shots, true);
    }

    private static SampleProgram randomClifford(int qubits, int layers) {
        var random = new SplittableRandom(1);
        var text = new Text(qubits, qubits);
        for (int layer = 0; layer < layers; layer++) cliffordLayer(text, qubits, random);
        return text.measureAll(qubits)
                .program(
                        "clifford",
                        "%d qubits, %d layers of random Clifford gates".formatted(qubits, layers),
                        1_000,
                        true);
    }

    private static void cliffordLayer(Text text, int qubits, SplittableRandom random) {
        for (int q = 0; q < qubits; q++) text.gate(random.nextBoolean() ? "h" : "s", q);
        for (int q = random.nextInt(2); q + 1 < qubits; q += 2) text.gate("cx", q, q + 1);
    }

    /// Measured on the way, so that every layer collapses the state.
    private static SampleProgram measuredClifford(int qubits, int layers) {
        var random = new SplittableRandom(2);
        var text = new Text(qubits, qubits);
        for (int layer = 0; layer < layers; layer++) {
            cliffordLayer(text, qubits, random);
            for (int q = layer % 2; q < qubits; q += 2) text.measure(q, q);
        }
        return text.measureAll(qubits)
                .program(
                        "measured-clifford",
                        "%d qubits, half of them measured after each of %d random Clifford layers"
                                .formatted(qubits, layers),
                        10_000,
                        true);
    }

    /// What is done depends on outcomes, and not by Pauli operators alone: frames cannot do it.
    private static SampleProgram feedback(int qubits, int rounds) {
        var random = new SplittableRandom(7);
        var text = new Text(qubits, 1);
        for (int round = 0; round < rounds; round++) {
            cliffordLayer(text, qubits, random);
            text.measure(random.nextInt(qubits), 0).onlyIfOne("h", random.nextInt(qubits));
        }
        return text.measure(0, 0)
                .program(
                        "feedback",
                        "%d qubits, %d measurements that decide on a Hadamard gate each"
                                .formatted(qubits, rounds),
                        1_000,
                        true);
    }

    private static SampleProgram repetitionCode(int distance, int rounds) {
        int checks = distance - 1;
        var text = new Text(distance + checks, checks * rounds + distance);
        int bit = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < checks; i++) text.gate("cx", i, distance + i);
            for (int i = 0; i < checks; i++) text.gate("cx", i + 1, distance + i);
            for (int i = 0; i < checks; i++) text.measure(distance + i, bit++);
            for (int i = 0; i < checks; i++) text.gate("reset", distance + i);
        }
        for (int i = 0; i < distance; i++) text.measure(i, bit++);
        return text.program(
                "repetition-noisy",
                "repetition code, distance %d, %d rounds, under noise".formatted(distance, rounds),
                100_000,
                true,
                NoiseModel.parse("gate2=0.001,measure=0.001,reset=0.001,epoch=0.0001"));
    }

    private static SampleProgram randomCircuit(String name, int qubits, int gates, int shots) {
        var text = new Text(qubits, qubits);
        random(text, qubits, gates, 3);
        return text.measureAll(qubits)
                .program(
                        name,
                        "%d qubits, %d random gates of one and two qubits".formatted(qubits, gates),
                        shots,
                        false);
    }

    private static void random(Text text, int qubits, int gates, long seed) {
        var random = new SplittableRandom(seed);
        String[] single = {"h", "sx", "t", "s"};
        for (int gate = 0; gate < gates; gate++) {
            int q = random.nextInt(qubits);
            switch (random.nextInt(3)) {
                case 0 -> text.gate(single[random.nextInt(single.length)], q);
                case 1 -> text.gate("ry(%s)".formatted(random.nextDouble(-PI, PI)), q);
                default -> {
                    int other = (q + 1 + random.nextInt(qubits - 1)) % qubits;
                    text.gate(random.nextBoolean() ? "cx" : "cz", q, other);
                }
            }
        }
    }

    private static SampleProgram fourier(int qubits) {
        var text = new Text(qubits, qubits);
        for (int q = 0; q < qubits; q += 3) text.gate("x", q);
        for (int q = qubits - 1; q >= 0; q--) {
            text.gate("h", q);
            for (int other = q - 1; other >= 0; other--) {
                text.gate("cu1(%s)".formatted(PI / (1L << q - other)), other, q);
            }
        }
        return text.measureAll(qubits)
                .program(
                        "fourier",
                        "Fourier transform of %d qubits".formatted(qubits),
                        1_000,
                        false);
    }

    private static SampleProgram ising(int qubits, int steps) {
        var text = new Text(qubits, qubits);
        for (int step = 0; step < steps; step++) {
            for (int q = 0; q + 1 < qubits; q++) {
                text.gate("cx", q, q + 1).gate("rz(0.2)", q + 1).gate("cx", q, q + 1);
            }
            for (int q = 0; q < qubits; q++) text.gate("rx(0.4)", q);
        }
        return text.measureAll(qubits)
                .program(
                        "ising",
                        "%d Trotter steps of the Ising model on %d qubits".formatted(steps, qubits),
                        1_000,
                        false);
    }

    /// Few shots share a path: each measurement divides them.
    private static SampleProgram branching(int qubits, int layers) {
        var text = new Text(qubits, layers);
        for (int layer = 0; layer < layers; layer++) {
            random(text, qubits, 40, 10 + layer);
            text.measure(layer % qubits, layer);
        }
        return text.program(
                "branching",
                "%d qubits, 40 random gates between %d measurements".formatted(qubits, layers),
                1_000,
                false);
    }

    private static SampleProgram randomNoisy(int qubits, int gates) {
        var text = new Text(qubits, qubits);
        random(text, qubits, gates, 4);
        return text.measureAll(qubits)
                .program(
                        "random-noisy",
                        "%d qubits, %d random gates under noise".formatted(qubits, gates),
                        2_000,
                        false,
                        NoiseModel.parse("gate1=0.001,gate2=0.005,measure=0.01,damping=0.0005"));
    }

    /// Cuccaro, Draper, Kutin and Moulton, "A new quantum ripple-carry addition circuit", 2004.
    private static SampleProgram adder(int width, int superposed) {
        int qubits = 2 * width + 2;
        var text = new Text(qubits, width + 1);
        // Qubit 0 is the carry in, then b and a by turns, and the carry out.
        for (int i = 0; i < superposed; i++) text.gate("h", 1 + 2 * i).gate("h", 2 + 2 * i);
        for (int i = superposed; i < width; i += 2) text.gate("x", 1 + 2 * i).gate("x", 2 + 2 * i);
        for (int i = 0; i < width; i++) {
            int carry = 2 * i;
            text.gate("cx", carry + 2, carry + 1).gate("cx", carry + 2, carry);
            text.gate("ccx", carry, carry + 1, carry + 2);
        }
        text.gate("cx", 2 * width, 2 * width + 1);
        for (int i = width - 1; i >= 0; i--) {
            int carry = 2 * i;
            text.gate("ccx", carry, carry + 1, carry + 2);
            text.gate("cx", carry + 2, carry).gate("cx", carry, carry + 1);
        }
        for (int i = 0; i < width; i++) text.measure(1 + 2 * i, i);
        return text.measure(2 * width + 1, width)
                .program(
                        "adder",
                        "two sums of %d bits, 2^%d terms at once, %d qubits"
                                .formatted(width, 2 * superposed, qubits),
                        1_000,
                        false);
    }

    /// Bravyi and Gosset, "Improved classical simulation of quantum circuits dominated by Clifford
    /// gates", 2016: the outcome is the shift.
    private static SampleProgram hiddenShift(int qubits) {
        var random = new SplittableRandom(5);
        int half = qubits / 2;
        long shift = random.nextLong(1L << qubits);
        var text = new Text(qubits, qubits);
        for (int q = 0; q < qubits; q++) text.gate("h", q);
        shift(text, qubits, shift);
        bent(text, half, 0);
        shift(text, qubits, shift);
        for (int q = 0; q < qubits; q++) text.gate("h", q);
        bent(text, half, half);
        for (int q = 0; q < qubits; q++) text.gate("h", q);
        return text.measureAll(qubits)
                .program(
                        "hidden-shift",
                        "hidden shift on %d qubits with 4 CCZ".formatted(qubits),
                        1_000,
                        false);
    }

    private static void shift(Text text, int qubits, long shift) {
        for (int q = 0; q < qubits; q++) if ((shift >>> q & 1) != 0) text.gate("x", q);
    }

    /// A Maiorana-McFarland function: the inner product, and two CCZ on one half.
    private static void bent(Text text, int half, int from) {
        for (int q = 0; q < half; q++) text.gate("cz", q, half + q);
        for (int i = 0; i < 2; i++) {
            int q = from + 3 * i;
            text.gate("h", q + 2).gate("ccx", q, q + 1, q + 2).gate("h", q + 2);
        }
    }

    /// T gates on a state of stabilizers, each on a qubit of its own.
    private static SampleProgram fewT(int qubits, int states) {
        var random = new SplittableRandom(6);
        var text = new Text(qubits, qubits);
        for (int i = 0; i < states; i++) {
            cliffordLayer(text, qubits, random);
            cliffordLayer(text, qubits, random);
            text.gate("t", random.nextInt(qubits));
        }
        return text.measureAll(qubits)
                .program(
                        "few-t",
                        "%d qubits, random Clifford layers and %d T gates"
                                .formatted(qubits, states),
                        1_000,
                        false);
    }
}
