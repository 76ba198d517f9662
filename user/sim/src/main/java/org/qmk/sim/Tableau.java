package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Invariant;

/// A stabilizer state as an inverse tableau: with U the Clifford operation that made the state
/// from all slots 0, the row of each X and Z of a slot is U^-1 X U or U^-1 Z U, a signed Pauli
/// product over the slots as they were at the start.
///
/// The inverse form is Stim's (Gidney, arXiv:2103.02202, section 3.2): a gate changes the rows
/// of its own slots, and a measurement is certain if its row has no X part. Here a random
/// measurement is done on the rows as they lie, without transposing: one masked pass over them.
///
/// In `bits`, a row is its X words and then its Z words. The last row is for products.
final class Tableau implements ShotState<Tableau> {

    /// The longest array that every Java machine makes.
    private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

    private final StepList steps;
    private final int slots;
    private final int words;
    private final long[] bits;
    private final boolean[] signs;
    // Row numbers by slot.
    private final int[] rowX;
    private final int[] rowZ;
    private final int product;
    // Work space of collapse: the other X bits of the product, and which words they lie in.
    private final long[] others;
    private final int[] touched;

    private Tableau(StepList steps) {
        this.steps = steps;
        slots = steps.slotsPeak();
        words = Math.max(1, slots + 63 >>> 6);
        product = 2 * slots;
        bits = new long[Math.multiplyExact(2 * slots + 1, 2 * words)];
        signs = new boolean[2 * slots + 1];
        rowX = new int[slots];
        rowZ = new int[slots];
        others = new long[words];
        touched = new int[words];
    }

    static Tableau of(StepList steps) {
        var tableau = new Tableau(steps);
        tableau.clear();
        return tableau;
    }

    /// The bytes that a tableau of so many slots takes.
    static long bytes(int slots) {
        return (2L * slots + 1) * Math.max(1, slots + 63 >>> 6) * 16;
    }

    /// Whether the rows of so many slots fit an array.
    static boolean fits(int slots) {
        return bytes(slots) / Long.BYTES <= ARRAY_MAX;
    }

    @Override
    public void clear() {
        Arrays.fill(bits, 0);
        Arrays.fill(signs, false);
        for (int slot = 0; slot < slots; slot++) {
            rowX[slot] = 2 * slot;
            rowZ[slot] = 2 * slot + 1;
            bits[xWords(2 * slot) + (slot >>> 6)] = 1L << slot;
            bits[zWords(2 * slot + 1) + (slot >>> 6)] = 1L << slot;
        }
    }

    @Override
    public Tableau fresh() {
        return new Tableau(steps);
    }

    @Override
    public void copyFrom(Tableau other) {
        System.arraycopy(other.bits, 0, bits, 0, bits.length);
        System.arraycopy(other.signs, 0, signs, 0, signs.length);
        System.arraycopy(other.rowX, 0, rowX, 0, slots);
        System.arraycopy(other.rowZ, 0, rowZ, 0, slots);
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
        switch (steps.act(step)) {
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
        switch (steps.act(step)) {
            case MEASURE -> multiplyLetters(step);
            case MEASURE_ANGLE -> angleRow(step);
            case FREE, RESET -> {
                return chanceOfOneDiscarding(steps.slot(step, 0));
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
        return chance(product);
    }

    @Override
    public void settle(int step, boolean one) {
        if (!isCertain(product)) collapse(one);
        Act act = steps.act(step);
        if (one && (act == Act.FREE || act == Act.RESET)) {
            signs[rowZ[steps.slot(step, 0)]] ^= true;
        }
    }

    private int xWords(int row) {
        return row * 2 * words;
    }

    private int zWords(int row) {
        return row * 2 * words + words;
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
        if (x) signs[rowZ[slot]] ^= true;
        if (z) signs[rowX[slot]] ^= true;
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

    /// Makes the row `product` that of the step's signed Pauli product.
    private void multiplyLetters(int step) {
        clearProduct();
        int power = steps.isNegative(step) ? 2 : 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i);
            if (steps.hasX(i)) power += multiply(product, rowX[slot]);
            if (steps.hasZ(i)) power += multiply(product, rowZ[slot]);
            if (steps.hasX(i) && steps.hasZ(i)) power++; // Y = i X Z
        }
        signs[product] = sign(power);
    }

    /// Makes the row `product` that of Z, X, -Z or -X, for 0 to 3 quarter turns.
    private void angleRow(int step) {
        int slot = steps.slot(step, 0);
        int turns = QuarterTurns.of(steps.angle(step)).orElseThrow();
        copyToProduct((turns & 1) == 0 ? rowZ[slot] : rowX[slot]);
        if (turns >= 2) signs[product] ^= true;
    }

    private void copyToProduct(int row) {
        System.arraycopy(bits, xWords(row), bits, xWords(product), 2 * words);
        signs[product] = signs[row];
    }

    private void clearProduct() {
        Arrays.fill(bits, xWords(product), xWords(product) + 2 * words, 0);
        signs[product] = false;
    }

    /// A qubit that is not entangled has a Pauli operator that is certain: turned to Z, it can be
    /// discarded without a draw.
    private double chanceOfOneDiscarding(int slot) {
        copyToProduct(rowZ[slot]);
        if (isCertain(product)) return chance(product);
        if (isCertain(rowX[slot])) {
            hadamard(slot);
            copyToProduct(rowZ[slot]);
            return chance(product);
        }
        multiply(product, rowX[slot]); // Y, but for its sign
        if (isCertain(product)) {
            times(rowX[slot], rowZ[slot], 1);
            hadamard(slot);
        }
        copyToProduct(rowZ[slot]);
        return chance(product);
    }

    private boolean isCertain(int row) {
        int start = xWords(row);
        for (int i = start; i < start + words; i++) if (bits[i] != 0) return false;
        return true;
    }

    private double chance(int row) {
        if (!isCertain(row)) return 0.5;
        return signs[row] ? 1 : 0;
    }

    /// Multiplies a row by another from the right and by i^power, which must come to a sign.
    private void times(int row, int by, int power) {
        signs[row] ^= sign(multiply(row, by) + power);
    }

    private static boolean sign(int power) {
        Invariant.hold((power & 1) == 0, "a product of commuting rows has a sign");
        return (power & 2) != 0;
    }

    /// Multiplies the letters of a row by those of another from the right. Returns the power of
    /// i that the product gets from the letters and from the other row's sign.
    private int multiply(int row, int by) {
        int letters = multiply(bits, xWords(row), xWords(by), words);
        return letters + (signs[by] ? 2 : 0);
    }

    /// With a Hermitian product written i^|x and z| X^x Z^z, exchanging Z^z and X^x' costs
    /// (-1)^|z and x'|.
    private static int multiply(long[] bits, int row, int by, int words) {
        int power = 0;
        for (int i = 0; i < words; i++) {
            long x = bits[row + i];
            long z = bits[row + words + i];
            long byX = bits[by + i];
            long byZ = bits[by + words + i];
            long newX = x ^ byX;
            long newZ = z ^ byZ;
            bits[row + i] = newX;
            bits[row + words + i] = newZ;
            power += Long.bitCount(x & z) + Long.bitCount(byX & byZ);
            power += 2 * Long.bitCount(z & byX) - Long.bitCount(newX & newZ);
        }
        return power;
    }

    /// Makes the row `product`, which has an X part, certain with the given value.
    ///
    /// Operations put before U that keep the state 0 change the rows and not the state. CNOTs from
    /// one slot of the X part to the others leave X or Y there alone; the measurement then turns
    /// that slot from the state 0 to an eigenstate of X or Y, which a quarter turn, put before U
    /// too, brings back to Z.
    private void collapse(boolean one) {
        int base = xWords(product);
        int pivotWord = 0;
        while (bits[base + pivotWord] == 0) pivotWord++;
        long pivotBit = Long.lowestOneBit(bits[base + pivotWord]);
        int touchedCount = 0;
        for (int word = 0; word < words; word++) {
            others[word] = bits[base + word];
            if (word == pivotWord) others[word] ^= pivotBit;
            if (others[word] != 0 || word == pivotWord) touched[touchedCount++] = word;
        }
        long parity = 0;
        for (int i = 0; i < touchedCount; i++) {
            parity ^= bits[base + words + touched[i]] & others[touched[i]];
        }
        boolean pivotZ = (bits[base + words + pivotWord] & pivotBit) != 0;
        boolean pivotY = pivotZ != ((Long.bitCount(parity) & 1) != 0);
        collapseRow(product, touchedCount, pivotWord, pivotBit, pivotY);
        boolean flips = signs[product] != one;
        for (int row = 0; row < 2 * slots; row++) {
            collapseRow(row, touchedCount, pivotWord, pivotBit, pivotY);
            if (flips && (bits[zWords(row) + pivotWord] & pivotBit) != 0) signs[row] ^= true;
        }
        signs[product] = one;
    }

    /// What the operations put before U do to one row.
    private void collapseRow(
            int row, int touchedCount, int pivotWord, long pivotBit, boolean pivotY) {
        int x = xWords(row);
        int z = zWords(row);
        long parity = 0;
        for (int i = 0; i < touchedCount; i++) {
            parity ^= bits[z + touched[i]] & others[touched[i]];
        }
        boolean odd = (Long.bitCount(parity) & 1) != 0;
        boolean pivotX = (bits[x + pivotWord] & pivotBit) != 0;
        if (pivotX || odd)
            controlledNots(row, touchedCount, pivotX, odd ? pivotWord : -1, pivotBit);
        boolean pivotZ = (bits[z + pivotWord] & pivotBit) != 0;
        if (pivotX && pivotY) {
            if (!pivotZ) signs[row] ^= true; // S turns X to -Y, Y to X
            pivotZ = !pivotZ;
            bits[z + pivotWord] ^= pivotBit;
        }
        if (pivotX && pivotZ) signs[row] ^= true; // H turns Y to -Y
        if (pivotX != pivotZ) {
            bits[x + pivotWord] ^= pivotBit;
            bits[z + pivotWord] ^= pivotBit;
        }
    }

    /// CNOTs from the pivot to the others. They change no sign of X^x Z^z; the sign of the
    /// Hermitian product changes with every second Y that comes or goes.
    private void controlledNots(
            int row, int touchedCount, boolean pivotX, int oddWord, long pivotBit) {
        int x = xWords(row);
        int z = zWords(row);
        int lettersY = 0;
        for (int i = 0; i < touchedCount; i++) {
            int word = touched[i];
            long oldX = bits[x + word];
            long oldZ = bits[z + word];
            long newX = pivotX ? oldX ^ others[word] : oldX;
            long newZ = word == oddWord ? oldZ ^ pivotBit : oldZ;
            bits[x + word] = newX;
            bits[z + word] = newZ;
            lettersY += Long.bitCount(oldX & oldZ) - Long.bitCount(newX & newZ);
        }
        if ((lettersY & 2) != 0) signs[row] ^= true;
    }
}
