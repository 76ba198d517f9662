package org.qmk.sim;

/// How far a frequency may lie from its chance.
final class Bernstein {

    private Bernstein() {}

    /// The deviation d for which Bernstein's inequality, P(|f - p| >= d) <= 2 exp(-n d^2 / (2 p
    /// (1 - p) + 2 d / 3)), gives the stated chance of a false alarm.
    static double deviation(double chance, int shots, double falseAlarm) {
        double p = Math.clamp(chance, 0, 1);
        double a = Math.log(2 / falseAlarm) / shots;
        return a / 3 + Math.sqrt(a * a / 9 + 2 * a * p * (1 - p));
    }
}
