package org.qmk.sim.simd;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.qmk.sim.loops.MessageLoops;

/// Messages in vector registers.
public final class VectorMessageLoops implements MessageLoops {

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_PREFERRED;

    /// For the service loader.
    public VectorMessageLoops() {}

    @Override
    public void exchange(
            int[] rowStarts,
            int[] columns,
            int[] beliefs,
            int[] next,
            int[] messages,
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
                IntVector parities = load(fired, row * LANES + lane);
                IntVector signs = parities;
                IntVector least = IntVector.broadcast(SPECIES, sizeMax);
                IntVector second = least;
                for (int entry = start; entry < end; entry++) {
                    IntVector belief = load(beliefs, columns[entry] * LANES + lane);
                    IntVector message = belief.sub(load(messages, entry * LANES + lane));
                    IntVector size = message.lanewise(VectorOperators.ABS);
                    second = second.min(least.max(size));
                    least = least.min(size);
                    signs = signs.lanewise(VectorOperators.XOR, message);
                    parities = parities.lanewise(VectorOperators.XOR, belief);
                }
                load(unexplained, lane)
                        .lanewise(VectorOperators.OR, parities)
                        .intoArray(unexplained, lane);
                IntVector small = scaled(least, scale, shift);
                IntVector large = scaled(second, scale, shift);
                for (int entry = start; entry < end; entry++) {
                    int column = columns[entry] * LANES + lane;
                    IntVector message =
                            load(beliefs, column).sub(load(messages, entry * LANES + lane));
                    IntVector size = message.lanewise(VectorOperators.ABS);
                    IntVector answer = small.blend(large, size.eq(least));
                    IntVector sign =
                            signs.lanewise(VectorOperators.XOR, message)
                                    .lanewise(VectorOperators.ASHR, 31);
                    answer = answer.lanewise(VectorOperators.XOR, sign).sub(sign);
                    answer.intoArray(messages, entry * LANES + lane);
                    load(next, column).add(answer).intoArray(next, column);
                }
            }
        }
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
