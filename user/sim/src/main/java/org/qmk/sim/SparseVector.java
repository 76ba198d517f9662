package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;

/// The non-zero amplitudes of a state, in double precision.
///
/// Gates that map basis states to basis states wait in a list and are then applied in one pass.
/// Every other gate is a sum of the identity and a Pauli product, each with a factor: it mixes each
/// entry with the one whose key differs by the product's X part.
///
/// An amplitude that such a gate makes is dropped if its squared modulus is below `CANCELLED` times
/// what the squared moduli of the two that it was made of, and of the factors, allow. This takes
/// away what rounding leaves where amplitudes cancel. It moves the state by less than 2^-42 of its
/// norm for each such gate, whatever the number of entries: 1e6 gates are off by at most 2.3e-7,
/// and in practice by far less.
final class SparseVector implements ShotState<SparseVector> {

    private static final double CANCELLED = 0x1p-84;

    /// Chances below this are taken for 0, as in the dense state.
    private static final double CHANCE_MIN = 0x1p-54;

    private static final double DETERMINANT_MAX = 1e-14;
    private static final double HALF_ROOT = Math.sqrt(0.5);

    /// Entries that stay in the nearest cache while all waiting gates go over them.
    private static final int BLOCK = 1 << 10;

    private static final int WAITING_MAX = 1 << 12;

    private final StepList steps;
    private final long bytesMax;
    private final int words;
    private final SparseEntries entries;
    private final PartnerIndex index = new PartnerIndex();
    private final List<SparsePass> waiting = new ArrayList<>();
    private double normZero;
    private double normOne;
    // What the state went over, in entries; for estimates.
    private long work;
    private int peak = 1;

    private SparseVector(StepList steps, long bytesMax) {
        this.steps = steps;
        this.bytesMax = bytesMax;
        entries = new SparseEntries(steps.slotsPeak(), bytesMax);
        words = entries.words();
    }

    /// @param bytesMax what the state may come to take
    static SparseVector of(StepList steps, long bytesMax) {
        var state = new SparseVector(steps, bytesMax);
        state.clear();
        return state;
    }

    /// The entries, with every gate applied.
    SparseEntries entries() {
        flush();
        return entries;
    }

    /// How many entries all passes so far went over, searches counted as some passes.
    long work() {
        return work;
    }

    int peak() {
        return peak;
    }

    @Override
    public void clear() {
        waiting.clear();
        entries.clear();
    }

    @Override
    public SparseVector fresh() {
        return new SparseVector(steps, bytesMax);
    }

    @Override
    public void copyFrom(SparseVector other) {
        other.flush();
        waiting.clear();
        entries.copyFrom(other.entries);
        normZero = other.normZero;
        normOne = other.normOne;
    }

    @Override
    public long copyBytes() {
        return SparseEntries.bytes(entries.size(), steps.slotsPeak());
    }

    /// Slots that fall away are 0 in every key, and new ones too.
    @Override
    public void setWidth(int width) {}

    @Override
    public void apply(int step) {
        try {
            gate(step);
        } catch (SparseEntries.FullException full) {
            throw refused(step, full);
        }
    }

    private void gate(int step) {
        switch (steps.act(step)) {
            case PAULI -> {
                // A factor of the whole state is left out: -i Z for Z, X Z for Y.
                long[] z = maskZ(step);
                if (!isZero(z)) pass(new SparsePass.Turn(z, 0, 1));
                long[] x = maskX(step);
                if (!isZero(x)) pass(new SparsePass.Flip(x));
            }
            case ROTATE -> {
                double c = StrictMath.cos(steps.angle(step) / 2);
                double s = StrictMath.sin(steps.angle(step) / 2);
                rotate(maskX(step), maskZ(step), c, steps.isNegative(step) ? -s : s);
            }
            case H -> {
                // H = (1 - i Y) Z / sqrt 2
                long[] bit = mask(steps.slot(step, 0));
                pass(new SparsePass.Turn(bit, 0, 1));
                mix(bit, bit, HALF_ROOT, 0, 0, -HALF_ROOT);
            }
            case S -> phase(step, 0, 1);
            case SDG -> phase(step, 0, -1);
            case SX -> mix(mask(steps.slot(step, 0)), new long[words], 0.5, 0.5, 0.5, -0.5);
            case SXDG -> mix(mask(steps.slot(step, 0)), new long[words], 0.5, -0.5, 0.5, 0.5);
            case T -> phase(step, HALF_ROOT, HALF_ROOT);
            case TDG -> phase(step, HALF_ROOT, -HALF_ROOT);
            case CZ, CCZ -> phase(step, -1, 0);
            case CNOT, TOFFOLI -> {
                int last = steps.slotEnd(step) - steps.slotStart(step) - 1;
                pass(
                        new SparsePass.Toggle(
                                steps.slot(step, 0),
                                steps.slot(step, last - 1),
                                steps.slot(step, last)));
            }
            case SWAP -> pass(new SparsePass.Exchange(steps.slot(step, 0), steps.slot(step, 1)));
            case ISWAP -> exchangeTurned(step, 1);
            case ISWAPDG -> exchangeTurned(step, -1);
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
        try {
            return switch (steps.act(step)) {
                case MEASURE -> {
                    pauliNorms(maskX(step), maskZ(step), steps.isNegative(step));
                    yield chance();
                }
                case MEASURE_ANGLE -> {
                    turnToZ(step);
                    pauliNorms(new long[words], mask(steps.slot(step, 0)), false);
                    yield chance();
                }
                case FREE, RESET -> chanceOfOneDiscarding(mask(steps.slot(step, 0)));
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
        } catch (SparseEntries.FullException full) {
            throw refused(step, full);
        }
    }

    @Override
    public void settle(int step, boolean one) {
        double scale = 1 / Math.sqrt(one ? normOne : normZero);
        long[] slot = mask(steps.slot(step, 0));
        try {
            switch (steps.act(step)) {
                case MEASURE ->
                        project(maskX(step), maskZ(step), one != steps.isNegative(step), scale);
                case MEASURE_ANGLE -> {
                    project(new long[words], slot, one, scale);
                    turn(step, 1);
                }
                case FREE, RESET -> {
                    project(new long[words], slot, one, scale);
                    if (one) pass(new SparsePass.Flip(slot));
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
        } catch (SparseEntries.FullException full) {
            throw refused(step, full);
        }
    }

    @Override
    public void applyLetter(int slot, boolean x, boolean z) {
        if (z) pass(new SparsePass.Turn(mask(slot), 0, 1));
        if (x) pass(new SparsePass.Flip(mask(slot)));
    }

    @Override
    public double weightOfOne(int slot) {
        pauliNorms(new long[words], mask(slot), false);
        return chance();
    }

    @Override
    public void decay(int slot, double damping, boolean decayed) {
        long[] bit = mask(slot);
        if (decayed) {
            project(new long[words], bit, true, 1 / Math.sqrt(normOne));
            pass(new SparsePass.Flip(bit));
            return;
        }
        double scale = 1 / Math.sqrt(normZero + (1 - damping) * normOne);
        scaleByZ(bit, scale, scale * Math.sqrt(1 - damping));
    }

    /// Turns a qubit so that Z then measures what the step measures; a minus sign is left out.
    void turnToZ(int step) {
        if (steps.act(step) == Act.MEASURE_ANGLE) {
            turn(step, -1);
            return;
        }
        int first = steps.slotStart(step);
        if (!steps.hasX(first)) return;
        long[] bit = mask(steps.slotAt(first));
        // Quarter turns: exp(i pi/4 Y) takes X to Z, exp(-i pi/4 X) takes Y to Z.
        if (steps.hasZ(first)) rotate(bit, new long[words], HALF_ROOT, HALF_ROOT);
        else rotate(bit, bit, HALF_ROOT, -HALF_ROOT);
    }

    private IllegalArgumentException refused(int step, SparseEntries.FullException full) {
        return new IllegalArgumentException(
                ("sparse: %s brings the state to %d non-zero amplitudes on %d qubits, which need"
                                + " %s, and it may take %s. Start Java with a larger heap (-Xmx),"
                                + " measure or uncompute earlier, or use another simulator.")
                        .formatted(
                                QuarterTurns.describe(steps.graph(), steps.node(step)),
                                full.entries(),
                                steps.slotsPeak(),
                                HeapMemory.bytesText(full.bytes()),
                                HeapMemory.bytesText(bytesMax)));
    }

    private void pass(SparsePass pass) {
        waiting.add(pass);
        if (waiting.size() == WAITING_MAX) flush();
    }

    private void flush() {
        if (waiting.isEmpty()) return;
        int size = entries.size();
        for (int from = 0; from < size; from += BLOCK) {
            int to = Math.min(from + BLOCK, size);
            for (SparsePass pass : waiting) pass.apply(entries, from, to);
        }
        work += (long) waiting.size() * size;
        waiting.clear();
    }

    private void phase(int step, double c, double s) {
        int last = steps.slotEnd(step) - 1;
        int first = steps.slotStart(step);
        int third = steps.slotAt(last);
        int second = steps.slotAt(Math.max(first, last - 1));
        pass(new SparsePass.Phase(steps.slotAt(first), second, third, c, s));
    }

    /// ISWAP is S on both, CZ and SWAP.
    private void exchangeTurned(int step, int turn) {
        int a = steps.slot(step, 0);
        int b = steps.slot(step, 1);
        pass(new SparsePass.Phase(a, a, a, 0, turn));
        pass(new SparsePass.Phase(b, b, b, 0, turn));
        pass(new SparsePass.Phase(a, b, b, -1, 0));
        pass(new SparsePass.Exchange(a, b));
    }

    /// RY(angle) or its inverse on the step's qubit.
    private void turn(int step, int sign) {
        long[] bit = mask(steps.slot(step, 0));
        double c = StrictMath.cos(steps.angle(step) / 2);
        rotate(bit, bit, c, sign * StrictMath.sin(steps.angle(step) / 2));
    }

    /// Applies c - i s P.
    private void rotate(long[] x, long[] z, double c, double s) {
        if (isZero(x)) pass(new SparsePass.Turn(z, c, s));
        else mix(x, z, c, 0, 0, -s);
    }

    /// Applies a + b P, P being the Pauli product of the masks, x not 0: the amplitude of k becomes
    /// a times itself plus b i^|x and z| (-1)^|k' and z| times that of k' = k xor x.
    private void mix(long[] x, long[] z, double aRe, double aIm, double bRe, double bIm) {
        flush();
        int size = entries.size();
        int[] partners = index.find(entries, x);
        boolean paired = partners.length > 0;
        int alone = size;
        if (paired) {
            for (int i = 0; i < size; i++) if (partners[i] != PartnerIndex.NONE) alone--;
        }
        entries.ensure((long) size + alone);
        work += (long) (paired ? 8 : 2) * size;
        int letters = letters(x, z);
        // b i^letters
        double re = (letters & 1) == 0 ? bRe : -bIm;
        double im = (letters & 1) == 0 ? bIm : bRe;
        if ((letters & 2) != 0) {
            re = -re;
            im = -im;
        }
        double nothing = CANCELLED * (aRe * aRe + aIm * aIm + re * re + im * im);
        boolean keeps = aRe * aRe + aIm * aIm >= nothing;
        boolean spreads = re * re + im * im >= nothing;
        for (int i = 0; i < size; i++) {
            int j = paired ? partners[i] : PartnerIndex.NONE;
            if (j == PartnerIndex.NONE) {
                double sign = entries.isOdd(i, z) ? -1 : 1;
                double a = entries.re()[i];
                double b = entries.im()[i];
                if (spreads) {
                    entries.append(i, x, sign * (re * a - im * b), sign * (re * b + im * a));
                }
                entries.re()[i] = keeps ? aRe * a - aIm * b : 0;
                entries.im()[i] = keeps ? aRe * b + aIm * a : 0;
            } else if (j > i) {
                mixPair(i, j, z, aRe, aIm, re, im, nothing);
            }
        }
        entries.dropZeros();
        peak = Math.max(peak, entries.size());
    }

    private void mixPair(
            int i, int j, long[] z, double aRe, double aIm, double bRe, double bIm, double share) {
        double[] re = entries.re();
        double[] im = entries.im();
        double a = re[i];
        double b = im[i];
        double c = re[j];
        double d = im[j];
        double fromI = entries.isOdd(i, z) ? -1 : 1;
        double fromJ = entries.isOdd(j, z) ? -1 : 1;
        double nothing = share * (a * a + b * b + c * c + d * d);
        set(
                i,
                aRe * a - aIm * b + fromJ * (bRe * c - bIm * d),
                aRe * b + aIm * a + fromJ * (bRe * d + bIm * c),
                nothing);
        set(
                j,
                aRe * c - aIm * d + fromI * (bRe * a - bIm * b),
                aRe * d + aIm * c + fromI * (bRe * b + bIm * a),
                nothing);
    }

    private void set(int entry, double real, double imaginary, double nothing) {
        boolean cancelled = real * real + imaginary * imaginary < nothing;
        entries.re()[entry] = cancelled ? 0 : real;
        entries.im()[entry] = cancelled ? 0 : imaginary;
    }

    /// Sets the squared norms of the parts in which the Pauli product is +1 and -1.
    private void pauliNorms(long[] x, long[] z, boolean negative) {
        flush();
        double plus = 0;
        double minus = 0;
        int size = entries.size();
        double[] re = entries.re();
        double[] im = entries.im();
        work += size;
        if (isZero(x)) {
            for (int i = 0; i < size; i++) {
                double weight = re[i] * re[i] + im[i] * im[i];
                if (entries.isOdd(i, z)) minus += weight;
                else plus += weight;
            }
        } else {
            int[] partners = index.find(entries, x);
            work += 6L * size;
            int letters = letters(x, z);
            for (int i = 0; i < size; i++) {
                double p = 0;
                double q = 0;
                int j = partners.length == 0 ? PartnerIndex.NONE : partners[i];
                if (j != PartnerIndex.NONE) {
                    int turn = letters + (entries.isOdd(j, z) ? 2 : 0) & 3;
                    p = turned(re[j], im[j], turn);
                    q = turned(im[j], -re[j], turn);
                }
                // Of a pair both are counted; of one alone the other half would be its partner's.
                double half = j == PartnerIndex.NONE ? 0.5 : 0.25;
                plus += half * ((re[i] + p) * (re[i] + p) + (im[i] + q) * (im[i] + q));
                minus += half * ((re[i] - p) * (re[i] - p) + (im[i] - q) * (im[i] - q));
            }
        }
        normZero = negative ? minus : plus;
        normOne = negative ? plus : minus;
    }

    /// The real part of i^turn (a + i b).
    private static double turned(double a, double b, int turn) {
        double part = (turn & 1) == 0 ? a : -b;
        return (turn & 2) == 0 ? part : -part;
    }

    private double chance() {
        double chance = normOne / (normZero + normOne);
        if (chance < CHANCE_MIN) return 0;
        return normZero / (normZero + normOne) < CHANCE_MIN ? 1 : chance;
    }

    private double chanceOfOneDiscarding(long[] bit) {
        pauliNorms(new long[words], bit, false);
        if (normZero == 0 || normOne == 0) return normOne > 0 ? 1 : 0;
        int[] partners = index.find(entries, bit);
        work += 6L * entries.size();
        double[] re = entries.re();
        double[] im = entries.im();
        double acrossRe = 0;
        double acrossIm = 0;
        for (int i = 0; i < (partners.length == 0 ? 0 : entries.size()); i++) {
            int j = partners[i];
            if (j == PartnerIndex.NONE || entries.isOdd(i, bit)) continue;
            acrossRe += re[j] * re[i] + im[j] * im[i];
            acrossIm += im[j] * re[i] - re[j] * im[i];
        }
        double norm = normZero + normOne;
        double determinant = normZero * normOne - acrossRe * acrossRe - acrossIm * acrossIm;
        if (determinant < DETERMINANT_MAX * norm * norm) return normOne > normZero ? 1 : 0;
        return chance();
    }

    /// Projects onto the part in which the Pauli product is -1 or +1, and multiplies by `scale`.
    private void project(long[] x, long[] z, boolean minus, double scale) {
        if (!isZero(x)) {
            mix(x, z, scale / 2, 0, minus ? -scale / 2 : scale / 2, 0);
            return;
        }
        scaleByZ(z, minus ? 0 : scale, minus ? scale : 0);
    }

    /// Multiplies entries with an even number of the bits of `z` by `even`, the others by `odd`.
    private void scaleByZ(long[] z, double even, double odd) {
        flush();
        double[] re = entries.re();
        double[] im = entries.im();
        for (int i = 0; i < entries.size(); i++) {
            double factor = entries.isOdd(i, z) ? odd : even;
            re[i] *= factor;
            im[i] *= factor;
        }
        work += 2L * entries.size();
        entries.dropZeros();
    }

    private long[] mask(int slot) {
        long[] mask = new long[words];
        mask[slot >>> 6] = 1L << slot;
        return mask;
    }

    private long[] maskX(int step) {
        long[] mask = new long[words];
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (steps.hasX(i)) mask[steps.slotAt(i) >>> 6] |= 1L << steps.slotAt(i);
        }
        return mask;
    }

    private long[] maskZ(int step) {
        long[] mask = new long[words];
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (steps.hasZ(i)) mask[steps.slotAt(i) >>> 6] |= 1L << steps.slotAt(i);
        }
        return mask;
    }

    private static int letters(long[] x, long[] z) {
        int letters = 0;
        for (int word = 0; word < x.length; word++) letters += Long.bitCount(x[word] & z[word]);
        return letters & 3;
    }

    private static boolean isZero(long[] mask) {
        for (long word : mask) if (word != 0) return false;
        return true;
    }
}
