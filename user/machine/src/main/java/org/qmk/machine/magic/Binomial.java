package org.qmk.machine.magic;

/// How many of independent trials succeed.
final class Binomial {

    private Binomial() {}

    /// The least number that at most so many successes have the given probability or more.
    ///
    /// @param trials 0 or more
    /// @param failure the probability that one fails, above 0 and below 1
    /// @param probability above 0 and below 1
    static long quantile(long trials, double failure, double probability) {
        long low = 0;
        long high = trials;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (atMost(middle, trials, failure) >= probability) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// The probability of at most so many successes.
    private static double atMost(long successes, long trials, double failure) {
        if (successes >= trials) return 1;
        return incompleteBeta(failure, trials - successes, successes + 1);
    }

    /// The regularized incomplete beta function by its continued fraction, summed as Lentz did.
    /// Source: Abramowitz and Stegun, 26.5.8.
    private static double incompleteBeta(double x, double a, double b) {
        if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
        double front =
                Math.exp(
                        logGamma(a + b)
                                - logGamma(a)
                                - logGamma(b)
                                + a * Math.log(x)
                                + b * Math.log1p(-x));
        double c = 1;
        double d = nonzero(1 - (a + b) * x / (a + 1));
        double fraction = 1 / d;
        d = 1 / d;
        for (int m = 1; m <= 10_000; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonzero(1 + even * d);
            c = nonzero(1 + even / c);
            fraction *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonzero(1 + odd * d);
            c = nonzero(1 + odd / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < 1e-15) break;
        }
        return front * fraction / a;
    }

    private static double nonzero(double value) {
        return Math.abs(value) < 1e-300 ? 1e-300 : value;
    }

    /// The logarithm of the gamma function by Stirling's series, after steps up to 16.
    private static double logGamma(double x) {
        double product = 0;
        double at = x;
        while (at < 16) {
            product += Math.log(at);
            at++;
        }
        double inverse = 1 / (at * at);
        double series =
                (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / at;
        return (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series - product;
    }
}
