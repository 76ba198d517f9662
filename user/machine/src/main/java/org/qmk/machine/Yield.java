package org.qmk.machine;

import java.util.Arrays;

/// How many of a number of attempts succeed, each by itself with the same chance.
final class Yield {

    /// Place k: the chance of k successes or fewer.
    private final double[] cumulative;

    /// @param attempts 1 to `MachineModel.YIELD_MAX`
    /// @param failurePermille 0 to 1000
    Yield(int attempts, int failurePermille) {
        cumulative = new double[attempts + 1];
        if (failurePermille == 1000) {
            Arrays.fill(cumulative, 1);
            return;
        }
        if (failurePermille == 0) {
            cumulative[attempts] = 1;
            return;
        }
        // Weight of k: C(n, k) p^k (1 - p)^(n - k), by its logarithm, since it may underflow.
        double q = failurePermille / 1000.0;
        double odds = StrictMath.log((1 - q) / q);
        double log = attempts * StrictMath.log(q);
        double sum = 0;
        for (int k = 0; k <= attempts; k++) {
            sum += StrictMath.exp(log);
            cumulative[k] = sum;
            log += odds + StrictMath.log((double) (attempts - k) / (k + 1));
        }
        for (int k = 0; k <= attempts; k++) cumulative[k] /= sum;
    }

    /// @param uniform in [0, 1)
    int successes(double uniform) {
        int low = 0;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] > uniform) high = middle;
            else low = middle + 1;
        }
        return low;
    }
}
