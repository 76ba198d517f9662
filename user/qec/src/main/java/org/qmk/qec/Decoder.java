package org.qmk.qec;

/// Guesses from the detection events of a shot which observables were flipped. Not for use by two
/// threads at once.
public interface Decoder {

    /// The number of detectors of the model that is decoded.
    int detectors();

    /// The number of observables of the model that is decoded.
    int observables();

    /// Decodes one shot.
    ///
    /// @param events the detectors that fired, each once, from index `from` to before `to`
    /// @param flips gets the prediction, observable i in bit i % 64 of word `at + i / 64`
    /// @throws UndecodableShot if no error of the model explains the events
    void decode(int[] events, int from, int to, long[] flips, int at);

    /// Longs that a prediction takes; at least one.
    default int words() {
        return Math.max(1, (observables() + 63) / 64);
    }
}
