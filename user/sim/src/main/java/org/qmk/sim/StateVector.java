package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Invariant;

/// Amplitudes in double precision, only those of the slots in use. Above them the arrays are 0, so
/// that a slot comes into use by looking at more of the arrays.
final class StateVector implements ShotState<StateVector>, SampledState {

    /// Slots that an int can index with room to spare.
    static final int WIDTH_MAX = 30;

    /// Chances below this are taken for 0: a number of 53 bits cannot tell them from it.
    private static final double CHANCE_MIN = 0x1p-54;

    /// A qubit whose reduced state has a determinant below this is taken for not entangled.
    private static final double DETERMINANT_MAX = 1e-14;

    private final StepList steps;
    private final double[] sums = new double[4];
    private double[] re;
    private double[] im;
    private int width;
    // Sums that chanceOfOne found: squared norms of the parts with value 0 and 1.
    private double normZero;
    private double normOne;

    private StateVector(StepList steps, int capacity) {
        this.steps = steps;
        re = new double[capacity];
        im = new double[capacity];
    }

    /// Room for all slots of the list.
    static StateVector of(StepList steps) {
        Invariant.hold(steps.slotsPeak() <= WIDTH_MAX, "the slots fit an index");
        var state = new StateVector(steps, 1 << steps.slotsPeak());
        state.clear();
        return state;
    }

    /// The bytes that a state of so many slots takes.
    static long bytes(int width) {
        return 16L << width;
    }

    double[] re() {
        return re;
    }

    double[] im() {
        return im;
    }

    private int size() {
        return 1 << width;
    }

    @Override
    public long length() {
        return size();
    }

    @Override
    public double[] cumulative(int shift) {
        return Amplitudes.cumulative(re, im, size(), shift);
    }

    @Override
    public double weight(long index) {
        int i = (int) index;
        return re[i] * re[i] + im[i] * im[i];
    }

    @Override
    public void clear() {
        Arrays.fill(re, 0, size(), 0);
        Arrays.fill(im, 0, size(), 0);
        width = 0;
        re[0] = 1;
    }

    @Override
    public StateVector fresh() {
        return new StateVector(steps, size());
    }

    @Override
    public void copyFrom(StateVector other) {
        int length = other.size();
        if (re.length < length) {
            re = new double[length];
            im = new double[length];
        } else if (size() > length) {
            Arrays.fill(re, length, size(), 0);
            Arrays.fill(im, length, size(), 0);
        }
        System.arraycopy(other.re, 0, re, 0, length);
        System.arraycopy(other.im, 0, im, 0, length);
        width = other.width;
        normZero = other.normZero;
        normOne = other.normOne;
    }

    @Override
    public long copyBytes() {
        return bytes(width);
    }

    @Override
    public void setWidth(int width) {
        this.width = width;
    }

    @Override
    public void apply(int step) {
        int length = size();
        switch (steps.act(step)) {
            case PAULI -> pauli(step, length);
            case ROTATE -> rotate(step, length);
            case H -> Amplitudes.hadamard(re, im, length, bit(step, 0));
            case S -> Amplitudes.phase(re, im, length, bit(step, 0), 0, 1);
            case SDG -> Amplitudes.phase(re, im, length, bit(step, 0), 0, -1);
            case SX -> Amplitudes.rootOfX(re, im, length, bit(step, 0), 1);
            case SXDG -> Amplitudes.rootOfX(re, im, length, bit(step, 0), -1);
            case T -> eighthTurn(length, bit(step, 0), 1);
            case TDG -> eighthTurn(length, bit(step, 0), -1);
            case CNOT -> {
                int control = bit(step, 0);
                int both = control | bit(step, 1);
                Amplitudes.exchange(re, im, length, both, control, both);
            }
            case CZ -> Amplitudes.flipSigns(re, im, length, bit(step, 0) | bit(step, 1));
            case SWAP -> {
                int a = bit(step, 0);
                int b = bit(step, 1);
                Amplitudes.exchange(re, im, length, a | b, a, b);
            }
            case ISWAP -> exchangeTurned(step, length, 1);
            case ISWAPDG -> exchangeTurned(step, length, -1);
            case CCZ ->
                    Amplitudes.flipSigns(
                            re, im, length, bit(step, 0) | bit(step, 1) | bit(step, 2));
            case TOFFOLI -> {
                int controls = bit(step, 0) | bit(step, 1);
                int all = controls | bit(step, 2);
                Amplitudes.exchange(re, im, length, all, controls, all);
            }
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
            case MEASURE -> {
                pauliNorms(step);
                yield chance();
            }
            case MEASURE_ANGLE -> {
                double c = halfAngleCosine(step);
                double s = halfAngleSine(step);
                Amplitudes.angleNorms(re, im, size(), bit(step, 0), c, s, sums);
                normZero = sums[0];
                normOne = sums[1];
                yield chance();
            }
            case FREE, RESET -> chanceOfOneDiscarding(bit(step, 0));
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
        double scale = 1 / Math.sqrt(one ? normOne : normZero);
        switch (steps.act(step)) {
            case MEASURE -> project(step, one, scale);
            case MEASURE_ANGLE -> {
                double c = halfAngleCosine(step);
                double s = halfAngleSine(step);
                double first = one ? s : c;
                double second = one ? -c : s;
                Amplitudes.projectAngle(re, im, size(), bit(step, 0), first, second, scale);
            }
            case FREE, RESET -> {
                int bit = bit(step, 0);
                if (!one && normOne == 0) return;
                Amplitudes.discard(re, im, size(), bit, one ? bit : 0, scale);
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
        int bit = 1 << slot;
        if (x && z) Amplitudes.pauli(re, im, size(), bit, bit);
        else if (x) Amplitudes.exchange(re, im, size(), bit, 0, bit);
        else Amplitudes.flipSigns(re, im, size(), bit);
    }

    @Override
    public double weightOfOne(int slot) {
        Amplitudes.pauliNormsZ(re, im, size(), 1 << slot, sums);
        normZero = sums[0];
        normOne = sums[1];
        return chance();
    }

    @Override
    public void decay(int slot, double damping, boolean decayed) {
        int bit = 1 << slot;
        if (decayed) {
            Amplitudes.discard(re, im, size(), bit, bit, 1 / Math.sqrt(normOne));
            return;
        }
        double scale = 1 / Math.sqrt(normZero + (1 - damping) * normOne);
        Amplitudes.projectZ(re, im, size(), bit, scale, scale * Math.sqrt(1 - damping));
    }

    @Override
    public void turnToZ(int step) {
        int bit = bit(step, 0);
        if (steps.act(step) == Act.MEASURE_ANGLE) {
            double c = halfAngleCosine(step);
            double s = halfAngleSine(step);
            Amplitudes.rotate(re, im, size(), bit, bit, c, -s);
            return;
        }
        if (maskX(step) == 0) return;
        if (maskZ(step) != 0) Amplitudes.phase(re, im, size(), bit, 0, -1);
        Amplitudes.hadamard(re, im, size(), bit);
    }

    private int bit(int step, int place) {
        return 1 << steps.slot(step, place);
    }

    private int maskX(int step) {
        int mask = 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (steps.hasX(i)) mask |= 1 << steps.slotAt(i);
        }
        return mask;
    }

    private int maskZ(int step) {
        int mask = 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (steps.hasZ(i)) mask |= 1 << steps.slotAt(i);
        }
        return mask;
    }

    private void pauli(int step, int length) {
        int x = maskX(step);
        int z = maskZ(step);
        if (x == 0 && Integer.bitCount(z) == 1) Amplitudes.flipSigns(re, im, length, z);
        else if (x == 0) Amplitudes.pauliZ(re, im, length, z);
        else if (z == 0 && Integer.bitCount(x) == 1) {
            Amplitudes.exchange(re, im, length, x, 0, x);
        } else Amplitudes.pauli(re, im, length, x, z);
    }

    private void rotate(int step, int length) {
        int x = maskX(step);
        int z = maskZ(step);
        double c = halfAngleCosine(step);
        double s = steps.isNegative(step) ? -halfAngleSine(step) : halfAngleSine(step);
        if (x == 0) Amplitudes.rotateZ(re, im, length, z, c, s);
        else Amplitudes.rotate(re, im, length, x, z, c, s);
    }

    private void eighthTurn(int length, int bit, int turn) {
        double half = Math.sqrt(0.5);
        Amplitudes.phase(re, im, length, bit, half, turn * half);
    }

    private void exchangeTurned(int step, int length, int turn) {
        int a = bit(step, 0);
        int b = bit(step, 1);
        Amplitudes.exchangeTurned(re, im, length, a | b, a, b, turn);
    }

    private double halfAngleCosine(int step) {
        return StrictMath.cos(steps.angle(step) / 2);
    }

    private double halfAngleSine(int step) {
        return StrictMath.sin(steps.angle(step) / 2);
    }

    private void pauliNorms(int step) {
        int x = maskX(step);
        int z = maskZ(step);
        if (x == 0) Amplitudes.pauliNormsZ(re, im, size(), z, sums);
        else Amplitudes.pauliNorms(re, im, size(), x, z, sums);
        normZero = steps.isNegative(step) ? sums[1] : sums[0];
        normOne = steps.isNegative(step) ? sums[0] : sums[1];
    }

    private double chance() {
        double chance = normOne / (normZero + normOne);
        if (chance < CHANCE_MIN) return 0;
        return normZero / (normZero + normOne) < CHANCE_MIN ? 1 : chance;
    }

    private double chanceOfOneDiscarding(int bit) {
        Amplitudes.reduced(re, im, size(), bit, sums);
        normZero = sums[0];
        normOne = sums[1];
        double norm = normZero + normOne;
        double determinant = normZero * normOne - sums[2] * sums[2] - sums[3] * sums[3];
        if (determinant < DETERMINANT_MAX * norm * norm) return normOne > normZero ? 1 : 0;
        return chance();
    }

    private void project(int step, boolean one, double scale) {
        int x = maskX(step);
        int z = maskZ(step);
        boolean minus = one != steps.isNegative(step);
        if (x == 0) {
            Amplitudes.projectZ(re, im, size(), z, minus ? 0 : scale, minus ? scale : 0);
        } else {
            Amplitudes.project(re, im, size(), x, z, minus ? -1 : 1, scale / 2);
        }
    }
}
