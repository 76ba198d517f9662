package org.qmk.sim;

/// The events of some shots, one bit plane per event of the graph: bit s of a plane is the value in
/// the s-th shot of the call. Events that did not happen are 0.
public final class ShotOutcomes {

    private final int shots;
    private final long[][] planes;

    private ShotOutcomes(int shots, long[][] planes) {
        this.shots = shots;
        this.planes = planes;
    }

    /// @param planes one per event, each of `(shots + 63) / 64` words; bits past the last shot are
    ///     cleared in the copy that is kept
    /// @throws IllegalArgumentException if a plane has another length
    public static ShotOutcomes of(int shots, long[][] planes) {
        long[][] copy = new long[planes.length][];
        for (int event = 0; event < planes.length; event++) copy[event] = planes[event].clone();
        return owning(shots, copy);
    }

    /// As `of`, but keeps the planes: the caller gives them away.
    static ShotOutcomes owning(int shots, long[][] planes) {
        int words = words(shots);
        for (int event = 0; event < planes.length; event++) {
            if (planes[event].length != words) {
                throw new IllegalArgumentException(
                        "the plane of event %d has %d words, expected %d for %d shots"
                                .formatted(event, planes[event].length, words, shots));
            }
            if (words > 0) planes[event][words - 1] &= -1L >>> -shots;
        }
        return new ShotOutcomes(shots, planes);
    }

    /// The words of a plane for the given number of shots.
    static int words(int shots) {
        return (int) ((shots + 63L) >>> 6);
    }

    /// The number of shots.
    public int shots() {
        return shots;
    }

    /// The number of events.
    public int events() {
        return planes.length;
    }

    /// The value of an event in the shot of the given place in the call, counted from 0.
    ///
    /// @throws IndexOutOfBoundsException if there is no such event or shot
    public boolean bit(int event, int shot) {
        java.util.Objects.checkIndex(shot, shots);
        return (planes[event][shot >>> 6] >>> shot & 1) != 0;
    }

    /// A copy of an event's plane; bits past the last shot are 0.
    public long[] plane(int event) {
        return planes[event].clone();
    }

    /// One word of an event's plane: shots 64 * word to 64 * word + 63.
    public long word(int event, int word) {
        return planes[event][word];
    }

    /// In how many shots the event is 1.
    public int ones(int event) {
        int ones = 0;
        for (long word : planes[event]) ones += Long.bitCount(word);
        return ones;
    }
}
