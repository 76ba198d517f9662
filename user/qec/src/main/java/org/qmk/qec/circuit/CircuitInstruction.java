package org.qmk.qec.circuit;

import java.util.Arrays;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// One well-formed instruction.
public final class CircuitInstruction implements CircuitItem {

    private static final double SLACK = 1e-7;

    private final Gate gate;
    private final String tag;
    private final double[] arguments;
    private final int[] targets;

    private CircuitInstruction(Gate gate, String tag, double[] arguments, int[] targets) {
        this.gate = gate;
        this.tag = tag;
        this.arguments = arguments;
        this.targets = targets;
    }

    /// An instruction that owns the arrays given.
    ///
    /// @param tag empty if there is none
    /// @throws QecFailure if the gate does not take these arguments or targets
    static CircuitInstruction owning(Gate gate, String tag, double[] arguments, int[] targets)
            throws QecFailure {
        checkArguments(gate, arguments);
        for (int target : targets) checkTarget(gate, target);
        checkGroups(gate, targets);
        return new CircuitInstruction(gate, tag, arguments, targets);
    }

    /// This instruction, then another of the same gate, arguments and tag.
    CircuitInstruction fused(int[] more, int count) {
        int[] all = Arrays.copyOf(targets, targets.length + count);
        System.arraycopy(more, 0, all, targets.length, count);
        return new CircuitInstruction(gate, tag, arguments, all);
    }

    boolean fusesWith(CircuitInstruction next) {
        return gate == next.gate
                && gate.isFusable()
                && tag.equals(next.tag)
                && Arrays.equals(arguments, next.arguments);
    }

    public Gate gate() {
        return gate;
    }

    /// Empty if there is none.
    public String tag() {
        return tag;
    }

    public int argumentCount() {
        return arguments.length;
    }

    public double argument(int i) {
        return arguments[i];
    }

    /// The first argument, or 0.
    public double chance() {
        return arguments.length == 0 ? 0 : arguments[0];
    }

    public double[] arguments() {
        return arguments.clone();
    }

    public int targetCount() {
        return targets.length;
    }

    public int target(int i) {
        return targets[i];
    }

    public int[] targets() {
        return targets.clone();
    }

    /// The bits that it adds to the record of measurements.
    public int measurementCount() {
        if (!gate.isMeasurement()) return 0;
        if (gate.kind() == Gate.Kind.MEASURE_PAIR) return targets.length / 2;
        if (gate.kind() != Gate.Kind.MEASURE_PRODUCT) return targets.length;
        int count = 0;
        for (int at = 0; at < targets.length; at = productEnd(at)) count++;
        return count;
    }

    /// Where the product of Pauli letters that starts at a target ends.
    public int productEnd(int start) {
        int end = start + 1;
        while (end < targets.length && Target.isCombiner(targets[end])) end += 2;
        return end;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CircuitInstruction that
                && gate == that.gate
                && tag.equals(that.tag)
                && Arrays.equals(arguments, that.arguments)
                && Arrays.equals(targets, that.targets);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * gate.hashCode() + Arrays.hashCode(arguments)) + Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return CircuitWriter.text(this);
    }

    private static void checkArguments(Gate gate, double[] arguments) throws QecFailure {
        int least = gate.argumentsMin();
        int most = gate.argumentsMax();
        if (arguments.length < least || arguments.length > most) {
            throw new QecFailure(
                    QecRule.ARGUMENT,
                    "%s has %d arguments, expected %s"
                            .formatted(
                                    gate,
                                    arguments.length,
                                    least == most ? least : "%d to %d".formatted(least, most)));
        }
        if (gate == Gate.OBSERVABLE_INCLUDE) {
            double id = arguments[0];
            if (id < 0 || id != Math.rint(id) || id > Integer.MAX_VALUE) {
                throw new QecFailure(
                        QecRule.ARGUMENT, "the observable is " + id + ", expected a whole number");
            }
            return;
        }
        if (gate.kind() == Gate.Kind.DETECTOR || gate.kind() == Gate.Kind.ANNOTATION) return;
        double sum = 0;
        for (double chance : arguments) {
            if (!(chance >= 0 && chance <= 1)) {
                throw new QecFailure(
                        QecRule.ARGUMENT,
                        "a chance of %s is %s, expected 0 to 1".formatted(gate, chance));
            }
            sum += chance;
        }
        if (sum > 1 + SLACK) {
            throw new QecFailure(
                    QecRule.ARGUMENT,
                    "the chances of %s add up to %s, expected at most 1".formatted(gate, sum));
        }
    }

    private static void checkTarget(Gate gate, int target) throws QecFailure {
        boolean plain = Target.isQubit(target) && !Target.isInverted(target);
        boolean record = Target.isRecord(target) && !Target.isInverted(target);
        boolean good =
                switch (gate.kind()) {
                    case UNITARY_1, RESET, NOISE_1, NOISE_2, HERALDED -> plain;
                    case UNITARY_2 ->
                            plain
                                    || gate.takesBits()
                                            && Target.isBit(target)
                                            && !Target.isInverted(target);
                    case MEASURE, MEASURE_RESET, MEASURE_PAIR -> Target.isQubit(target);
                    case MEASURE_PRODUCT, ROTATION ->
                            Target.isPauli(target) || Target.isCombiner(target);
                    case PAD -> plain && Target.value(target) < 2;
                    case CORRELATED -> Target.isPauli(target) && !Target.isInverted(target);
                    case DETECTOR -> record;
                    case OBSERVABLE ->
                            record || Target.isPauli(target) && !Target.isInverted(target);
                    case ANNOTATION -> gate == Gate.QUBIT_COORDS && plain;
                };
        if (!good) {
            throw new QecFailure(
                    QecRule.TARGET, "%s does not take %s".formatted(gate, Target.text(target)));
        }
    }

    private static void checkGroups(Gate gate, int[] targets) throws QecFailure {
        if (gate.isPaired()) {
            if ((targets.length & 1) != 0) {
                throw new QecFailure(
                        QecRule.TARGET,
                        "%s has %d targets, expected pairs".formatted(gate, targets.length));
            }
            for (int i = 0; i < targets.length; i += 2) checkPair(gate, targets[i], targets[i + 1]);
        }
        boolean products =
                gate.kind() == Gate.Kind.MEASURE_PRODUCT || gate.kind() == Gate.Kind.ROTATION;
        if (products) checkProducts(gate, targets);
    }

    private static void checkPair(Gate gate, int a, int b) throws QecFailure {
        boolean bits = Target.isBit(a) || Target.isBit(b);
        if (!bits && Target.value(a) == Target.value(b)) {
            throw new QecFailure(
                    QecRule.TARGET,
                    "%s has qubit %d twice in a pair".formatted(gate, Target.value(a)));
        }
        boolean first = gate == Gate.CX || gate == Gate.CY;
        boolean second = gate == Gate.XCZ || gate == Gate.YCZ;
        if (first && Target.isBit(b) || second && Target.isBit(a)) {
            int bit = first ? b : a;
            throw new QecFailure(
                    QecRule.TARGET,
                    "%s has the bit %s where it acts, expected it as the control"
                            .formatted(gate, Target.text(bit)));
        }
    }

    private static void checkProducts(Gate gate, int[] targets) throws QecFailure {
        boolean factor = false;
        for (int i = 0; i < targets.length; i++) {
            boolean combiner = Target.isCombiner(targets[i]);
            if (combiner && (!factor || i + 1 == targets.length)) {
                throw new QecFailure(QecRule.TARGET, gate + " has a * that joins nothing");
            }
            factor = !combiner;
        }
        for (int at = 0; at < targets.length; ) {
            int end = at + 1;
            while (end < targets.length && Target.isCombiner(targets[end])) end += 2;
            LetterProduct.of(targets, at, end);
            at = end;
        }
    }
}
