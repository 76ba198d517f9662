package org.qmk.qec.dem;

/// What an error flips, as a long: a detector, an observable; or the separator between the parts
/// into which an error is decomposed. Detectors come before observables in order, and the
/// separator after both.
public final class Symptom {

    private static final long OBSERVABLE = 1L << 62;

    /// The `^` between two parts of an error.
    public static final long SEPARATOR = Long.MAX_VALUE;

    /// The largest number of a detector.
    public static final long DETECTOR_MAX = OBSERVABLE - 1;

    private Symptom() {}

    public static long detector(long detector) {
        return detector;
    }

    public static long observable(long observable) {
        return observable | OBSERVABLE;
    }

    public static boolean isDetector(long symptom) {
        return symptom < OBSERVABLE;
    }

    public static boolean isObservable(long symptom) {
        return symptom >= OBSERVABLE && symptom != SEPARATOR;
    }

    /// The number of the detector or observable.
    public static long number(long symptom) {
        return symptom & OBSERVABLE - 1;
    }

    /// A detector moved, or anything else as it is.
    public static long shifted(long symptom, long by) {
        return isDetector(symptom) ? symptom + by : symptom;
    }

    /// As the format writes it.
    public static String text(long symptom) {
        if (symptom == SEPARATOR) return "^";
        return (isDetector(symptom) ? "D" : "L") + number(symptom);
    }
}
