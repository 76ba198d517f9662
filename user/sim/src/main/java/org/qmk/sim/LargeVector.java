package org.qmk.sim;

import java.util.List;
import org.qmk.qvm.Invariant;

/// A state vector that is worth planning for: gates wait until the state is looked at, and are then
/// applied together in as few sweeps over the memory as can be. Held outside the heap; whoever
/// makes one, or a `fresh` one, must release it.
final class LargeVector implements ShotState<LargeVector>, SampledState {

    private static final int NO_STEP = -1;

    private final StepList steps;
    private final Sweep sweep;
    private final Crew crew;
    private final Tolerance tolerance;
    private final GateQueue queue = new GateQueue();
    private AmplitudePlanes planes;
    private int width;
    // The step that chanceOfOne looked at and settle has not, or NO_STEP. The qubits that it
    // measures are turned so that it measures Z.
    private int looked = NO_STEP;
    private double normZero;
    private double normOne;

    /// What is taken for 0 in a precision.
    ///
    /// @param chanceMin chances below this
    /// @param determinantMax a qubit whose reduced state has a lesser determinant is not entangled
    private record Tolerance(double chanceMin, double determinantMax) {

        static Tolerance of(Sweep sweep) {
            return switch (sweep.precision()) {
                case DOUBLE -> new Tolerance(0x1p-54, 1e-14);
                // Amplitudes are off by some 1e-7 times the root of the number of gates.
                case SINGLE -> new Tolerance(1e-10, 1e-10);
            };
        }
    }

    private LargeVector(StepList steps, Sweep sweep, Crew crew, int bits) {
        this.steps = steps;
        this.sweep = sweep;
        this.crew = crew;
        tolerance = Tolerance.of(sweep);
        planes = new AmplitudePlanes(bits, sweep, crew);
    }

    /// Room for all slots of the list.
    static LargeVector of(StepList steps, Sweep sweep, Crew crew) {
        Invariant.hold(steps.slotsPeak() <= 31, "the slots fit an index");
        var state = new LargeVector(steps, sweep, crew, steps.slotsPeak());
        state.planes.setFirstToOne();
        return state;
    }

    /// An amplitude, real part.
    double re(long index) {
        flush();
        return queue.factorRe() * planes.re(index) - queue.factorIm() * planes.im(index);
    }

    /// An amplitude, imaginary part.
    double im(long index) {
        flush();
        return queue.factorRe() * planes.im(index) + queue.factorIm() * planes.re(index);
    }

    @Override
    public long length() {
        return 1L << width;
    }

    @Override
    public void clear() {
        queue.clear();
        looked = NO_STEP;
        planes.zero(0, length());
        width = 0;
        planes.setFirstToOne();
    }

    @Override
    public LargeVector fresh() {
        return new LargeVector(steps, sweep, crew, width);
    }

    @Override
    public void release() {
        planes.close();
    }

    @Override
    public void copyFrom(LargeVector other) {
        other.flush();
        queue.clear();
        queue.takeFactorFrom(other.queue);
        if (planes.bits() < other.width) {
            planes.close();
            planes = new AmplitudePlanes(other.width, sweep, crew);
        } else if (width > other.width) {
            planes.zero(other.length(), length() - other.length());
        }
        planes.copyFrom(other.planes, other.length());
        width = other.width;
        looked = other.looked;
        normZero = other.normZero;
        normOne = other.normOne;
    }

    @Override
    public long copyBytes() {
        return 2L * sweep.precision().bytes() << width;
    }

    @Override
    public void setWidth(int width) {
        // What waits may bring to 0 the slots that fall away.
        if (width < this.width) flush();
        this.width = width;
    }

    private void flush() {
        List<PassOp> ops = queue.take();
        if (!ops.isEmpty()) planes.apply(ops, width);
    }

    @Override
    public void apply(int step) {
        switch (steps.act(step)) {
            case PAULI -> pauli(step);
            case ROTATE -> rotate(step);
            case H -> queue.hadamard(steps.slot(step, 0));
            case S -> queue.phase(bit(step, 0), 0, 1);
            case SDG -> queue.phase(bit(step, 0), 0, -1);
            case SX -> queue.rootOfX(steps.slot(step, 0), 1);
            case SXDG -> queue.rootOfX(steps.slot(step, 0), -1);
            case T -> eighthTurn(step, 1);
            case TDG -> eighthTurn(step, -1);
            case CNOT -> queue.exchange(bit(step, 1), 0, bit(step, 0));
            case CZ -> queue.phase(bit(step, 0) | bit(step, 1), -1, 0);
            case SWAP -> queue.exchange(bit(step, 0) | bit(step, 1), bit(step, 0), 0);
            case ISWAP -> exchangeTurned(step, 1);
            case ISWAPDG -> exchangeTurned(step, -1);
            case CCZ -> queue.phase(bit(step, 0) | bit(step, 1) | bit(step, 2), -1, 0);
            case TOFFOLI -> queue.exchange(bit(step, 2), 0, bit(step, 0) | bit(step, 1));
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

    private int bit(int step, int place) {
        return 1 << steps.slot(step, place);
    }

    /// P|b> = i^k (-1)^|b and z| |b xor x>, k being the number of Y.
    private void pauli(int step) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            int slot = steps.slotAt(i);
            if (steps.hasX(i) && steps.hasZ(i)) queue.matrix(slot, 0, 0, 0, -1, 0, 1, 0, 0);
            else if (steps.hasX(i)) queue.exchange(1 << slot, 0, 0);
            else queue.phase(1 << slot, -1, 0);
        }
    }

    /// exp(-i angle/2 P): the qubits are turned so that P is Z on each, and back.
    private void rotate(int step) {
        double half = steps.isNegative(step) ? -steps.angle(step) / 2 : steps.angle(step) / 2;
        double c = StrictMath.cos(half);
        double s = StrictMath.sin(half);
        turnLettersToZ(step);
        queue.parity(mask(step), c, -s, c, s);
        turnLettersBack(step);
    }

    private void eighthTurn(int step, int turn) {
        double half = Math.sqrt(0.5);
        queue.phase(bit(step, 0), half, turn * half);
    }

    private void exchangeTurned(int step, int turn) {
        int a = bit(step, 0);
        int b = bit(step, 1);
        queue.parity(a | b, 1, 0, 0, turn);
        queue.exchange(a | b, a, 0);
    }

    /// The slots of a step's product.
    private int mask(int step) {
        int mask = 0;
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            mask |= 1 << steps.slotAt(i);
        }
        return mask;
    }

    private void turnLettersToZ(int step) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (!steps.hasX(i)) continue;
            if (steps.hasZ(i)) queue.phase(1 << steps.slotAt(i), 0, -1);
            queue.hadamard(steps.slotAt(i));
        }
    }

    private void turnLettersBack(int step) {
        for (int i = steps.slotStart(step); i < steps.slotEnd(step); i++) {
            if (!steps.hasX(i)) continue;
            queue.hadamard(steps.slotAt(i));
            if (steps.hasZ(i)) queue.phase(1 << steps.slotAt(i), 0, 1);
        }
    }

    @Override
    public void turnToZ(int step) {
        if (steps.act(step) == Act.MEASURE_ANGLE) turnAngle(step, 1);
        else turnLettersToZ(step);
    }

    /// Takes c|0> + s|1> to |0>, or back where way is -1.
    private void turnAngle(int step, int way) {
        double c = StrictMath.cos(steps.angle(step) / 2);
        double s = way * StrictMath.sin(steps.angle(step) / 2);
        queue.matrix(steps.slot(step, 0), c, 0, s, 0, -s, 0, c, 0);
    }

    @Override
    public double chanceOfOne(int step) {
        return switch (steps.act(step)) {
            case MEASURE, MEASURE_ANGLE -> {
                turnToZ(step);
                flush();
                looked = step;
                double[] norms = planes.norms(mask(step), width);
                normZero = norms[steps.isNegative(step) ? 1 : 0];
                normOne = norms[steps.isNegative(step) ? 0 : 1];
                yield chance();
            }
            case FREE, RESET -> {
                flush();
                looked = step;
                yield chanceOfOneDiscarding(bit(step, 0));
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
        };
    }

    private double chance() {
        double chance = normOne / (normZero + normOne);
        if (chance < tolerance.chanceMin()) return 0;
        return normZero / (normZero + normOne) < tolerance.chanceMin() ? 1 : chance;
    }

    private double chanceOfOneDiscarding(int bit) {
        double[] norms = planes.norms(bit, width);
        normZero = norms[0];
        normOne = norms[1];
        if (normOne == 0) return 0;
        if (normZero == 0) return 1;
        double[] matrix = planes.reduced(bit, width);
        normZero = matrix[0];
        normOne = matrix[1];
        double norm = normZero + normOne;
        double determinant = normZero * normOne - matrix[2] * matrix[2] - matrix[3] * matrix[3];
        if (determinant < tolerance.determinantMax() * norm * norm) {
            return normOne > normZero ? 1 : 0;
        }
        return chance();
    }

    @Override
    public void settle(int step, boolean one) {
        Invariant.hold(looked == step, "the chance was asked for");
        looked = NO_STEP;
        double scale = 1 / Math.sqrt(one ? normOne : normZero);
        switch (steps.act(step)) {
            case MEASURE -> {
                boolean odd = one != steps.isNegative(step);
                queue.parity(mask(step), odd ? 0 : scale, 0, odd ? scale : 0, 0);
                turnLettersBack(step);
            }
            case MEASURE_ANGLE -> {
                queue.parity(mask(step), one ? 0 : scale, 0, one ? scale : 0, 0);
                turnAngle(step, -1);
            }
            case FREE, RESET -> {
                if (!one && normOne == 0) return;
                double zero = one ? 0 : scale;
                double moved = one ? scale : 0;
                queue.matrix(steps.slot(step, 0), zero, 0, moved, 0, 0, 0, 0, 0);
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
        if (x) queue.exchange(1 << slot, 0, 0);
        if (z) queue.phase(1 << slot, -1, 0);
    }

    @Override
    public double weightOfOne(int slot) {
        flush();
        double[] norms = planes.norms(1 << slot, width);
        normZero = norms[0];
        normOne = norms[1];
        return chance();
    }

    @Override
    public void decay(int slot, double damping, boolean decayed) {
        if (decayed) {
            queue.matrix(slot, 0, 0, 1 / Math.sqrt(normOne), 0, 0, 0, 0, 0);
            return;
        }
        double scale = 1 / Math.sqrt(normZero + (1 - damping) * normOne);
        queue.diagonal(slot, scale, 0, scale * Math.sqrt(1 - damping), 0);
    }

    @Override
    public double[] cumulative(int shift) {
        flush();
        return planes.cumulative(shift, width);
    }

    @Override
    public double weight(long index) {
        return planes.weight(index);
    }

    @Override
    public void share(int tasks, Crew.Task task) {
        crew.run(tasks, task);
    }
}
