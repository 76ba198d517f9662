package org.qmk.qec.memory;

import java.util.Arrays;
import org.qmk.qec.Decoder;
import org.qmk.qec.decode.SyndromeDecoder;
import org.qmk.qec.result.ShotRows;

/// Decodes rows of detection events, whatever the decoder. Used by one thread.
public interface BatchDecoder {

    /// Decodes all shots.
    ///
    /// @param shots detectors first; what is behind them is not looked at
    /// @param predictions gets the observables that are flipped; has room for as many shots, and
    ///     bits for those of the model at least
    /// @throws org.qmk.qec.UndecodableShot if no error of the model explains a shot
    void decode(ShotRows shots, ShotRows predictions);

    /// Predicts that nothing is flipped.
    BatchDecoder NONE = (shots, predictions) -> clear(predictions, shots.shots());

    /// By a decoder that takes lists of events.
    static BatchDecoder of(Decoder decoder) {
        int detectors = decoder.detectors();
        int[] events = new int[detectors];
        long[] flips = new long[decoder.words()];
        int words = decoder.observables() + 63 >>> 6;
        return (shots, predictions) -> {
            clear(predictions, shots.shots());
            for (int shot = 0; shot < shots.shots(); shot++) {
                int start = shot * shots.stride();
                int count = 0;
                for (int first = 0; first < detectors; first += 64) {
                    long left = shots.words()[start + (first >>> 6)] & mask(detectors - first);
                    for (; left != 0; left &= left - 1) {
                        events[count++] = first + Long.numberOfTrailingZeros(left);
                    }
                }
                decoder.decode(events, 0, count, flips, 0);
                int target = shot * predictions.stride();
                System.arraycopy(flips, 0, predictions.words(), target, words);
            }
        };
    }

    /// By a decoder that takes syndromes. A shot that it cannot explain gets its best guess.
    static BatchDecoder of(SyndromeDecoder decoder) {
        int detectors = decoder.problem().detectors();
        int words = decoder.problem().words();
        return (shots, predictions) -> {
            int count = shots.shots();
            clear(predictions, count);
            long[] syndromes = new long[words * count];
            for (int shot = 0; shot < count; shot++) {
                int start = shot * shots.stride();
                System.arraycopy(shots.words(), start, syndromes, shot * words, words);
                if (words > 0) syndromes[(shot + 1) * words - 1] &= mask(detectors & 63);
            }
            long[] flipped = new long[count];
            decoder.decodeAll(syndromes, count, flipped);
            if (predictions.bits() == 0) return;
            for (int shot = 0; shot < count; shot++) {
                predictions.words()[shot * predictions.stride()] = flipped[shot];
            }
        };
    }

    private static void clear(ShotRows rows, int count) {
        rows.resize(count);
        Arrays.fill(rows.words(), 0, count * rows.stride(), 0);
    }

    /// So many bits; all of a word for 0 and for 64 or more.
    private static long mask(int bits) {
        return bits >= 64 ? -1L : -1L >>> -bits;
    }
}
