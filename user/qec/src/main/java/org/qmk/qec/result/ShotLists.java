package org.qmk.qec.result;

import java.util.Arrays;

/// Shots as lists of the detectors that fired, one behind the other, and as rows of observables.
public final class ShotLists {

    private final int detectors;
    private final ShotRows observables;
    private final int[] starts;
    private int[] events = new int[1024];

    /// Room for shots, of which there are none yet.
    public ShotLists(int detectors, int observables, int capacity) {
        this.detectors = detectors;
        this.observables = new ShotRows(observables, capacity);
        starts = new int[capacity + 1];
    }

    public int shots() {
        return observables.shots();
    }

    /// The detectors that fired in shot i, in order, are those from `start(i)` to before
    /// `start(i + 1)`.
    public int start(int shot) {
        return starts[shot];
    }

    /// Not to be kept.
    public int[] events() {
        return events;
    }

    /// Not to be kept.
    public ShotRows observables() {
        return observables;
    }

    /// Takes shots from rows of detectors and observables.
    public void fill(ShotRows rows) {
        observables.resize(0);
        observables.resize(rows.shots());
        int size = 0;
        long[] words = rows.words();
        for (int shot = 0; shot < rows.shots(); shot++) {
            if (events.length < size + rows.bits()) {
                events = Arrays.copyOf(events, 2 * (size + rows.bits()));
            }
            int at = shot * rows.stride();
            for (int bit = 0; bit < rows.bits(); bit += 64, at++) {
                for (long word = words[at]; word != 0; word &= word - 1) {
                    int fired = bit + Long.numberOfTrailingZeros(word);
                    if (fired < detectors) events[size++] = fired;
                    else observables.flip(shot, fired - detectors);
                }
            }
            starts[shot + 1] = size;
        }
    }
}
