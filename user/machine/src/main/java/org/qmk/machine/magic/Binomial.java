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

    /// What Azure's estimator takes for the quantile, so that its factories have our number of
    /// copies: the exact one below a thousand trials; beyond, an expansion about the normal
    /// distribution (Moorhead, 2013) with the coefficients of the crate `probability`, or, where
    /// few fail, the number whose probability is nearest.
    static long asAzure(long trials, double failure, double probability) {
        if (trials < 1000) return quantile(trials, failure, probability);
        double success = 1 - failure;
        double variance = trials * success * failure;
        if (variance > 80) {
            double normal = normalQuantile(probability);
            double number = expansion(success, trials * success, variance, normal);
            return (long) Math.floor(Math.max(0, number));
        }
        long exact = quantile(trials, failure, probability);
        double above = atMost(exact, trials, failure) - probability;
        double step = atMost(exact, trials, failure) - atMost(exact - 1, trials, failure);
        return above < 0.5 * step ? exact : exact - 1;
    }

    private static double expansion(double p, double mean, double variance, double w) {
        double deviation = Math.sqrt(variance);
        double p2 = p * p;
        double w2 = w * w;
        double w3 = w2 * w;
        double w4 = w2 * w2;
        double skew = (2 * p - 1) * (p + 1) * (p - 2);
        double first = (p + 1) / 3 - (2 * p - 1) * w2 / 6;
        double second = w3 * (2 * p2 - 2 * p - 1) / (72 * deviation);
        double third = -w * (7 * p2 - 7 * p + 1) / 36;
        double fourth = skew * (3 * w4 + 7 * w2 - 16.0 / 1620) / variance;
        return mean + deviation * w + first + second + third + fourth;
    }

    /// By bisection on the series of the error function; for probabilities of 1e-6 to 1 - 1e-6.
    private static double normalQuantile(double probability) {
        double low = -5;
        double high = 5;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (0.5 * (1 + errorFunction(middle / Math.sqrt(2))) < probability) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double errorFunction(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200 && Math.abs(term) > 1e-17; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
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
