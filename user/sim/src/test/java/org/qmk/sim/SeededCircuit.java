package org.qmk.sim;

import java.util.SplittableRandom;
import org.qmk.qvm.Argument;
import org.qmk.qvm.Graph;
import org.qmk.qvm.GraphBuilder;
import org.qmk.qvm.Opcode;
import org.qmk.qvm.PauliString;

/// Circuits of random gates of every kind on random qubits.
final class SeededCircuit {

    private static final Opcode[] GATES = {
        Opcode.APPLY_X,
        Opcode.APPLY_Y,
        Opcode.APPLY_Z,
        Opcode.APPLY_H,
        Opcode.APPLY_S,
        Opcode.APPLY_SDG,
        Opcode.APPLY_SX,
        Opcode.APPLY_SXDG,
        Opcode.APPLY_T,
        Opcode.APPLY_TDG,
        Opcode.RX,
        Opcode.RY,
        Opcode.RZ,
        Opcode.APPLY_CNOT,
        Opcode.APPLY_CZ,
        Opcode.APPLY_SWAP,
        Opcode.APPLY_ISWAP,
        Opcode.APPLY_ISWAPDG,
        Opcode.APPLY_CCZ,
        Opcode.APPLY_TOFFOLI,
        Opcode.ROTATE_PAULI
    };

    private SeededCircuit() {}

    /// Gates only.
    static Graph graph(int qubits, int gates, long seed) {
        var builder = new GraphBuilder();
        int[] all = declared(builder, qubits);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < gates; i++) gate(builder, all, random);
        return builder.build();
    }

    /// Gates, and after every few of them a measurement or a reset on the way; all qubits are
    /// measured in the end.
    static Graph measured(int qubits, int gates, long seed) {
        var builder = new GraphBuilder();
        int[] all = declared(builder, qubits);
        var random = new SplittableRandom(seed);
        int events = 0;
        for (int i = 0; i < gates; i++) {
            gate(builder, all, random);
            if (i % 16 == 15) {
                builder.node(Opcode.MEASURE_PAULI).qubits(all);
                builder.argument(new Argument.Pauli(product(qubits, random)));
                builder.output(builder.declareEvent("m" + events++));
            }
            if (i % 16 == 7) builder.node(Opcode.RESET).qubit(all[random.nextInt(qubits)]);
        }
        for (int qubit : all) {
            builder.node(Opcode.MEASURE_Z).qubit(qubit);
            builder.output(builder.declareEvent("m" + events++));
        }
        builder.node(Opcode.FREE_LQ).qubits(all);
        return builder.build();
    }

    private static int[] declared(GraphBuilder builder, int qubits) {
        int[] all = new int[qubits];
        for (int i = 0; i < qubits; i++) all[i] = builder.declareQubit("q" + i);
        builder.node(Opcode.ALLOC_LQ).qubits(all);
        return all;
    }

    private static void gate(GraphBuilder builder, int[] all, SplittableRandom random) {
        Opcode opcode = GATES[random.nextInt(GATES.length)];
        double angle = random.nextDouble(-4, 4);
        if (opcode == Opcode.ROTATE_PAULI) {
            PauliString product = product(all.length, random);
            builder.node(opcode).qubits(all);
            builder.argument(new Argument.PauliRotation(product, angle, 1e-10));
            return;
        }
        int count = opcode.shape().qubitsMin;
        if (count > all.length) return;
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            do chosen[i] = all[random.nextInt(all.length)];
            while (contains(chosen, i));
        }
        builder.node(opcode).qubits(chosen);
        if (opcode.shape().argument == Argument.Kind.ROTATION) {
            builder.argument(new Argument.Rotation(angle, 1e-10));
        }
    }

    private static boolean contains(int[] chosen, int last) {
        for (int i = 0; i < last; i++) if (chosen[i] == chosen[last]) return true;
        return false;
    }

    private static PauliString product(int length, SplittableRandom random) {
        var text = new StringBuilder(random.nextBoolean() ? "-" : "");
        for (int i = 0; i < length; i++) text.append("IIXYZ".charAt(random.nextInt(5)));
        return PauliString.of(text.toString());
    }
}
