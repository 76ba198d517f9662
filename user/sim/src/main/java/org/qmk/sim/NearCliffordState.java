package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A state U (phi x 0): U is a Clifford operation, phi a product of dense vectors on some qubits,
/// the active ones, and the others are 0. Clifford gates change U alone.
///
/// A rotation about P is one of phi about U^-1 P U. If that has an X or Y on a qubit that is 0, an
/// operation put before U, one controlled by that qubit, leaves of it this letter alone: the qubit
/// becomes active with a vector of its own. Else vectors that the product touches become one. A
/// measurement that finds such a letter is a fair coin and changes U alone; one that finds none
/// takes one active qubit away.
///
/// Where vectors would become wider than is good, a rotation is put off instead: a spare qubit gets
/// the state of the angle, and phi is taken to be projected onto P Z of that qubit, which has a
/// chance of exactly a half (gate teleportation). Projections are made up for before a measurement
/// on the way that needs them; at the end, `ClusterSampler` draws again until they are fulfilled.
///
/// So vectors are as wide as the non-Clifford gates since the last
/// measurements make them, and never wider than their number.
final class NearCliffordState implements ShotState<NearCliffordState> {

    /// Chances below this are taken for 0, as in the dense state.
    private static final double CHANCE_MIN = 0x1p-54;

    /// Rotations that may be put off: each makes two draws of one.
    static final int SPARES_MAX = 12;

    private static final double EIGHTH = Math.PI / 4;
    private static final int X = 1 << StepList.LETTER_SHIFT;
    private static final int Z = 2 << StepList.LETTER_SHIFT;

    private final StepList steps;
    private final int slots;
    private final int qubits;
    private final int mergeMax;
    private final int heldMax;
    private final long bytesMax;
    private final CliffordFrame frame;
    // By qubit before U; empty where it is 0.
    private final DenseCore[] cores;
    private static final DenseCore NO_CORE = DenseCore.shadow(new int[0]);
    private double work;
    private double bytesPeak;
    private int widthPeak;

    private int spares;

    private NearCliffordState(StepList steps, int mergeMax, int heldMax, long bytesMax) {
        this.steps = steps;
        this.mergeMax = mergeMax;
        this.heldMax = heldMax;
        this.bytesMax = bytesMax;
        slots = steps.slotsPeak();
        qubits = mergeMax < DenseCore.QUBITS_MAX ? slots + SPARES_MAX : slots;
        frame = new CliffordFrame(slots, qubits);
        cores = new DenseCore[qubits];
        Arrays.fill(cores, NO_CORE);
    }

    /// A state that puts no rotation off.
    ///
    /// @param bytesMax what it may come to take
    static NearCliffordState of(StepList steps, long bytesMax) {
        return of(steps, DenseCore.QUBITS_MAX, bytesMax);
    }

    /// @param mergeMax the width that rotations make vectors at most, while spare qubits last
    /// @param bytesMax what it may come to take
    static NearCliffordState of(StepList steps, int mergeMax, long bytesMax) {
        return new NearCliffordState(steps, mergeMax, Integer.MAX_VALUE, bytesMax);
    }

    /// A state that keeps no vectors of more than `heldMax` qubits, but goes on to count what they
    /// would take. Chances that depend on them are taken for 0.5.
    static NearCliffordState pilot(StepList steps, int mergeMax, int heldMax) {
        return new NearCliffordState(steps, mergeMax, heldMax, Long.MAX_VALUE);
    }

    /// The work done so far: amplitudes gone over.
    double work() {
        return work;
    }

    /// The words of frame rows gone over so far.
    long frameWork() {
        return frame.work();
    }

    /// The most that all vectors took together.
    double bytesPeak() {
        return bytesPeak;
    }

    /// The qubits of the widest vector so far.
    int widthPeak() {
        return widthPeak;
    }

    CliffordFrame frame() {
        return frame;
    }

    /// The vectors, each once, in the order of their first qubits.
    List<DenseCore> cores() {
        List<DenseCore> found = new ArrayList<>();
        for (int qubit = 0; qubit < qubits; qubit++) {
            DenseCore core = cores[qubit];
            if (core.width() > 0 && core.qubit(0) == qubit) found.add(core);
        }
        return found;
    }

    boolean isActive(int qubit) {
        return cores[qubit].width() > 0;
    }

    @Override
    public void clear() {
        frame.clear();
        spares = 0;
        Arrays.fill(cores, NO_CORE);
    }

    @Override
    public NearCliffordState fresh() {
        return new NearCliffordState(steps, mergeMax, heldMax, bytesMax);
    }

    @Override
    public void copyFrom(NearCliffordState other) {
        frame.copyFrom(other.frame);
        spares = other.spares;
        Arrays.fill(cores, NO_CORE);
        for (DenseCore core : other.cores()) put(core.copy());
    }

    @Override
    public long copyBytes() {
        double bytes = CliffordFrame.bytes(slots) + coreBytes();
        return (long) Math.min(bytes, Long.MAX_VALUE / 4);
    }

    @Override
    public void setWidth(int width) {}

    @Override
    public void apply(int step) {
        int a = steps.slotEnd(step) > steps.slotStart(step) ? steps.slot(step, 0) : 0;
        switch (steps.act(step)) {
            case PAULI -> frame.pauli(letters(step));
            case ROTATE -> rotate(letters(step), steps.isNegative(step), steps.angle(step));
            case H -> frame.hadamard(a);
            case S -> frame.phase(a, false);
            case SDG -> frame.phase(a, true);
            case SX -> frame.rootOfX(a, false);
            case SXDG -> frame.rootOfX(a, true);
            case T -> rotate(new int[] {a | Z}, false, EIGHTH);
            case TDG -> rotate(new int[] {a | Z}, false, -EIGHTH);
            case CNOT -> frame.controlledX(a, steps.slot(step, 1));
            case CZ -> frame.controlledZ(a, steps.slot(step, 1));
            case SWAP -> frame.swap(a, steps.slot(step, 1));
            case ISWAP -> {
                int b = steps.slot(step, 1);
                frame.phase(a, false);
                frame.phase(b, false);
                frame.controlledZ(a, b);
                frame.swap(a, b);
            }
            case ISWAPDG -> {
                int b = steps.slot(step, 1);
                frame.swap(a, b);
                frame.controlledZ(a, b);
                frame.phase(a, true);
                frame.phase(b, true);
            }
            case CCZ -> bothControl(a | Z, steps.slot(step, 1) | Z, steps.slot(step, 2) | Z);
            case TOFFOLI -> bothControl(a | Z, steps.slot(step, 1) | Z, steps.slot(step, 2) | X);
            case ALLOC -> {}
            case FREE,
                    RESET,
                    MEASURE,
                    MEASURE_ANGLE,
                    EVENT_CONST,
                    EVENT_NOT,
                    EVENT_XOR,
                    EVENT_AND,
                    EVENT_OR,
                    EVENT_SELECT ->
                    throw new IllegalArgumentException(steps.act(step) + " is no gate");
        }
    }

    @Override
    public double chanceOfOne(int step) {
        return switch (steps.act(step)) {
            case MEASURE -> chance(settled(letters(step), steps.isNegative(step)));
            case MEASURE_ANGLE -> {
                turnToZ(step);
                yield weightOfOne(steps.slot(step, 0));
            }
            case FREE, RESET -> chanceDiscarding(steps.slot(step, 0));
            case ALLOC,
                    PAULI,
                    ROTATE,
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
                    TOFFOLI,
                    EVENT_CONST,
                    EVENT_NOT,
                    EVENT_XOR,
                    EVENT_AND,
                    EVENT_OR,
                    EVENT_SELECT ->
                    throw new IllegalArgumentException(steps.act(step) + " measures nothing");
        };
    }

    @Override
    public void settle(int step, boolean one) {
        switch (steps.act(step)) {
            case MEASURE -> collapse(frame.before(letters(step), steps.isNegative(step)), one);
            case MEASURE_ANGLE -> {
                int slot = steps.slot(step, 0);
                collapse(frame.rowZ(slot).copy(), one);
                rotate(new int[] {slot | X | Z}, false, steps.angle(step));
            }
            case FREE, RESET -> {
                int slot = steps.slot(step, 0);
                collapse(frame.rowZ(slot).copy(), one);
                if (one) frame.pauli(new int[] {slot | X});
            }
            case ALLOC,
                    PAULI,
                    ROTATE,
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
                    TOFFOLI,
                    EVENT_CONST,
                    EVENT_NOT,
                    EVENT_XOR,
                    EVENT_AND,
                    EVENT_OR,
                    EVENT_SELECT ->
                    throw new IllegalArgumentException(steps.act(step) + " measures nothing");
        }
    }

    @Override
    public void applyLetter(int slot, boolean x, boolean z) {
        frame.pauli(new int[] {slot | (x ? X : 0) | (z ? Z : 0)});
    }

    @Override
    public double weightOfOne(int slot) {
        return chance(settled(new int[] {slot | Z}, false));
    }

    @Override
    public void decay(int slot, double damping, boolean decayed) {
        int[] letters = {slot | Z};
        PauliRow p = frame.before(letters, false);
        if (decayed) {
            collapse(p, true);
            frame.pauli(new int[] {slot | X});
            return;
        }
        // diag(1, kept) is a sum of the identity and Z.
        double kept = Math.sqrt(1 - damping);
        double scale = 1 / Math.sqrt(1 - damping * chance(p));
        mix(p, 0.5 * scale * (1 + kept), 0.5 * scale * (1 - kept), 0);
        release(frame.before(letters, false));
    }

    /// Turns a qubit so that Z then measures what the step measures; a minus sign is left out.
    void turnToZ(int step) {
        int slot = steps.slot(step, 0);
        if (steps.act(step) == Act.MEASURE_ANGLE) {
            rotate(new int[] {slot | X | Z}, false, -steps.angle(step));
            return;
        }
        int first = steps.slotStart(step);
        if (!steps.hasX(first)) return;
        if (steps.hasZ(first)) frame.rootOfX(slot, false); // takes Y to Z
        else frame.hadamard(slot);
    }

    private int[] letters(int step) {
        int start = steps.slotStart(step);
        int[] letters = new int[steps.slotEnd(step) - start];
        for (int i = 0; i < letters.length; i++) {
            int letter = (steps.hasX(start + i) ? X : 0) | (steps.hasZ(start + i) ? Z : 0);
            letters[i] = steps.slotAt(start + i) | letter;
        }
        return letters;
    }

    private void rotate(int[] letters, boolean negative, double angle) {
        var turns = QuarterTurns.of(angle);
        if (turns.isPresent()) {
            frame.quarterTurns(letters, negative, turns.getAsInt());
            return;
        }
        PauliRow p = frame.before(letters, negative);
        turn(p, angle);
        release(frame.before(letters, negative));
    }

    /// Changes the sign where three commuting letters of different slots are all -1: a product of
    /// seven rotations, less where some product of the three is certain.
    private void bothControl(int a, int b, int c) {
        int[] all = {a, b, c};
        for (int i = 0; i < 3; i++) {
            PauliRow p = frame.before(new int[] {all[i]}, false);
            if (!isCertain(p)) continue;
            if (p.isNegative()) control(all[(i + 1) % 3], all[(i + 2) % 3]);
            return;
        }
        for (int i = 0; i < 3; i++) {
            int second = all[(i + 1) % 3];
            PauliRow p = frame.before(new int[] {all[i], second}, false);
            if (!isCertain(p)) continue;
            if (!p.isNegative()) control(second, all[(i + 2) % 3]);
            return;
        }
        PauliRow p = frame.before(all, false);
        if (isCertain(p)) {
            if (p.isNegative()) control(a, b);
            return;
        }
        for (int subset = 1; subset < 8; subset++) {
            int[] some = new int[Integer.bitCount(subset)];
            int count = 0;
            for (int i = 0; i < 3; i++) if ((subset >>> i & 1) != 0) some[count++] = all[i];
            turn(frame.before(some, false), count == 2 ? -EIGHTH : EIGHTH);
        }
        for (int letter : all) release(frame.before(new int[] {letter}, false));
    }

    /// Changes the sign where two letters, of which the first or both are Z, are both -1.
    private void control(int first, int second) {
        int a = first & StepList.SLOT_MASK;
        int b = second & StepList.SLOT_MASK;
        boolean firstX = (first & X) != 0;
        boolean secondX = (second & X) != 0;
        if (firstX) frame.controlledX(b, a);
        else if (secondX) frame.controlledX(a, b);
        else frame.controlledZ(a, b);
    }

    /// Whether a product has the value of its sign: it has nothing but Z on qubits that are 0.
    private boolean isCertain(PauliRow p) {
        if (zeroWithX(p) >= 0) return false;
        for (int qubit = 0; qubit < qubits; qubit++) {
            if (isActive(qubit) && (p.hasX(qubit) || p.hasZ(qubit))) return false;
        }
        return true;
    }

    /// A qubit that is 0 on which the product has X or Y; -1 if there is none.
    int zeroWithX(PauliRow p) {
        for (int word = 0; word < p.words(); word++) {
            for (long rest = p.x(word); rest != 0; rest &= rest - 1) {
                int qubit = 64 * word + Long.numberOfTrailingZeros(rest);
                if (!isActive(qubit)) return qubit;
            }
        }
        return -1;
    }

    /// Applies exp(-i angle/2 P) to phi.
    private void turn(PauliRow p, double angle) {
        boolean merges = zeroWithX(p) < 0 && !isCertain(p);
        if (merges && spares < qubits - slots && width(parts(p)) > mergeMax) {
            // The projection leaves 1 where P is 1 and exp(i angle) where P is -1.
            int spare = slots + spares++;
            double half = Math.sqrt(0.5);
            double c = half * StrictMath.cos(angle);
            put(DenseCore.of(spare, half, c, half * StrictMath.sin(angle)));
            frame.bind(p, spare);
            return;
        }
        mix(p, StrictMath.cos(angle / 2), 0, -StrictMath.sin(angle / 2));
    }

    /// Applies a + (re + i im) P, which keeps the norm, to phi.
    private void mix(PauliRow p, double a, double re, double im) {
        int qubit = zeroWithX(p);
        if (qubit >= 0) {
            boolean y = p.hasZ(qubit);
            PauliRow letter = PauliRow.letter(qubits, qubit, true, y);
            PauliRow others = letter.copy();
            others.times(p, 0);
            frame.controlBefore(PauliRow.letter(qubits, qubit, false, true), others);
            // X takes 0 to 1, Y takes it to i times 1.
            put(y ? DenseCore.of(qubit, a, -im, re) : DenseCore.of(qubit, a, re, im));
            count(0);
            return;
        }
        if (isCertain(p)) return;
        DenseCore core = merged(p);
        if (!core.isShadow()) {
            long masks = core.masks(p);
            double sign = p.isNegative() ? -1 : 1;
            core.mix((int) (masks >>> 32), (int) masks, a, 0, sign * re, sign * im);
        }
        count(core.width());
    }

    /// Makes qubits inactive, of those that a product touches, that are eigenstates of a letter.
    private void release(PauliRow p) {
        // A projection put off may touch the qubit.
        if (!frame.bound().isEmpty()) return;
        for (int qubit = 0; qubit < qubits; qubit++) {
            if (!isActive(qubit) || !p.hasX(qubit) && !p.hasZ(qubit)) continue;
            DenseCore core = cores[qubit];
            if (core.isShadow()) continue;
            int place = 0;
            while (core.qubit(place) != qubit) place++;
            int letter = core.eigenletter(place);
            if (letter == 0) continue;
            var certain = PauliRow.letter(qubits, qubit, (letter & 1) != 0, (letter & 2) != 0);
            collapse(certain, (letter & 4) != 0);
        }
    }

    private double chance(PauliRow p) {
        if (zeroWithX(p) >= 0) return 0.5;
        if (isCertain(p)) return p.isNegative() ? 1 : 0;
        DenseCore core = merged(p);
        count(core.width());
        if (core.isShadow()) return 0.5;
        long masks = core.masks(p);
        double chance = core.chanceOfMinus((int) (masks >>> 32), (int) masks, p.isNegative());
        if (chance < CHANCE_MIN) return 0;
        return 1 - chance < CHANCE_MIN ? 1 : chance;
    }

    /// A qubit that is not entangled and an eigenstate of a Pauli operator is turned to Z, so that
    /// nothing has to be drawn to discard it.
    private double chanceDiscarding(int slot) {
        if (isCertain(frame.rowZ(slot))) return weightOfOne(slot);
        if (isCertain(frame.rowX(slot))) {
            frame.hadamard(slot);
        } else if (isCertain(frame.before(new int[] {slot | X | Z}, false))) {
            frame.rootOfX(slot, false);
        }
        return weightOfOne(slot);
    }

    /// What a product is before U. If its value depends on active qubits, the projections that were
    /// put off are made first.
    private PauliRow settled(int[] letters, boolean negative) {
        PauliRow p = frame.before(letters, negative);
        if (frame.bound().isEmpty() || zeroWithX(p) >= 0 || isCertain(p)) return p;
        while (!frame.bound().isEmpty()) collapse(frame.bound().removeFirst(), false);
        return frame.before(letters, negative);
    }

    /// Makes a product certain with the given value.
    ///
    /// @param p not a row of the frame
    private void collapse(PauliRow p, boolean minus) {
        PauliRow value = p.copy();
        if (minus) value.negate();
        int qubit = zeroWithX(p);
        if (qubit >= 0) {
            frame.exchangeBefore(PauliRow.letter(qubits, qubit, false, true), value);
            return;
        }
        if (isCertain(p)) return;
        DenseCore core = merged(p);
        int place = place(core, p);
        qubit = core.qubit(place);
        boolean hasX = p.hasX(qubit);
        for (int active : core.qubits()) cores[active] = NO_CORE;
        DenseCore rest;
        if (core.isShadow()) {
            rest = shadowWithout(core, place);
        } else if (hasX) {
            long masks = core.masks(p);
            rest = core.projectedX(place, (int) (masks >>> 32), (int) masks, value.isNegative());
        } else {
            rest = core.projectedZ(place, (int) core.masks(p), value.isNegative());
        }
        if (rest.width() > 0) put(rest);
        count(core.width());
        PauliRow letter = PauliRow.letter(qubits, qubit, false, true);
        if (hasX) {
            frame.exchangeBefore(letter, value);
            return;
        }
        // X of the qubit where the rest of the product and the value are -1: it is 0 then.
        PauliRow others = letter;
        others.times(value, 0);
        PauliRow flip = PauliRow.letter(qubits, qubit, true, false);
        if (!others.isIdentity()) frame.controlBefore(others, flip);
        else if (others.isNegative()) frame.flipBefore(flip);
    }

    /// The highest place where a product has X or Y; where there is none, the highest with Z.
    private static int place(DenseCore core, PauliRow p) {
        for (int place = core.width() - 1; place >= 0; place--) {
            if (p.hasX(core.qubit(place))) return place;
        }
        int place = core.width() - 1;
        while (!p.hasZ(core.qubit(place))) place--;
        return place;
    }

    private static DenseCore shadowWithout(DenseCore core, int place) {
        int[] rest = new int[core.width() - 1];
        for (int i = 0; i < rest.length; i++) rest[i] = core.qubit(i < place ? i : i + 1);
        return DenseCore.shadow(rest);
    }

    /// The vectors that a product touches.
    private List<DenseCore> parts(PauliRow p) {
        List<DenseCore> parts = new ArrayList<>();
        for (int qubit = 0; qubit < qubits; qubit++) {
            DenseCore core = cores[qubit];
            if (core.width() == 0 || !p.hasX(qubit) && !p.hasZ(qubit)) continue;
            if (parts.contains(core)) continue;
            parts.add(core);
        }
        return parts;
    }

    private static int width(List<DenseCore> parts) {
        int width = 0;
        for (DenseCore part : parts) width += part.width();
        return width;
    }

    /// The one vector of all active qubits that a product touches.
    private DenseCore merged(PauliRow p) {
        List<DenseCore> parts = parts(p);
        int width = width(parts);
        if (parts.size() == 1) return parts.getFirst();
        DenseCore whole;
        if (width > heldMax || parts.stream().anyMatch(DenseCore::isShadow)) {
            int[] qubits = new int[width];
            int done = 0;
            for (DenseCore part : parts) {
                System.arraycopy(part.qubits(), 0, qubits, done, part.width());
                done += part.width();
            }
            whole = DenseCore.shadow(qubits);
        } else {
            double bytes = coreBytes() + DenseCore.bytes(Math.min(width, 59));
            NearCliffordSimulator.check(width, width, bytes, bytesMax);
            whole = DenseCore.product(parts.toArray(new DenseCore[0]));
        }
        put(whole);
        return whole;
    }

    private double coreBytes() {
        double bytes = 0;
        for (DenseCore core : cores()) bytes += Math.scalb(16.0, core.width());
        return bytes;
    }

    private void put(DenseCore core) {
        for (int qubit : core.qubits()) cores[qubit] = core;
    }

    private void count(int width) {
        work += Math.scalb(1.0, width);
        widthPeak = Math.max(widthPeak, width);
        if (heldMax < Integer.MAX_VALUE) bytesPeak = Math.max(bytesPeak, coreBytes());
    }
}
