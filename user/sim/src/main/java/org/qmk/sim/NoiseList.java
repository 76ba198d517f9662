package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Opcode;

/// The errors that a noise model puts behind the steps of a program, in columns.
///
/// An epoch is a layer of the program's shortest schedule: each operation takes one, and begins as
/// soon as its qubits and the events that it depends on are there. What happens to a qubit while it
/// waits for its next operation is put right behind its last one. What happens to a qubit that is
/// then discarded, or never used again, is left out: nothing can show it.
final class NoiseList {

    enum Kind {
        /// A Pauli channel on one slot.
        PAULI,
        /// One of 15 Pauli products on two slots, equally likely.
        DEPOLARIZE_2,
        /// Amplitude damping of one slot.
        DECAY,
        /// What somebody else draws for one slot.
        PATCH,
        /// The step's event is told wrongly.
        FLIP
    }

    /// No errors: what a program without noise has.
    static final NoiseList NONE = new NoiseList();

    private static final Kind[] KINDS = Kind.values();

    private int size;
    private byte[] kinds = new byte[16];
    private int[] firsts = new int[16];
    private int[] seconds = new int[16];
    private int[] epochs = new int[16];
    private double[] chances = new double[16];
    private PauliChannel[] channels = new PauliChannel[16];
    private int patchCount;
    private PatchErrors patches;
    // By step; empty where there is no noise at all.
    private int[] ends = {};
    private int[] gateEnds = {};

    private NoiseList() {}

    static NoiseList of(StepList steps, NoiseModel model) {
        if (model.isNone()) return NONE;
        var list = new NoiseList();
        list.fill(steps, model, new EpochLayers(steps));
        return list;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /// The chance that a shot has an error other than a wrong outcome, and so goes its own way.
    double chanceOfAny() {
        double logarithm = 0;
        for (int error = 0; error < size; error++) {
            if (kind(error) != Kind.FLIP) logarithm += StrictMath.log1p(-chances[error]);
        }
        return -StrictMath.expm1(logarithm);
    }

    /// Runs of the program that so many shots take: those without errors share theirs until a draw
    /// divides them, the others have one each, of which they share half on average.
    ///
    /// @param draws of two outcomes each on the way
    double runs(long shots, int draws) {
        double any = chanceOfAny();
        double shared = Math.min(shots * (1 - any), Math.scalb(1.0, Math.min(draws, 62)));
        return Math.max(1, shared) + (any == 0 ? 0 : shots * any / 2);
    }

    /// The errors behind a step are those from `start` to `end`.
    int start(int step) {
        return step == 0 || ends.length == 0 ? 0 : ends[step - 1];
    }

    int end(int step) {
        return ends.length == 0 ? 0 : ends[step];
    }

    /// Those up to here are the operation's own and happen only if it does; the others come with
    /// time.
    int ownEnd(int step) {
        return ends.length == 0 ? 0 : gateEnds[step];
    }

    Kind kind(int error) {
        return KINDS[kinds[error]];
    }

    /// The slot, the first of two slots, or the event.
    int first(int error) {
        return firsts[error];
    }

    /// The second slot of a `DEPOLARIZE_2`.
    int second(int error) {
        return seconds[error];
    }

    /// The number of a `PATCH` among those of the program.
    int patch(int error) {
        return seconds[error];
    }

    /// The epochs of a `PATCH`.
    int epochs(int error) {
        return epochs[error];
    }

    int patchCount() {
        return patchCount;
    }

    /// Who draws the patches; only where there are some.
    PatchErrors patches() {
        return patches;
    }

    /// The chance of a `DEPOLARIZE_2` or `FLIP`, about that of a `PATCH`, or the damping of a
    /// `DECAY`.
    double chance(int error) {
        return chances[error];
    }

    /// The channel of a `PAULI`.
    PauliChannel channel(int error) {
        return channels[error];
    }

    private void fill(StepList steps, NoiseModel model, EpochLayers layers) {
        ends = new int[steps.size()];
        gateEnds = new int[steps.size()];
        for (int step = 0; step < steps.size(); step++) {
            boolean last = step + 1 == steps.size() || steps.node(step + 1) != steps.node(step);
            own(steps, step, last, model);
            gateEnds[step] = size;
            for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
                int count = layers.epochsAfter(i);
                if (count == 0) continue;
                int slot = steps.slotAt(i);
                pauli(slot, model.epoch().times(count));
                if (model.damping() > 0) decay(slot, model.damping(), count);
                if (model.patches().isPresent()) patch(slot, model.patches().get(), count);
            }
            ends[step] = size;
        }
    }

    /// The errors of the operation itself; of one of several steps, behind the last.
    private void own(StepList steps, int step, boolean last, NoiseModel model) {
        switch (steps.act(step)) {
            case MEASURE, MEASURE_ANGLE -> flip(steps.event(step), model.measure());
            case ALLOC, RESET -> {
                Opcode opcode = steps.graph().opcode(steps.node(step));
                if (opcode == Opcode.ALLOC_LQ || opcode == Opcode.RESET) {
                    pauli(steps.slot(step, 0), new PauliChannel(model.reset(), 0, 0));
                }
            }
            case ROTATE,
                    H,
                    S,
                    SDG,
                    SX,
                    SXDG,
                    T,
                    TDG,
                    CNOT,
                    CZ,
                    SWAP,
                    ISWAP,
                    ISWAPDG,
                    CCZ,
                    TOFFOLI -> {
                if (last) gate(steps, step, model);
            }
            case FREE,
                    PAULI,
                    EVENT_CONST,
                    EVENT_NOT,
                    EVENT_XOR,
                    EVENT_AND,
                    EVENT_OR,
                    EVENT_SELECT -> {}
        }
    }

    private void gate(StepList steps, int step, NoiseModel model) {
        int qubits = steps.slotEnd(step) - steps.slotStart(step);
        if (qubits == 1) {
            pauli(steps.slot(step, 0), model.gate1());
        } else if (qubits == 2) {
            if (model.gate2() == 0) return;
            int error = add(Kind.DEPOLARIZE_2, steps.slot(step, 0), model.gate2());
            seconds[error] = steps.slot(step, 1);
        } else {
            PauliChannel each = PauliChannel.depolarizing(model.gate2());
            for (int place = 0; place < qubits; place++) pauli(steps.slot(step, place), each);
        }
    }

    private void pauli(int slot, PauliChannel channel) {
        if (channel.any() == 0) return;
        int error = add(Kind.PAULI, slot, channel.any());
        channels[error] = channel;
    }

    private void decay(int slot, double damping, int epochs) {
        double kept = epochs == 1 ? 1 - damping : StrictMath.pow(1 - damping, epochs);
        add(Kind.DECAY, slot, 1 - kept);
    }

    private void patch(int slot, PatchErrors errors, int count) {
        int error = add(Kind.PATCH, slot, errors.chance(count));
        patches = errors;
        epochs[error] = count;
        seconds[error] = patchCount++;
    }

    private void flip(int event, double chance) {
        if (chance > 0) add(Kind.FLIP, event, chance);
    }

    private int add(Kind kind, int first, double chance) {
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            firsts = Arrays.copyOf(firsts, 2 * size);
            seconds = Arrays.copyOf(seconds, 2 * size);
            epochs = Arrays.copyOf(epochs, 2 * size);
            chances = Arrays.copyOf(chances, 2 * size);
            channels = Arrays.copyOf(channels, 2 * size);
        }
        kinds[size] = (byte) kind.ordinal();
        firsts[size] = first;
        chances[size] = chance;
        return size++;
    }
}
