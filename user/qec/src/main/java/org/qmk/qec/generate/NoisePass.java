package org.qmk.qec.generate;

import java.util.Arrays;
import java.util.BitSet;
import org.qmk.qec.QecFailure;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CircuitItem;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.circuit.Target;

/// Puts noise into a circuit without noise. Layers end at ticks; the body of a loop consists of
/// whole layers.
public final class NoisePass {

    private final LayerNoise noise;
    private final int qubits;
    private final BitSet used = new BitSet();
    private boolean reads;

    private NoisePass(LayerNoise noise, int qubits) {
        this.noise = noise;
        this.qubits = qubits;
    }

    /// @throws QecFailure if the noise is more than there can be
    public static Circuit apply(Circuit circuit, LayerNoise noise) throws QecFailure {
        return new NoisePass(noise, circuit.qubits()).apply(circuit);
    }

    private Circuit apply(Circuit circuit) throws QecFailure {
        var builder = new Circuit.Builder();
        for (CircuitItem item : circuit.items()) {
            switch (item) {
                case RepeatBlock(long count, var body, var tag) ->
                        builder.add(new RepeatBlock(count, apply(body), tag));
                case CircuitInstruction instruction -> add(instruction, builder);
            }
        }
        return builder.build();
    }

    private void add(CircuitInstruction instruction, Circuit.Builder builder) throws QecFailure {
        Gate gate = instruction.gate();
        int[] targets = instruction.targets();
        switch (gate.kind()) {
            case UNITARY_1 -> {
                builder.add(instruction);
                noise(Gate.DEPOLARIZE1, noise.single(), targets, builder);
            }
            case UNITARY_2 -> {
                builder.add(instruction);
                noise(Gate.DEPOLARIZE2, noise.pair(), targets, builder);
            }
            case RESET -> {
                builder.add(instruction);
                noise(flip(gate), noise.reset(), targets, builder);
                reads = true;
            }
            case MEASURE, MEASURE_RESET -> {
                noise(flip(gate), noise.measure(), targets, builder);
                builder.add(instruction);
                if (gate.kind() == Gate.Kind.MEASURE_RESET) {
                    noise(flip(gate), noise.reset(), targets, builder);
                }
                reads = true;
            }
            case ANNOTATION -> {
                if (gate == Gate.TICK) endLayer(builder);
                builder.add(instruction);
                return;
            }
            case DETECTOR, OBSERVABLE, PAD, NOISE_1, NOISE_2, CORRELATED -> {
                builder.add(instruction);
                return;
            }
            case ROTATION, MEASURE_PAIR, MEASURE_PRODUCT, HERALDED -> builder.add(instruction);
        }
        for (int target : targets) {
            if (!Target.isBit(target) && !Target.isCombiner(target)) used.set(Target.value(target));
        }
    }

    private static Gate flip(Gate gate) {
        return gate.basis() == 'X' ? Gate.Z_ERROR : Gate.X_ERROR;
    }

    private static void noise(Gate gate, double chance, int[] targets, Circuit.Builder builder)
            throws QecFailure {
        if (chance == 0) return;
        int[] plain = new int[targets.length];
        int count = 0;
        int stride = gate.isPaired() ? 2 : 1;
        for (int i = 0; i < targets.length; i += stride) {
            if (Target.isBit(targets[i]) || Target.isBit(targets[i + stride - 1])) continue;
            for (int k = 0; k < stride; k++) plain[count++] = Target.value(targets[i + k]);
        }
        if (count > 0) builder.add(gate, chance, Arrays.copyOf(plain, count));
    }

    private void endLayer(Circuit.Builder builder) throws QecFailure {
        int[] idle = new int[qubits];
        int count = 0;
        for (int q = 0; q < qubits; q++) if (!used.get(q)) idle[count++] = q;
        int[] targets = Arrays.copyOf(idle, count);
        if (!used.isEmpty() && count > 0) {
            noise(Gate.DEPOLARIZE1, noise.idle(), targets, builder);
            if (reads) noise(Gate.DEPOLARIZE1, noise.idleWhileRead(), targets, builder);
        }
        used.clear();
        reads = false;
    }
}
