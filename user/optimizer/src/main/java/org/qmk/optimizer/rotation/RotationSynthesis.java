package org.qmk.optimizer.rotation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.qmk.optimizer.GateList;
import org.qmk.qvm.Opcode;

/// Rotations of one qubit out of Clifford and T gates, with the fewest T gates that a search by
/// Ross and Selinger's method (arXiv 1403.2975) finds, at any global phase.
///
/// The precision is that of the QVM: the largest operator norm of the difference at the best global
/// phase. Half the diamond norm is below that. Programs that bound the diamond norm itself by a
/// number, as newer versions of gridsynth do, ask for half that number here.
///
/// The same angle and precision give the same word on every machine. Can be shared by threads.
public final class RotationSynthesis {

    /// Of the precision.
    public static final double PRECISION_MIN = 1e-60;

    /// What factoring one number may cost by default; more finds shorter words at precisions below
    /// 1e-15, at times.
    public static final long STEPS_MAX = 20_000;

    private static final int CACHED_MAX = 4096;

    /// Larger exponents than the expected one are tried up to here: each has four times the
    /// candidates of the one before.
    private static final int EXPONENTS_MORE = 40;

    private final double precision;
    private final long stepsMax;
    private final Map<Double, CliffordTWord> words = cache();
    private final Map<Double, RotationMixture> mixtures = cache();

    /// @param precision at least `PRECISION_MIN`, at most 1
    public RotationSynthesis(double precision) {
        this(precision, STEPS_MAX);
    }

    /// @param precision at least `PRECISION_MIN`, at most 1
    /// @param stepsMax how many steps the factoring of one number may take, 0 or more
    public RotationSynthesis(double precision, long stepsMax) {
        if (!(precision >= PRECISION_MIN && precision <= 1)) {
            throw new IllegalArgumentException(
                    "precision is %s, expected %s to 1".formatted(precision, PRECISION_MIN));
        }
        if (stepsMax < 0) {
            throw new IllegalArgumentException("stepsMax is " + stepsMax + ", expected 0 or more");
        }
        this.precision = precision;
        this.stepsMax = stepsMax;
    }

    private static <T> Map<Double, T> cache() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Double, T> eldest) {
                return size() > CACHED_MAX;
            }
        };
    }

    public double precision() {
        return precision;
    }

    /// Appends a rotation.
    ///
    /// @param rotation RX, RY or RZ
    /// @param angle in radians, finite
    public void append(GateList out, Opcode rotation, int qubit, double angle) {
        List<Opcode> toZ = toZ(rotation);
        for (Opcode gate : toZ) out.add(gate, qubit);
        word(angle).appendTo(out, qubit);
        for (Opcode gate : toZ.reversed()) out.add(gate.inverse().orElseThrow(), qubit);
    }

    /// Clifford gates before which, and their inverses after, make RZ the rotation.
    static List<Opcode> toZ(Opcode rotation) {
        if (rotation == Opcode.RX) return List.of(Opcode.APPLY_H);
        if (rotation == Opcode.RY) return List.of(Opcode.APPLY_SX);
        if (rotation == Opcode.RZ) return List.of();
        throw new IllegalArgumentException(rotation + " is not RX, RY or RZ");
    }

    /// The word for exp(-i angle/2 Z). An angle that is a multiple of pi/4 but for the rounding of
    /// the double is taken for the multiple, and the word is exact.
    ///
    /// @param angle in radians, finite
    public CliffordTWord word(double angle) {
        checkFinite(angle);
        synchronized (words) {
            CliffordTWord known = words.get(angle);
            if (known != null) return known;
        }
        CliffordTWord word = search(RotationAngle.of(angle), precision, _ -> true);
        synchronized (words) {
            words.put(angle, word);
        }
        return word;
    }

    /// Two words to choose from by chance, of about half as many T gates, so that half the diamond
    /// norm of the difference of the mean to the rotation is at most the precision.
    ///
    /// @param angle in radians, finite
    public RotationMixture mixture(double angle) {
        checkFinite(angle);
        synchronized (mixtures) {
            RotationMixture known = mixtures.get(angle);
            if (known != null) return known;
        }
        RotationAngle exact = RotationAngle.of(angle);
        // The infidelity of a word is at most the square of its error.
        double error = Math.sqrt(precision);
        CliffordTWord first = search(exact, error, side -> side >= 0);
        CliffordTWord second = search(exact, error, side -> side <= 0);
        RotationMixture mixture = RotationMixture.of(first, second, exact);
        synchronized (mixtures) {
            mixtures.put(angle, mixture);
        }
        return mixture;
    }

    private static void checkFinite(double angle) {
        if (!Double.isFinite(angle)) {
            throw new IllegalArgumentException("angle is " + angle + ", expected a finite one");
        }
    }

    /// @param isWanted whether the word may turn so: the sign says whether too little or too far
    private CliffordTWord search(RotationAngle angle, double epsilon, Predicate<Integer> isWanted) {
        int exponentMax = EXPONENTS_MORE - 3 * Math.getExponent(epsilon) / 2;
        List<SegmentLattice> lattices = lattices(angle, epsilon, exponentMax);
        for (int k = 0; k <= exponentMax; k++) {
            // Determinant w^power; the words have 2k - 2 + power T gates, at best.
            for (int power = 0; power < 2; power++) {
                int determinant = power;
                int exponent = k;
                SegmentLattice lattice = lattices.get(power);
                Optional<CliffordTWord> word =
                        lattice.first(
                                k,
                                u ->
                                        isWanted.test(lattice.rotated(u)[1].signum())
                                                ? word(u, determinant, exponent)
                                                : Optional.empty());
                if (word.isPresent()) return word.get();
            }
        }
        throw new IllegalStateException("no word for " + angle + " at " + epsilon);
    }

    /// One lattice for unitaries of determinant 1, one for those of determinant w, for which the
    /// rotation is taken at the phase that makes its own determinant w.
    private static List<SegmentLattice> lattices(
            RotationAngle angle, double epsilon, int exponentMax) {
        FixedPoint fixed = SegmentLattice.fixedPoint(epsilon, exponentMax);
        BigInteger[] half = angle.cosineAndSineOfHalf(fixed);
        BigInteger[] eighth = fixed.cosineAndSine(fixed.pi().shiftRight(3));
        BigInteger re = fixed.times(half[0], eighth[0]).add(fixed.times(half[1], eighth[1]));
        BigInteger im = fixed.times(half[0], eighth[1]).subtract(fixed.times(half[1], eighth[0]));
        List<SegmentLattice> lattices = new ArrayList<>();
        lattices.add(new SegmentLattice(fixed, half[0], half[1].negate(), epsilon));
        lattices.add(new SegmentLattice(fixed, re, im, epsilon));
        return lattices;
    }

    /// Of the unitaries with t and with w t one has two T gates fewer: Ross and Selinger, lemma 7.3
    /// and section 9.
    private Optional<CliffordTWord> word(CyclotomicInteger u, int determinant, int k) {
        return NormEquation.solve(SegmentLattice.complement(u, k), stepsMax)
                .map(
                        t -> {
                            var one = ExactUnitary.ofColumn(u, t, determinant, k);
                            var other = ExactUnitary.ofColumn(u, t.turned(1), determinant, k);
                            return CliffordTWord.shorter(one, other);
                        });
    }
}
