package org.qmk.qec;

/// Decodes the detection events of a memory round by round, for as long as it runs. Not for use by
/// two threads at once.
public interface StreamDecoder {

    /// Takes the next round.
    ///
    /// @param events the detectors of this round that fired, each once, counted within the round,
    ///     from index `from` to before `to`
    /// @throws UndecodableShot if no error explains the events
    void round(int[] events, int from, int to);

    /// Takes the last round, in which the data are measured, and decides all that is open.
    void end(int[] events, int from, int to);

    /// Writes which observables the decided corrections flip: observable i in bit i % 64 of word
    /// `at + i / 64`.
    void flips(long[] words, int at);

    /// The rounds whose corrections are decided.
    long decided();

    /// Makes ready for another stream.
    void reset();
}
