package org.qmk.optimizer.tcount;

import java.util.SplittableRandom;

/// Hashes of the third orders of a field's points: those of a set's sum to that of the set.
final class ThirdOrderHashes {

    private final long[] low;
    private final long[] high;
    private final int[] plain;

    ThirdOrderHashes(FieldProduct field, SplittableRandom random) {
        plain = field.plain();
        int variables = 3 * field.digits();
        low = hashes(variables, random);
        high = hashes(variables, random);
    }

    /// A random polynomial of the third degree at every point.
    private static long[] hashes(int variables, SplittableRandom random) {
        long[] hashes = new long[1 << variables];
        for (int i = 1; i < hashes.length; i++) {
            if (Integer.bitCount(i) <= 3) hashes[i] = random.nextLong();
        }
        for (int bit = 1; bit < hashes.length; bit <<= 1) {
            for (int i = 0; i < hashes.length; i++) {
                if ((i & bit) != 0) hashes[i] ^= hashes[i ^ bit];
            }
        }
        return hashes;
    }

    /// How many points there are.
    int size() {
        return low.length;
    }

    long[] sum(int[] points) {
        long[] sum = new long[2];
        for (int point : points) {
            sum[0] ^= low[point];
            sum[1] ^= high[point];
        }
        return sum;
    }

    /// The hash of the whole product.
    long[] wanted() {
        return sum(plain);
    }
}
