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
import org.qmk.sim.StabilizerState;

/// The record of one noiseless run of a circuit, in which random outcomes are 0 and sweep bits are
/// 0. Turns of a loop that bring back the state and the records in sight are not run again.
public final class ReferenceSample {

    /// The most bits that are kept.
    private static final long BITS_MAX = 1L << 32;

    private static final long FOLD_FROM = 64;
    private static final int PERIOD_MAX = 8;

    private final StabilizerState state;
    private final int lookback;
    private final BitSet bits = new BitSet();
    private int count;

    private ReferenceSample(Circuit circuit) {
        state = new StabilizerState(circuit.qubits());
        lookback = circuit.lookback();
    }

    /// The bits that are 1.
    ///
    /// @throws QecFailure if a record is before the first, or if there are too many measurements
    public static BitSet of(Circuit circuit) throws QecFailure {
        if (circuit.measurements() > Math.min(BITS_MAX, Integer.MAX_VALUE)) {
            throw new QecFailure(
                    QecRule.SIZE,
                    "the circuit has %d measurements, expected up to 2^31"
                            .formatted(circuit.measurements()));
        }
        var sample = new ReferenceSample(circuit);
        sample.run(circuit);
        return sample.bits;
    }

    private void run(Circuit circuit) throws QecFailure {
        for (CircuitItem item : circuit.items()) {
            switch (item) {
                case CircuitInstruction instruction -> run(instruction);
                case RepeatBlock block -> run(block);
            }
        }
    }

    /// At turns that are powers of 2, the state is noted, and the next few turns are compared.
    private void run(RepeatBlock block) throws QecFailure {
        long measured = block.body().measurements();
        StabilizerState.Stabilizers noted = null;
        long notedAt = 0;
        int notedCount = 0;
        for (long turn = 0; turn < block.count(); turn++) {
            if (turn >= FOLD_FROM && Long.bitCount(turn) == 1) {
                noted = state.stabilizers();
                notedAt = turn;
                notedCount = count;
            } else if (noted != null && turn <= notedAt + PERIOD_MAX) {
                if (sameRecords(notedCount) && noted.holdIn(state)) {
                    long period = turn - notedAt;
                    long jumps = (block.count() - turn) / period;
                    repeatRecords((int) (period * measured), jumps);
                    turn += jumps * period - 1;
                    noted = null;
                    continue;
                }
            }
            run(block.body());
        }
    }

    private boolean sameRecords(int then) {
        if (then < lookback) return false;
        for (int back = 1; back <= lookback; back++) {
            if (bits.get(then - back) != bits.get(count - back)) return false;
        }
        return true;
    }

    private void repeatRecords(int length, long times) {
        for (long time = 0; time < times; time++) {
            for (int i = 0; i < length; i++) {
                if (bits.get(count - length)) bits.set(count);
                count++;
            }
        }
    }

    private void record(boolean bit) {
        if (bit) bits.set(count);
        count++;
    }

    private void run(CircuitInstruction instruction) throws QecFailure {
        Gate gate = instruction.gate();
        switch (gate.kind()) {
            case UNITARY_1 -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    int q = Target.value(instruction.target(i));
                    for (CliffordWord.Step step : CliffordWord.of(gate)) apply(step, q, q);
                }
            }
            case UNITARY_2 -> {
                for (int i = 0; i < instruction.targetCount(); i += 2) {
                    pair(gate, instruction.target(i), instruction.target(i + 1));
                }
            }
            case ROTATION -> {
                int turns = gate == Gate.SPP ? 1 : 3;
                for (int at = 0; at < instruction.targetCount(); ) {
                    int end = instruction.productEnd(at);
                    LetterProduct product = LetterProduct.of(instruction.targets(), at, end);
                    state.quarterTurns(letters(product), product.negative(), turns);
                    at = end;
                }
            }
            case RESET, MEASURE, MEASURE_RESET -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    collapse(gate, instruction.target(i));
                }
            }
            case MEASURE_PAIR -> {
                for (int i = 0; i < instruction.targetCount(); i += 2) {
                    int a = instruction.target(i);
                    int b = instruction.target(i + 1);
                    int[] letters = {letter(gate, a), letter(gate, b)};
                    record(state.measure(letters, Target.isInverted(a) ^ Target.isInverted(b)));
                }
            }
            case MEASURE_PRODUCT -> {
                for (int at = 0; at < instruction.targetCount(); ) {
                    int end = instruction.productEnd(at);
                    LetterProduct product = LetterProduct.of(instruction.targets(), at, end);
                    record(state.measure(letters(product), product.negative()));
                    at = end;
                }
            }
            case PAD -> {
                for (int i = 0; i < instruction.targetCount(); i++) {
                    record(Target.value(instruction.target(i)) == 1);
                }
            }
            case HERALDED -> count += instruction.targetCount();
            case NOISE_1, NOISE_2, CORRELATED, DETECTOR, OBSERVABLE, ANNOTATION -> {}
        }
    }

    private static int letter(Gate gate, int target) {
        char basis = gate.basis();
        return StabilizerState.letter(Target.value(target), basis != 'Z', basis != 'X');
    }

    private static int[] letters(LetterProduct product) {
        int[] targets = product.letters();
        int[] letters = new int[targets.length];
        for (int i = 0; i < targets.length; i++) {
            int target = targets[i];
            letters[i] =
                    StabilizerState.letter(
                            Target.value(target), Target.hasX(target), Target.hasZ(target));
        }
        return letters;
    }

    private void collapse(Gate gate, int target) {
        int[] letters = {letter(gate, target)};
        boolean one = state.measure(letters, false);
        if (gate.kind() != Gate.Kind.RESET) record(one ^ Target.isInverted(target));
        if (gate.kind() == Gate.Kind.MEASURE || !one) return;
        boolean x = gate.basis() != 'X';
        state.pauli(StabilizerState.letter(Target.value(target), x, !x));
    }

    private void pair(Gate gate, int a, int b) throws QecFailure {
        if (!Target.isBit(a) && !Target.isBit(b)) {
            for (CliffordWord.Step step : CliffordWord.of(gate)) {
                apply(step, Target.value(a), Target.value(b));
            }
            return;
        }
        if (Target.isBit(a) && Target.isBit(b)) return;
        int bit = Target.isBit(a) ? a : b;
        int q = Target.value(Target.isBit(a) ? b : a);
        if (!Target.isRecord(bit)) return;
        int back = Target.value(bit);
        if (back > count) {
            throw new QecFailure(
                    QecRule.LOOKBACK,
                    "%s comes after %d measurements and refers to %s"
                            .formatted(gate, count, Target.text(bit)));
        }
        if (!bits.get(count - back)) return;
        boolean x = gate != Gate.CZ;
        boolean z = gate == Gate.CZ || gate == Gate.CY || gate == Gate.YCZ;
        state.pauli(StabilizerState.letter(q, x, z));
    }

    private void apply(CliffordWord.Step step, int a, int b) {
        switch (step) {
            case X_A -> state.pauli(StabilizerState.letter(a, true, false));
            case X_B -> state.pauli(StabilizerState.letter(b, true, false));
            case Z_A -> state.pauli(StabilizerState.letter(a, false, true));
            case Z_B -> state.pauli(StabilizerState.letter(b, false, true));
            case H_A -> state.h(a);
            case H_B -> state.h(b);
            case S_A -> state.s(a);
            case S_B -> state.s(b);
            case V_A -> state.sx(a);
            case V_B -> state.sx(b);
            case CX_AB -> state.cnot(a, b);
            case CX_BA -> state.cnot(b, a);
            case CZ -> state.cz(a, b);
            case SWAP -> state.swap(a, b);
        }
    }
}
