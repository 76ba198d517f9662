package org.qmk.qec.sample;

import java.util.BitSet;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;
import org.qmk.qec.circuit.Circuit;
import org.qmk.qec.circuit.CircuitInstruction;
import org.qmk.qec.circuit.CircuitItem;
import org.qmk.qec.circuit.CliffordWord;
import org.qmk.qec.circuit.Gate;
import org.qmk.qec.circuit.LetterProduct;
import org.qmk.qec.circuit.RepeatBlock;
import org.qmk.qec.circuit.Target;
import org.qmk.sim.FrameProgram;

/// Makes the frame program of a circuit. Its outputs are the record of measurements, or detectors
/// and then observables.
///
/// Records that no detector can see any more give their rows to later ones.
final class CircuitFrames {

    /// The most words of a program.
    private static final long SIZE_MAX = 1L << 29;

    private final FrameProgram.Builder builder;
    private final boolean detects;
    // By record, modulo the farthest look back if it detects.
    private final int[] records;
    private long measured;
    private final int[] observables;
    // What has happened in a chain of errors that exclude each other.
    private final int happens;
    private final int free;
    private final int spare;

    private CircuitFrames(Circuit circuit, boolean detects) throws QecFailure {
        long kept = detects ? circuit.lookback() : circuit.measurements();
        long outputs = detects ? circuit.detectors() + circuit.observables() : kept;
        if (Math.max(kept, outputs) * 32 + 64L * circuit.qubits() > Integer.MAX_VALUE - 8) {
            throw new QecFailure(
                    QecRule.SIZE,
                    "the circuit gives %d bits a shot, expected up to 2^26".formatted(outputs));
        }
        this.detects = detects;
        builder = new FrameProgram.Builder(circuit.qubits());
        for (int q = 0; q < circuit.qubits(); q++) builder.reset(q);
        happens = builder.row();
        free = builder.row();
        spare = builder.row();
        records = new int[Math.max(1, (int) kept)];
        for (int i = 0; i < records.length; i++) records[i] = builder.row();
        observables = new int[circuit.observables()];
        for (int i = 0; i < observables.length; i++) {
            observables[i] = builder.row();
            builder.clear(observables[i]);
        }
    }

    /// Detectors, and observables if asked for: whether they are flipped by noise.
    static FrameProgram detections(Circuit circuit, boolean observables) throws QecFailure {
        var frames = new CircuitFrames(circuit, true);
        frames.add(circuit);
        if (observables) for (int row : frames.observables) frames.builder.output(row);
        return frames.builder.build();
    }

    /// The record of measurements.
    static FrameProgram measurements(Circuit circuit, BitSet reference) throws QecFailure {
        var frames = new CircuitFrames(circuit, false);
        frames.add(circuit);
        for (int i = 0; i < frames.measured; i++) {
            if (reference.get(i)) frames.builder.invert(frames.records[i]);
            frames.builder.output(frames.records[i]);
        }
        return frames.builder.build();
    }

    private void add(Circuit circuit) throws QecFailure {
        for (CircuitItem item : circuit.items()) {
            switch (item) {
                case CircuitInstruction instruction -> add(instruction);
                case RepeatBlock block -> {
                    for (long turn = 0; turn < block.count(); turn++) {
                        add(block.body());
                        if (builder.size() > SIZE_MAX) {
                            throw new QecFailure(
                                    QecRule.SIZE, "the circuit is too long for a sampler");
                        }
                    }
                }
            }
        }
    }

    private void add(CircuitInstruction instruction) throws QecFailure {
        switch (instruction.gate().kind()) {
            case UNITARY_1, UNITARY_2 -> unitary(instruction);
            case ROTATION, MEASURE_PRODUCT -> {
                for (int at = 0; at < instruction.targetCount(); ) {
                    int end = instruction.productEnd(at);
                    int[] letters = LetterProduct.of(instruction.targets(), at, end).letters();
                    if (instruction.gate().kind() == Gate.Kind.ROTATION) rotate(letters);
                    else measure(letters, instruction.chance());
                    at = end;
                }
            }
            case RESET -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    reset(instruction.gate(), Target.value(instruction.target(i)));
                }
            }
            case MEASURE, MEASURE_RESET -> {
                for (int i = 0; i < instruction.targetCount(); i++) single(instruction, i);
            }
            case MEASURE_PAIR -> {
                char basis = instruction.gate().basis();
                for (int i = 0; i < instruction.targetCount(); i += 2) {
                    int[] letters = {
                        Target.pauli(basis, Target.value(instruction.target(i))),
                        Target.pauli(basis, Target.value(instruction.target(i + 1)))
                    };
                    measure(letters, instruction.chance());
                }
            }
            case PAD -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    int row = nextRecord();
                    builder.clear(row);
                    builder.flip(row, instruction.chance());
                }
            }
            case NOISE_1, NOISE_2 -> noise(instruction);
            case CORRELATED -> correlated(instruction);
            case HERALDED -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    herald(instruction, Target.value(instruction.target(i)));
                }
            }
            case DETECTOR -> detector(instruction);
            case OBSERVABLE -> observable(instruction);
            case ANNOTATION -> {}
        }
    }

    private int nextRecord() {
        return records[(int) (measured++ % records.length)];
    }

    private int record(CircuitInstruction instruction, int target) throws QecFailure {
        int back = Target.value(target);
        if (back > measured) {
            throw new QecFailure(
                    QecRule.LOOKBACK,
                    "%s comes after %d measurements and refers to %s"
                            .formatted(instruction.gate(), measured, Target.text(target)));
        }
        return records[(int) ((measured - back) % records.length)];
    }

    private void unitary(CircuitInstruction instruction) throws QecFailure {
        Gate gate = instruction.gate();
        var word = CliffordWord.of(gate);
        int stride = gate.isPaired() ? 2 : 1;
        for (int i = 0; i < instruction.targetCount(); i += stride) {
            int a = instruction.target(i);
            int b = instruction.target(i + stride - 1);
            if (Target.isBit(a) || Target.isBit(b)) {
                feedback(instruction, a, b);
                continue;
            }
            for (CliffordWord.Step step : word) apply(step, Target.value(a), Target.value(b));
        }
    }

    private void feedback(CircuitInstruction instruction, int a, int b) throws QecFailure {
        boolean first = Target.isBit(a);
        if (first && Target.isBit(b)) return;
        int bit = first ? a : b;
        if (!Target.isRecord(bit)) return;
        int row = record(instruction, bit);
        int q = Target.value(first ? b : a);
        Gate gate = instruction.gate();
        if (gate != Gate.CZ) builder.xor(builder.rowX(q), row);
        if (gate == Gate.CZ || gate == Gate.CY || gate == Gate.YCZ) {
            builder.xor(builder.rowZ(q), row);
        }
    }

    private void apply(CliffordWord.Step step, int a, int b) {
        switch (step) {
            case X_A, X_B, Z_A, Z_B -> {}
            case H_A -> builder.h(a);
            case H_B -> builder.h(b);
            case S_A -> builder.s(a);
            case S_B -> builder.s(b);
            case V_A -> builder.sx(a);
            case V_B -> builder.sx(b);
            case CX_AB -> builder.cnot(a, b);
            case CX_BA -> builder.cnot(b, a);
            case CZ -> builder.cz(a, b);
            case SWAP -> builder.swap(a, b);
        }
    }

    /// Makes a row the shots whose frame anticommutes with a Pauli product.
    private void anticommuting(int row, int[] letters) {
        int[] parts = new int[2 * letters.length];
        int count = 0;
        for (int letter : letters) {
            int q = Target.value(letter);
            if (Target.hasX(letter)) parts[count++] = builder.rowZ(q);
            if (Target.hasZ(letter)) parts[count++] = builder.rowX(q);
        }
        builder.sum(row, java.util.Arrays.copyOf(parts, count));
    }

    /// Multiplies the frames of the shots of a row by a Pauli product.
    private void multiply(int[] letters, int row) {
        for (int letter : letters) {
            int q = Target.value(letter);
            if (Target.hasX(letter)) builder.xor(builder.rowX(q), row);
            if (Target.hasZ(letter)) builder.xor(builder.rowZ(q), row);
        }
    }

    private void rotate(int[] letters) {
        anticommuting(spare, letters);
        multiply(letters, spare);
    }

    private void measure(int[] letters, double chance) {
        int row = nextRecord();
        anticommuting(row, letters);
        builder.random(spare);
        multiply(letters, spare);
        builder.flip(row, chance);
    }

    private void single(CircuitInstruction instruction, int i) {
        Gate gate = instruction.gate();
        int q = Target.value(instruction.target(i));
        int row = nextRecord();
        boolean resets = gate.kind() == Gate.Kind.MEASURE_RESET;
        if (gate.basis() == 'Y') {
            builder.sum(row, builder.rowX(q), builder.rowZ(q));
            if (!resets) {
                builder.random(spare);
                builder.xor(builder.rowX(q), spare);
                builder.xor(builder.rowZ(q), spare);
            }
        } else if (resets) {
            builder.copy(row, gate.basis() == 'Z' ? builder.rowX(q) : builder.rowZ(q));
        } else if (gate.basis() == 'Z') {
            builder.measureZ(q, row);
        } else {
            builder.measureX(q, row);
        }
        if (resets) reset(gate, q);
        builder.flip(row, instruction.chance());
    }

    private void reset(Gate gate, int q) {
        int x = builder.rowX(q);
        int z = builder.rowZ(q);
        switch (gate.basis()) {
            case 'X' -> {
                builder.clear(z);
                builder.random(x);
            }
            case 'Y' -> {
                builder.random(x);
                builder.copy(z, x);
            }
            default -> builder.reset(q);
        }
    }

    private void noise(CircuitInstruction instruction) {
        Gate gate = instruction.gate();
        int stride = gate.isPaired() ? 2 : 1;
        double chance = instruction.chance();
        for (int i = 0; i < instruction.targetCount(); i += stride) {
            int a = Target.value(instruction.target(i));
            int b = Target.value(instruction.target(i + stride - 1));
            if (gate == Gate.DEPOLARIZE1) builder.depolarize(a, chance);
            else if (gate == Gate.DEPOLARIZE2) builder.depolarize(a, b, chance);
            else if (gate == Gate.PAULI_CHANNEL_1) pauliChannel(instruction, a);
            else if (gate == Gate.PAULI_CHANNEL_2) pauliChannel(instruction, a, b);
            else if (gate.basis() == 'X') builder.flip(builder.rowX(a), chance);
            else if (gate.basis() == 'Z') builder.flip(builder.rowZ(a), chance);
            else if (gate.basis() == 'Y') builder.pauliChannel(a, 0, chance, 0);
        }
    }

    private void pauliChannel(CircuitInstruction instruction, int q) {
        builder.pauliChannel(
                q, instruction.argument(0), instruction.argument(1), instruction.argument(2));
    }

    private void pauliChannel(CircuitInstruction instruction, int a, int b) {
        startChain();
        double left = 1;
        for (int k = 1; k < 16; k++) {
            double chance = instruction.argument(k - 1);
            if (!next(chance, left)) continue;
            left -= chance;
            letter(a, k >> 2);
            letter(b, k & 3);
        }
    }

    /// Multiplies the frames of the shots where it happens by a letter: 1 X, 2 Y, 3 Z.
    private void letter(int q, int letter) {
        if (letter == 1 || letter == 2) builder.xor(builder.rowX(q), happens);
        if (letter == 2 || letter == 3) builder.xor(builder.rowZ(q), happens);
    }

    private void startChain() {
        builder.clear(free);
        builder.invert(free);
    }

    /// Draws one of several errors that exclude each other; false if it cannot happen.
    ///
    /// @param left the chance that none of those before happens
    private boolean next(double chance, double left) {
        if (chance <= 0 || left <= 0) return false;
        builder.clear(happens);
        builder.flip(happens, Math.min(1, chance / left));
        builder.and(happens, free);
        builder.xor(free, happens);
        return true;
    }

    private void correlated(CircuitInstruction instruction) {
        if (instruction.gate() == Gate.E) startChain();
        if (next(instruction.chance(), 1)) multiply(instruction.targets(), happens);
    }

    private void herald(CircuitInstruction instruction, int q) {
        int row = nextRecord();
        builder.clear(row);
        if (instruction.gate() == Gate.HERALDED_ERASE) {
            builder.flip(row, instruction.chance());
            for (int part : new int[] {builder.rowX(q), builder.rowZ(q)}) {
                builder.random(spare);
                builder.and(spare, row);
                builder.xor(part, spare);
            }
            return;
        }
        startChain();
        double left = 1;
        for (int letter = 0; letter < 4; letter++) {
            double chance = instruction.argument(letter);
            if (!next(chance, left)) continue;
            left -= chance;
            builder.xor(row, happens);
            letter(q, letter);
        }
    }

    private void detector(CircuitInstruction instruction) throws QecFailure {
        int[] rows = new int[instruction.targetCount()];
        for (int i = 0; i < rows.length; i++) rows[i] = record(instruction, instruction.target(i));
        if (!detects) return;
        int row = builder.row();
        builder.sum(row, rows);
        builder.output(row);
    }

    private void observable(CircuitInstruction instruction) throws QecFailure {
        int row = observables[(int) instruction.argument(0)];
        for (int i = 0; i < instruction.targetCount(); i++) {
            int target = instruction.target(i);
            if (Target.isRecord(target)) {
                builder.xor(row, record(instruction, target));
                continue;
            }
            anticommuting(spare, new int[] {target});
            builder.xor(row, spare);
        }
    }
}
