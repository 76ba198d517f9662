package org.qmk.sim;

import java.util.List;
import java.util.SplittableRandom;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Circuits of 24 qubits that are measured, as a graph and as a text for qsim.
final class GridCircuit {

    private static final int ROWS = 4;
    private static final int COLUMNS = 6;
    static final int QUBITS = ROWS * COLUMNS;

    private static final List<String> IDLE = List.of("t", "sx", "sy");

    private final GraphBuilder builder = new GraphBuilder();
    private final StringBuilder text = new StringBuilder("qubits " + QUBITS + "\n");
    private int gates;

    private GridCircuit() {
        int[] all = new int[QUBITS];
        for (int i = 0; i < QUBITS; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
    }

    /// H on all, then layers in turn of eight patterns of CZ on neighbours of a grid of 4 by 6. A
    /// qubit that is idle in a layer and was not in the one before gets T the first time, then one
    /// of T, root of X and root of Y at random, never the same twice. Source: Boixo and others,
    /// "Characterizing quantum supremacy in near-term devices", 2018.
    static GridCircuit random(int layers, long seed) {
        var circuit = new GridCircuit();
        var random = new SplittableRandom(seed);
        String[] last = new String[QUBITS];
        boolean[] before = new boolean[QUBITS];
        for (int i = 0; i < QUBITS; i++) circuit.one("h", i);
        for (int layer = 0; layer < layers; layer++) {
            boolean[] now = new boolean[QUBITS];
            circuit.neighbours(layer % 8, now);
            for (int i = 0; i < QUBITS; i++) {
                if (!before[i] || now[i]) continue;
                String next = last[i] == null ? "t" : last[i];
                while (next.equals(last[i])) next = IDLE.get(random.nextInt(IDLE.size()));
                last[i] = next;
                circuit.one(next, i);
            }
            before = now;
        }
        return circuit;
    }

    /// The quantum Fourier transform: H, controlled phases, and the qubits in reverse order.
    static GridCircuit fourier() {
        var circuit = new GridCircuit();
        for (int i = QUBITS - 1; i >= 0; i--) {
            circuit.one("h", i);
            for (int j = i - 1; j >= 0; j--) circuit.phase(i, j, Math.scalb(1.0, j - i));
        }
        for (int i = 0; i < QUBITS / 2; i++) circuit.two("swap", i, QUBITS - 1 - i);
        return circuit;
    }

    Graph graph() {
        return builder.build();
    }

    String text() {
        return text.toString();
    }

    int gates() {
        return gates;
    }

    private void neighbours(int pattern, boolean[] busy) {
        boolean across = (pattern & 2) == 0;
        int offset = 2 * (pattern & 1) + (pattern >>> 2);
        int lines = across ? ROWS : COLUMNS;
        int length = across ? COLUMNS : ROWS;
        for (int line = 0; line < lines; line++) {
            int first = line % 2 == 0 ? offset : (offset + 2) % 4;
            for (int at = first; at + 1 < length; at += 4) {
                int a = across ? line * COLUMNS + at : at * COLUMNS + line;
                int b = across ? a + 1 : a + COLUMNS;
                two("cz", a, b);
                busy[a] = true;
                busy[b] = true;
            }
        }
    }

    private void one(String gate, int qubit) {
        switch (gate) {
            case "h" -> builder.node(Opcode.APPLY_H).qubit(qubit);
            case "t" -> builder.node(Opcode.APPLY_T).qubit(qubit);
            case "sx" -> builder.node(Opcode.APPLY_SX).qubit(qubit);
            case "sy" ->
                    builder.node(Opcode.RY)
                            .qubit(qubit)
                            .argument(new Argument.Rotation(Math.PI / 2, 1e-10));
            default -> throw new IllegalArgumentException(gate);
        }
        text.append(gate).append(' ').append(qubit).append('\n');
        gates++;
    }

    private void two(String gate, int a, int b) {
        builder.node(gate.equals("cz") ? Opcode.APPLY_CZ : Opcode.APPLY_SWAP).qubits(a, b);
        text.append(gate).append(' ').append(a).append(' ').append(b).append('\n');
        gates++;
    }

    /// Multiplies |11> by exp(i pi turns).
    private void phase(int a, int b, double turns) {
        double half = Math.PI * turns / 2;
        for (int qubit : new int[] {a, b}) {
            builder.node(Opcode.RZ).qubit(qubit).argument(new Argument.Rotation(half, 1e-10));
        }
        builder.node(Opcode.ROTATE_PAULI)
                .qubits(a, b)
                .argument(new Argument.PauliRotation(PauliString.of("ZZ"), -half, 1e-10));
        text.append("cp ").append(a).append(' ').append(b).append(' ').append(turns).append('\n');
        gates++;
    }
}
