package org.qmk.qec.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.qmk.qec.dem.ErrorColumns;

/// A sparse binary matrix of detectors by mechanisms, with the chance of each mechanism and the
/// observables that it flips: what a decoder has to know.
///
/// Entries are kept by mechanism and by detector. An entry has one number in both: its place in the
/// order by detector.
public final class DecodingProblem {

    /// The most observables: they are bits of a long.
    public static final int OBSERVABLES_MAX = 64;

    /// What one mechanism flips. Detectors are ascending.
    private record Symptoms(List<Integer> detectors, long observables) {}

    private final int detectors;
    private final double[] chances;
    private final long[] observables;

    /// Entries of a mechanism are those from its start to the next: their detectors, ascending.
    private final int[] columnStarts;

    private final int[] rowOfEntry;

    /// Entries of a detector are those from its start to the next: their mechanisms, ascending.
    private final int[] rowStarts;

    private final int[] columnOfEntry;

    private DecodingProblem(int detectors, List<Symptoms> mechanisms, List<Double> given) {
        this.detectors = detectors;
        int count = mechanisms.size();
        chances = given.stream().mapToDouble(chance -> chance).toArray();
        observables = mechanisms.stream().mapToLong(Symptoms::observables).toArray();
        columnStarts = new int[count + 1];
        rowStarts = new int[detectors + 1];
        for (int i = 0; i < count; i++) {
            List<Integer> rows = mechanisms.get(i).detectors;
            columnStarts[i + 1] = columnStarts[i] + rows.size();
            for (int row : rows) rowStarts[row + 1]++;
        }
        for (int i = 0; i < detectors; i++) rowStarts[i + 1] += rowStarts[i];
        rowOfEntry = new int[columnStarts[count]];
        columnOfEntry = new int[columnStarts[count]];
        int[] next = Arrays.copyOf(rowStarts, detectors);
        for (int i = 0; i < count; i++) {
            int entry = columnStarts[i];
            for (int row : mechanisms.get(i).detectors) {
                rowOfEntry[entry++] = row;
                columnOfEntry[next[row]++] = i;
            }
        }
    }

    /// Collects mechanisms. Those that flip the same become one, whose chance is that of an odd
    /// number of them; those that flip no detector, or never happen, are left out.
    public static final class Builder {

        private final int detectors;
        private final Map<Symptoms, Double> chances = new LinkedHashMap<>();

        /// @param detectors how many there are
        public Builder(int detectors) {
            if (detectors < 0) {
                throw new IllegalArgumentException(detectors + " detectors, expected 0 or more");
            }
            this.detectors = detectors;
        }

        /// @param flipped detectors in any order; one that comes twice is not flipped
        /// @param observables a bit for each that is flipped
        /// @param chance from 0 to 1
        public Builder add(int[] flipped, long observables, double chance) {
            if (!(chance >= 0 && chance <= 1)) {
                throw new IllegalArgumentException("chance is " + chance + ", expected 0 to 1");
            }
            List<Integer> rows = new ArrayList<>();
            int[] sorted = flipped.clone();
            Arrays.sort(sorted);
            for (int row : sorted) {
                if (row < 0 || row >= detectors) {
                    throw new IllegalArgumentException(
                            "detector %d of %d".formatted(row, detectors));
                }
                if (!rows.isEmpty() && rows.getLast() == row) rows.removeLast();
                else rows.add(row);
            }
            if (rows.isEmpty() || chance == 0) return this;
            chances.merge(
                    new Symptoms(List.copyOf(rows), observables),
                    chance,
                    (p, q) -> p * (1 - q) + q * (1 - p));
            return this;
        }

        public DecodingProblem build() {
            return new DecodingProblem(
                    detectors, List.copyOf(chances.keySet()), List.copyOf(chances.values()));
        }
    }

    /// The mechanisms of a detector error model; parts of decomposed errors are put together.
    ///
    /// @throws IllegalArgumentException if there are more than 64 observables
    public static DecodingProblem of(ErrorColumns errors) {
        return of(errors, false);
    }

    /// The same with each part of a decomposed error as a mechanism of its own: of a graph, if the
    /// errors were decomposed. How parts depend on one another is lost.
    ///
    /// @throws IllegalArgumentException if there are more than 64 observables
    public static DecodingProblem ofParts(ErrorColumns errors) {
        return of(errors, true);
    }

    private static DecodingProblem of(ErrorColumns errors, boolean isInParts) {
        if (errors.observables() > OBSERVABLES_MAX) {
            throw new IllegalArgumentException(
                    errors.observables() + " observables, expected 64 or fewer");
        }
        var builder = new Builder(errors.detectors());
        for (int error = 0; error < errors.count(); error++) {
            int[] rows = new int[errors.end(error) - errors.start(error)];
            int size = 0;
            long observables = 0;
            for (int at = errors.start(error); at < errors.end(error); at++) {
                int symptom = errors.symptom(at);
                if (ErrorColumns.isDetector(symptom)) rows[size++] = symptom;
                else if (ErrorColumns.isObservable(symptom)) {
                    observables ^= 1L << ErrorColumns.observable(symptom);
                } else if (isInParts) {
                    builder.add(Arrays.copyOf(rows, size), observables, errors.chance(error));
                    size = 0;
                    observables = 0;
                }
            }
            builder.add(Arrays.copyOf(rows, size), observables, errors.chance(error));
        }
        return builder.build();
    }

    public int detectors() {
        return detectors;
    }

    public int mechanisms() {
        return chances.length;
    }

    /// The number of ones of the matrix.
    public int entries() {
        return rowOfEntry.length;
    }

    /// How many longs a syndrome has: a bit for each detector.
    public int words() {
        return detectors + Long.SIZE - 1 >>> 6;
    }

    public double chance(int mechanism) {
        return chances[mechanism];
    }

    /// The observables that a mechanism flips, as bits.
    public long observables(int mechanism) {
        return observables[mechanism];
    }

    /// The detectors of a mechanism are those of the entries from here to that of the next.
    public int columnStart(int mechanism) {
        return columnStarts[mechanism];
    }

    /// @param entry in the order by mechanism
    public int detector(int entry) {
        return rowOfEntry[entry];
    }

    /// The mechanisms of a detector are those of the entries from here to that of the next.
    public int rowStart(int detector) {
        return rowStarts[detector];
    }

    /// @param entry in the order by detector
    public int mechanism(int entry) {
        return columnOfEntry[entry];
    }

    /// Flips the detectors of a mechanism.
    ///
    /// @param from where the syndrome starts
    public void flip(int mechanism, long[] syndrome, int from) {
        for (int i = columnStarts[mechanism]; i < columnStarts[mechanism + 1]; i++) {
            int row = rowOfEntry[i];
            syndrome[from + (row >>> 6)] ^= 1L << row;
        }
    }
}
