package org.qmk.qec;

/// Decodes many shots given as rows of bits in the format b8: a row is `ceil(bits / 8)` bytes, the
/// least bit first. Allocates nothing when it decodes.
public final class RowDecoder {

    private final Decoder decoder;
    private final int[] events;
    private final long[] flips;

    public RowDecoder(Decoder decoder) {
        this.decoder = decoder;
        events = new int[decoder.detectors()];
        flips = new long[decoder.words()];
    }

    /// @param rows detection events of `shots` shots
    /// @param predictions gets rows of observables
    public void decode(byte[] rows, int shots, byte[] predictions) {
        int bits = decoder.detectors();
        int width = (bits + 7) / 8;
        int wide = (decoder.observables() + 7) / 8;
        for (int shot = 0; shot < shots; shot++) {
            int count = PackedRow.events(rows, shot * width, bits, events);
            decoder.decode(events, 0, count, flips, 0);
            for (int i = 0; i < wide; i++) {
                predictions[shot * wide + i] = (byte) (flips[i >> 3] >>> 8 * (i & 7));
            }
        }
    }

    /// Decodes many shots given as lists of events.
    ///
    /// @param starts the events of shot i are those from `starts[i]` to `starts[i + 1]`
    /// @param predictions gets rows of observables
    public void decode(int[] lists, int[] starts, byte[] predictions) {
        int wide = (decoder.observables() + 7) / 8;
        for (int shot = 0; shot < starts.length - 1; shot++) {
            decoder.decode(lists, starts[shot], starts[shot + 1], flips, 0);
            for (int i = 0; i < wide; i++) {
                predictions[shot * wide + i] = (byte) (flips[i >> 3] >>> 8 * (i & 7));
            }
        }
    }
}
