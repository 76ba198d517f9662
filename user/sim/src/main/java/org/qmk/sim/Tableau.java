package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Invariant;

/// A stabilizer state as an inverse tableau: with U the Clifford operation that made the state
/// from all slots 0, the row of each X and Z of a slot is U^-1 X U or U^-1 Z U, a signed Pauli
/// product over the slots as they were at the start.
///
/// The inverse form is Stim's (Gidney, arXiv:2103.02202, section 3.2): a gate changes the rows
/// of its own slots, and a measurement is certain if its row has no X part. A random measurement
/// would change all rows. Here it waits instead: the product found joins `settled`, and what U acts
/// on is the state 0 projected on these products. Gates change U only, so that it may wait through
/// gates too, and at the end of a program for ever. `Collapse` makes all that wait certain in one
/// sweep when a product comes that anticommutes with one of them, or when looking through them has
/// cost as much as the sweep.
final class Tableau implements ShotState<Tableau> {

    /// The longest array that every Java machine makes.
    private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

    private static final byte X = 1;
    private static final byte Z = 2;
    private static final byte MIXED = 4;

    /// Up to so many pivots, looking for the first beats looking at all.
    private static final int FEW = 8;

    private final StepList steps;
    private final int slots;
    private final int words;
    // The last row, `product`, is for products.
    private final PauliRows rows;
    private final int product;
    // Row numbers by slot.
    private final int[] rowX;
    private final int[] rowZ;
    // Products that are 1 in the state that U acts on. They commute, and each has an X part at its
    // pivot, where later ones have none.
    private final PauliRows settled;
    private int settledCount;
    private int[] pivots = new int[8];
    private final long[] pivotMask;
    // By column: where in `settled` the product is whose pivot it is.
    private final int[] places;
    // By slot: the one letter that was measured there since `settled` was empty, 1 for X, 2 for Z,
    // 3 for Y, or MIXED.
    private final byte[] letters;
    // Whether a gate other than a Pauli came since `settled` was empty: letters then say nothing.
    private boolean isStale;
    // The work of looking through `settled`, in words.
    private long searched;
    private Collapse collapse;

    private Tableau(StepList steps) {
        this.steps = steps;
        slots = steps.slotsPeak();
        words = PauliRows.words(slots);
        product = 2 * slots;
        rows = new PauliRows(2 * slots + 1, words);
        rowX = new int[slots];
        rowZ = new int[slots];
        settled = new PauliRows(0, words);
        pivotMask = new long[words];
        places = new int[64 * words];
        letters = new byte[slots];
    }

    static Tableau of(StepList steps) {
        var tableau = new Tableau(steps);
        tableau.clear();
        return tableau;
    }

    /// The bytes that a tableau of so many slots takes at most.
    static long bytes(int slots) {
        return PauliRows.bytes(3L * slots + 1, slots);
    }

    /// Whether the rows of so many slots fit an array.
    static boolean fits(int slots) {
        return PauliRows.bytes(2L * slots + 2, slots) / Long.BYTES <= ARRAY_MAX;
    }

    @Override
    public void clear() {
        rows.clear();
        for (int slot = 0; slot < slots; slot++) {
            rowX[slot] = 2 * slot;
            rowZ[slot] = 2 * slot + 1;
            rows.setX(2 * slot, slot);
            rows.setZ(2 * slot + 1, slot);
        }
        forget();
    }

    @Override
    public Tableau fresh() {
        return new Tableau(steps);
    }

    @Override
    public void copyFrom(Tableau other) {
        rows.copyFrom(other.rows, 2 * slots + 1);
        System.arraycopy(other.rowX, 0, rowX, 0, slots);
        System.arraycopy(other.rowZ, 0, rowZ, 0, slots);
        makeRoom(other.settledCount);
        settled.copyFrom(other.settled, other.settledCount);
        settledCount = other.settledCount;
        System.arraycopy(other.pivots, 0, pivots, 0, settledCount);
        System.arraycopy(other.pivotMask, 0, pivotMask, 0, words);
        System.arraycopy(other.places, 0, places, 0, places.length);
        System.arraycopy(other.letters, 0, letters, 0, slots);
        isStale = other.isStale;
        searched = other.searched;
    }

    @Override
    public long copyBytes() {
        return bytes(slots);
    }

    @Override
    public void setWidth(int width) {
        Invariant.hold(width <= slots, "every slot has its rows from the start");
    }

    @Override
    public void apply(int step) {
        int a = steps.slotEnd(step) > steps.slotStart(step) ? steps.slot(step, 0) : 0;
        Act act = steps.act(step);
        if (act != Act.PAULI && act != Act.ALLOC) isStale = settledCount > 0;
        switch (act) {
            case PAULI -> pauli(step);
            case ROTATE -> rotate(step);
            case H -> hadamard(a);
            case S -> times(rowX[a], rowZ[a], 3);
            case SDG -> times(rowX[a], rowZ[a], 1);
            case SX -> times(rowZ[a], rowX[a], 3);
            case SXDG -> times(rowZ[a], rowX[a], 1);
            case CNOT -> {
                int b = steps.slot(step, 1);
                times(rowX[a], rowX[b], 0);
                times(rowZ[b], rowZ[a], 0);
            }
            case CZ -> controlledZ(a, steps.slot(step, 1));
            case SWAP -> swap(a, steps.slot(step, 1));
            case ISWAP -> {
                int b = steps.slot(step, 1);
                times(rowX[a], rowZ[a], 3);
                times(rowX[b], rowZ[b], 3);
                controlledZ(a, b);
                swap(a, b);
            }
            case ISWAPDG -> {
                int b = steps.slot(step, 1);
                swap(a, b);
                controlledZ(a, b);
                times(rowX[a], rowZ[a], 1);
                times(rowX[b], rowZ[b], 1);
            }
            case ALLOC -> {}
            case T, TDG, CCZ, TOFFOLI ->
                    throw new IllegalArgumentException(steps.act(step) + " is not Clifford");
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
            case MEASURE -> {
                multiplyLetters(step);
                if (!isReduced(lettersAgree(step))) {
                    sweep();
                    multiplyLetters(step);
                }
                yield chance();
            }
            case MEASURE_ANGLE -> {
                int slot = steps.slot(step, 0);
                int turns = QuarterTurns.of(steps.angle(step)).orElseThrow();
                boolean alongX = (turns & 1) != 0;
                double chance = alongX ? chanceOfX(slot) : chanceOfZ(slot);
                if (turns < 2) yield chance;
                rows.addPhase(product, 2);
                yield 1 - chance;
            }
            case FREE, RESET -> chanceOfOneDiscarding(steps.slot(step, 0));
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
        int pivot = rows.firstX(product);
        if (pivot >= 0) postpone(step, one, pivot);
        Act act = steps.act(step);
        if (one && (act == Act.FREE || act == Act.RESET)) {
            rows.addPhase(rowZ[steps.slot(step, 0)], 2);
        }
    }

    private void hadamard(int slot) {
        int row = rowX[slot];
        rowX[slot] = rowZ[slot];
        rowZ[slot] = row;
    }

    private void controlledZ(int a, int b) {
        times(rowX[a], rowZ[b], 0);
        times(rowX[b], rowZ[a], 0);
    }

    private void swap(int a, int b) {
        int row = rowX[a];
        rowX[a] = rowX[b];
        rowX[b] = row;
        row = rowZ[a];
        rowZ[a] = rowZ[b];
        rowZ[b] = row;
    }

    private void pauli(int step) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            applyLetter(steps.slotAt(i), steps.hasX(i), steps.hasZ(i));
        }
    }

    @Override
    public void applyLetter(int slot, boolean x, boolean z) {
        if (x) rows.addPhase(rowZ[slot], 2);
        if (z) rows.addPhase(rowX[slot], 2);
    }

    @Override
    public double weightOfOne(int slot) {
        throw new UnsupportedOperationException("amplitude damping leaves no stabilizer state");
    }

    @Override
    public void decay(int slot, double damping, boolean decayed) {
        throw new UnsupportedOperationException("amplitude damping leaves no stabilizer state");
    }

    /// With V = exp(-i pi/4 P), V^-1 Q V is i P Q for every Q that P does not commute with.
    private void rotate(int step) {
        int turns = QuarterTurns.of(steps.angle(step)).orElseThrow();
        if (turns == 0) return;
        if (turns == 2) {
            pauli(step);
            return;
        }
        multiplyLetters(step);
        int power = turns == 1 ? 3 : 1; // i P Q = -i Q P
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i);
            if (steps.hasX(i)) times(rowZ[slot], product, power);
            if (steps.hasZ(i)) times(rowX[slot], product, power);
        }
    }

    /// Multiplies a row by another from the right and by i^power, which must come to a sign.
    private void times(int row, int by, int power) {
        rows.multiply(row, rows, by, power);
    }

    /// Makes the row `product` that of the step's signed Pauli product.
    private void multiplyLetters(int step) {
        rows.clear(product);
        int power = steps.isNegative(step) ? 2 : 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i);
            if (steps.hasX(i)) times(product, rowX[slot], 0);
            if (steps.hasZ(i)) times(product, rowZ[slot], 0);
            if (steps.hasX(i) && steps.hasZ(i)) power++; // Y = i X Z
        }
        rows.addPhase(product, power);
    }

    /// A qubit that is not entangled has a Pauli operator that is certain: turned to Z, it can be
    /// discarded without a draw.
    private double chanceOfOneDiscarding(int slot) {
        double chance = chanceOfZ(slot);
        if (chance != 0.5) return chance;
        if (chanceOfX(slot) != 0.5) {
            isStale = settledCount > 0;
            hadamard(slot);
        } else if (chanceOfY(slot) != 0.5) {
            isStale = settledCount > 0;
            times(rowX[slot], rowZ[slot], 1);
            hadamard(slot);
        }
        return chanceOfZ(slot);
    }

    private double chanceOfZ(int slot) {
        rows.copy(product, rows, rowZ[slot]);
        if (!isReduced(!isStale && (letters[slot] & ~Z) == 0)) {
            sweep();
            rows.copy(product, rows, rowZ[slot]);
        }
        return chance();
    }

    private double chanceOfX(int slot) {
        rows.copy(product, rows, rowX[slot]);
        if (!isReduced(!isStale && (letters[slot] & ~X) == 0)) {
            sweep();
            rows.copy(product, rows, rowX[slot]);
        }
        return chance();
    }

    private double chanceOfY(int slot) {
        for (boolean again = false; ; again = true) {
            rows.copy(product, rows, rowX[slot]);
            times(product, rowZ[slot], 1);
            if (again || isReduced(false)) return chance();
            sweep();
        }
    }

    private double chance() {
        if (rows.firstX(product) >= 0) return 0.5;
        Invariant.hold((rows.phase(product) & 1) == 0, "a product of Z has a sign");
        return rows.phase(product) == 0 ? 0 : 1;
    }

    /// Whether no product that waits has a letter where the step's product has another.
    private boolean lettersAgree(int step) {
        if (isStale) return false;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            byte waiting = letters[steps.slotAt(i)];
            if (waiting != 0 && waiting != letter(i)) return false;
        }
        return true;
    }

    private byte letter(int slotIndex) {
        return (byte) ((steps.hasX(slotIndex) ? X : 0) | (steps.hasZ(slotIndex) ? Z : 0));
    }

    /// Multiplies `product` by products that wait until it has an X part at no pivot: then it is
    /// certain if it has no X part. False if it anticommutes with one of them, or if it is time to
    /// sweep.
    ///
    /// @param commutes whether it is known to commute with all that wait
    private boolean isReduced(boolean commutes) {
        if (settledCount == 0) return true;
        if (!commutes) {
            if (searched > sweepWork()) return false;
            for (int i = 0; i < settledCount; i++) {
                searched += 2 * words;
                if (rows.anticommute(product, settled, i)) return false;
            }
        }
        reduce();
        return true;
    }

    /// Each product that is multiplied clears its own pivot, and may set those of later ones.
    private void reduce() {
        int next = 0;
        while (rows.countX(product, pivotMask) <= FEW) {
            next = firstToMultiply();
            if (next == settledCount) return;
            multiplySettled(next++);
        }
        for (int i = next; i < settledCount; i++) {
            if (rows.hasX(product, pivots[i])) multiplySettled(i);
        }
    }

    private int firstToMultiply() {
        int first = settledCount;
        int x = rows.xWords(product);
        for (int w = 0; w < words; w++) {
            for (long rest = rows.bits()[x + w] & pivotMask[w]; rest != 0; rest &= rest - 1) {
                first = Math.min(first, places[64 * w + Long.numberOfTrailingZeros(rest)]);
            }
        }
        return first;
    }

    private void multiplySettled(int i) {
        rows.multiply(product, settled, i, 0);
        if (isStale) searched += 2 * words;
    }

    /// About what a sweep costs, in words looked at.
    private long sweepWork() {
        return (1 + settledCount / 16) * 4L * slots * words;
    }

    private void postpone(int step, boolean one, int pivot) {
        makeRoom(settledCount + 1);
        settled.copy(settledCount, rows, product);
        if (one) settled.addPhase(settledCount, 2);
        places[pivot] = settledCount;
        pivots[settledCount++] = pivot;
        pivotMask[pivot >>> 6] |= 1L << pivot;
        Act act = steps.act(step);
        boolean single = act != Act.MEASURE;
        boolean alongX =
                act == Act.MEASURE_ANGLE
                        && (QuarterTurns.of(steps.angle(step)).orElseThrow() & 1) != 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            byte letter = letter(i);
            if (single) letter = alongX ? X : Z;
            int slot = steps.slotAt(i);
            letters[slot] = letters[slot] == 0 || letters[slot] == letter ? letter : MIXED;
        }
    }

    private void makeRoom(int count) {
        if (count > settled.capacity()) {
            settled.grow(Math.max(count, Math.min(slots, 2 * settled.capacity())));
        }
        if (count > pivots.length) pivots = Arrays.copyOf(pivots, settled.capacity());
    }

    /// Makes what waits certain.
    private void sweep() {
        if (collapse == null) collapse = new Collapse(words);
        for (int from = 0; from < settledCount; from += Collapse.SIZE_MAX) {
            int to = Math.min(settledCount, from + Collapse.SIZE_MAX);
            collapse.take(settled, pivots, from, to);
            collapse.sweep(rows, 0, 2 * slots);
            collapse.sweep(settled, to, settledCount);
        }
        forget();
    }

    private void forget() {
        settledCount = 0;
        Arrays.fill(pivotMask, 0);
        Arrays.fill(letters, (byte) 0);
        isStale = false;
        searched = 0;
    }
}
