package org.qmk.runtime.timeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What each epoch of a run went to, from the first after the job was accepted.
public final class Timeline {

    /// Epochs one after another that went to the same.
    ///
    /// @param from the first, counted from 1
    /// @param epochs at least one
    public record Stretch(long from, long epochs, EpochUse use) {}

    /// By stretch: the epoch past its last, counted from 0, and what it went to.
    private long[] ends = new long[64];

    private EpochUse[] uses = new EpochUse[64];
    private int count;
    private long slowed;

    /// Of no epoch yet.
    Timeline() {}

    /// @param less whether others took what the job could have used besides
    void add(EpochUse use, boolean less) {
        if (less) slowed++;
        if (count > 0 && uses[count - 1] == use) {
            ends[count - 1]++;
            return;
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
            uses = Arrays.copyOf(uses, 2 * count);
        }
        ends[count] = epochs() + 1;
        uses[count++] = use;
    }

    /// Epochs of the run.
    public long epochs() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /// Epochs of work in which others took what the job could have used besides.
    public long slowed() {
        return slowed;
    }

    public List<Stretch> stretches() {
        List<Stretch> stretches = new ArrayList<>(count);
        long from = 0;
        for (int i = 0; i < count; i++) {
            stretches.add(new Stretch(from + 1, ends[i] - from, uses[i]));
            from = ends[i];
        }
        return stretches;
    }

    /// Epochs by what they went to; their sum is `epochs`.
    public Map<EpochUse, Long> totals() {
        Map<EpochUse, Long> totals = new EnumMap<>(EpochUse.class);
        for (EpochUse use : EpochUse.values()) totals.put(use, 0L);
        for (Stretch stretch : stretches()) {
            totals.merge(stretch.use(), stretch.epochs(), Long::sum);
        }
        return totals;
    }

    /// The run in equal parts, for a picture: how many epochs of each went to what.
    ///
    /// @param parts at most so many; fewer where there are fewer epochs
    public List<Map<EpochUse, Long>> parts(int parts) {
        long epochs = epochs();
        int columns = (int) Math.min(parts, epochs);
        List<Map<EpochUse, Long>> result = new ArrayList<>();
        int at = 0;
        long done = 0;
        for (int column = 0; column < columns; column++) {
            // Rounded so that the last part ends with the run.
            long end = (long) ((double) epochs * (column + 1) / columns + 0.5);
            if (column == columns - 1) end = epochs;
            Map<EpochUse, Long> part = new EnumMap<>(EpochUse.class);
            while (done < end) {
                long until = Math.min(end, ends[at]);
                part.merge(uses[at], until - done, Long::sum);
                done = until;
                if (done == ends[at]) at++;
            }
            result.add(part);
        }
        return result;
    }
}
