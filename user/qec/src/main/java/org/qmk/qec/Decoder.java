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

    /// Decodes rows of bits in the format b8: a row is `ceil(bits / 8)` bytes, least bit first.
    ///
    /// @param rows detection events of `shots` shots
    /// @param predictions gets rows of observables
    default void decodeRows(byte[] rows, int shots, byte[] predictions) {
        int width = (detectors() + 7) / 8;
        int wide = (observables() + 7) / 8;
        int[] events = new int[detectors()];
        long[] flips = new long[words()];
        for (int shot = 0; shot < shots; shot++) {
            int count = PackedRow.events(rows, shot * width, detectors(), events);
            decode(events, 0, count, flips, 0);
            for (int i = 0; i < wide; i++) {
                predictions[shot * wide + i] = (byte) (flips[i >> 3] >>> 8 * (i & 7));
            }
        }
    }
}
