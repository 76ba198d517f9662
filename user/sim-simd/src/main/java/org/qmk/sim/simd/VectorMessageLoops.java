package org.qmk.sim.simd;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.qmk.sim.loops.MessageLoops;

/// Messages in vector registers.
public final class VectorMessageLoops implements MessageLoops {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    /// The marks of an entry that are of one vector of lanes, the first.
    private static final int OWN = ((1 << SPECIES.length()) - 1) * (1 << LANES | 1);

    /// For the service loader.
    public VectorMessageLoops() {}

    @Override
    public void exchange(
            int[] rowStarts,
            int[] columns,
            int[] beliefs,
            int[] next,
            int[] sizes,
            int[] marks,
            int[] scratch,
            int[] fired,
            int[] unexplained,
            int sizeMax,
            int scale,
            int shift) {
        Arrays.fill(unexplained, 0);
        for (int row = 0; row + 1 < rowStarts.length; row++) {
            int start = rowStarts[row];
            int end = rowStarts[row + 1];
            for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
                int smallAt = 2 * row * LANES + lane;
                int largeAt = smallAt + LANES;
                IntVector small = load(sizes, smallAt);
                IntVector large = load(sizes, largeAt);
                IntVector parities = load(fired, row * LANES + lane);
                IntVector signs = parities;
                IntVector least = IntVector.broadcast(SPECIES, sizeMax);
                IntVector second = least;
                int place = 0;
                for (int entry = start; entry < end; entry++) {
                    IntVector belief = load(beliefs, columns[entry] * LANES + lane);
                    int mark = marks[entry] >>> lane;
                    IntVector last =
                            small.blend(large, mask(mark >>> LANES))
                                    .lanewise(VectorOperators.NEG, mask(mark));
                    IntVector message = belief.sub(last);
                    message.intoArray(scratch, place);
                    place += SPECIES.length();
                    IntVector size = message.lanewise(VectorOperators.ABS);
                    second = second.min(least.max(size));
                    least = least.min(size);
                    signs = signs.lanewise(VectorOperators.XOR, message);
                    parities = parities.lanewise(VectorOperators.XOR, belief);
                }
                load(unexplained, lane)
                        .lanewise(VectorOperators.OR, parities)
                        .intoArray(unexplained, lane);
                small = scaled(least, scale, shift);
                large = scaled(second, scale, shift);
                small.intoArray(sizes, smallAt);
                large.intoArray(sizes, largeAt);
                place = 0;
                for (int entry = start; entry < end; entry++) {
                    int column = columns[entry] * LANES + lane;
                    IntVector message = load(scratch, place);
                    place += SPECIES.length();
                    VectorMask<Integer> isLarge = message.lanewise(VectorOperators.ABS).eq(least);
                    VectorMask<Integer> isNegative =
                            signs.lanewise(VectorOperators.XOR, message).lt(0);
                    IntVector answer =
                            small.blend(large, isLarge).lanewise(VectorOperators.NEG, isNegative);
                    load(next, column).add(answer).intoArray(next, column);
                    int mark = (int) isLarge.toLong() << LANES | (int) isNegative.toLong();
                    marks[entry] = marks[entry] & ~(OWN << lane) | mark << lane;
                }
            }
        }
    }

    private static VectorMask<Integer> mask(int bits) {
        return VectorMask.fromLong(SPECIES, bits);
    }

    @Override
    public void remember(
            int[] priors, int[] strengths, int[] beliefs, int[] next, int changeMax, int shift) {
        for (int column = 0; column < priors.length; column++) {
            int prior = priors[column];
            for (int lane = 0; lane < LANES; lane += SPECIES.length()) {
                int place = column * LANES + lane;
                load(beliefs, place)
                        .sub(prior)
                        .max(-changeMax)
                        .min(changeMax)
                        .mul(load(strengths, place))
                        .lanewise(VectorOperators.ASHR, shift)
                        .add(prior)
                        .intoArray(next, place);
            }
        }
    }

    private static IntVector load(int[] from, int start) {
        return IntVector.fromArray(SPECIES, from, start);
    }

    private static IntVector scaled(IntVector size, int scale, int shift) {
        return size.mul(scale).lanewise(VectorOperators.ASHR, shift);
    }
}
