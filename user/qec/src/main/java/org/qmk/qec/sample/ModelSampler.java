package org.qmk.qec.sample;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.qmk.qec.QecFailure;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ErrorColumns;
import org.qmk.qec.result.ShotLists;
import org.qmk.qec.result.ShotRows;

/// Samples a detector error model: the errors of equal chance are one sequence of trials, and the
/// gaps between those that happen are drawn, so that only what happens costs time.
public final class ModelSampler {

    private static final int BATCH = 1024;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final ErrorColumns errors;
    // Errors by chance: those of a class are from its start to that of the next.
    private final int[] order;
    private final int[] classStarts;
    private final double[] inverses;

    /// @throws QecFailure if the model is too large
    public ModelSampler(DetectorErrorModel model) throws QecFailure {
        errors = model.columns();
        Integer[] byChance = new Integer[errors.count()];
        Arrays.setAll(byChance, i -> i);
        Arrays.sort(
                byChance,
                (a, b) -> {
                    int sign = Double.compare(errors.chance(a), errors.chance(b));
                    return sign != 0 ? sign : Integer.compare(a, b);
                });
        order = new int[byChance.length];
        int[] starts = new int[byChance.length + 1];
        double[] inverse = new double[byChance.length];
        int classes = 0;
        for (int i = 0; i < order.length; i++) {
            order[i] = byChance[i];
            double chance = errors.chance(order[i]);
            if (i > 0 && chance == errors.chance(order[i - 1])) continue;
            starts[classes] = i;
            inverse[classes++] = chance == 1 ? 0 : 1 / Math.log1p(-chance);
        }
        starts[classes] = order.length;
        classStarts = Arrays.copyOf(starts, classes + 1);
        inverses = Arrays.copyOf(inverse, classes);
    }

    public int detectors() {
        return errors.detectors();
    }

    public int observables() {
        return errors.observables();
    }

    public int errors() {
        return errors.count();
    }

    /// What happens in a batch.
    public interface Events {
        /// @param shot of the batch
        void happens(int shot, int error);
    }

    /// Draws the errors of a batch of shots, class by class and in each class shot by shot.
    ///
    /// @param shots of the batch, up to 2^20
    public void draw(long seed, long batch, int shots, Events events) {
        var random = new SplittableRandom(seed * GOLDEN ^ Long.rotateLeft(batch, 32) * GOLDEN);
        for (int group = 0; group + 1 < classStarts.length; group++) {
            int start = classStarts[group];
            long width = (long) classStarts[group + 1] - start;
            if (errors.chance(order[start]) == 0) continue;
            double inverse = inverses[group];
            long trials = width * shots;
            long at = gap(random, inverse);
            while (at < trials) {
                int shot = (int) (at / width);
                events.happens(shot, order[start + (int) (at - shot * width)]);
                at += 1 + gap(random, inverse);
            }
        }
    }

    private static long gap(SplittableRandom random, double inverse) {
        if (inverse == 0) return 0;
        double uniform = 1 - random.nextDouble();
        return (long) Math.min(StrictMath.log(uniform) * inverse, 0x1p62);
    }

    /// Flips what an error flips.
    ///
    /// @param into detectors, then observables
    public void apply(int error, int shot, ShotRows into) {
        for (int i = errors.start(error); i < errors.end(error); i++) {
            int symptom = errors.symptom(i);
            if (ErrorColumns.isDetector(symptom)) into.flip(shot, symptom);
            else if (ErrorColumns.isObservable(symptom)) {
                into.flip(shot, errors.detectors() + ErrorColumns.observable(symptom));
            }
        }
    }

    /// Detectors, then observables, of shots of errors.
    public ShotRows flipped(ShotRows shots) {
        var into = new ShotRows(detectors() + observables(), Math.max(1, shots.shots()));
        into.resize(shots.shots());
        for (int shot = 0; shot < shots.shots(); shot++) {
            for (int error = 0; error < errors(); error++) {
                if (shots.get(shot, error)) apply(error, shot, into);
            }
        }
        return into;
    }

    /// Takes shots of a model.
    public interface Sink {
        /// @param flipped detectors, then observables; not to be kept
        /// @param happened errors; not to be kept
        void take(ShotRows flipped, ShotRows happened) throws IOException;
    }

    /// Takes shots as lists.
    public interface ListSink {
        /// @param lists not to be kept
        void take(ShotLists lists) throws IOException;
    }

    /// Samples shots in order, as lists of what fired, with less work than rows of bits take where
    /// little fires.
    public void lists(long seed, long shots, ListSink sink) throws IOException {
        var flipped = new ShotRows(detectors() + observables(), BATCH);
        var lists = new ShotLists(detectors(), observables(), BATCH);
        for (long first = 0, batch = 0; first < shots; first += BATCH, batch++) {
            int count = (int) Math.min(BATCH, shots - first);
            flipped.resize(0);
            flipped.resize(count);
            draw(seed, batch, count, (shot, error) -> apply(error, shot, flipped));
            lists.fill(flipped);
            sink.take(lists);
        }
    }

    /// Samples shots in order.
    public void run(long seed, long shots, Sink sink) throws IOException {
        var flipped = new ShotRows(detectors() + observables(), BATCH);
        var happened = new ShotRows(errors(), BATCH);
        for (long first = 0, batch = 0; first < shots; first += BATCH, batch++) {
            int count = (int) Math.min(BATCH, shots - first);
            for (ShotRows rows : new ShotRows[] {flipped, happened}) {
                rows.resize(0);
                rows.resize(count);
            }
            draw(
                    seed,
                    batch,
                    count,
                    (shot, error) -> {
                        happened.flip(shot, error);
                        apply(error, shot, flipped);
                    });
            sink.take(flipped, happened);
        }
    }
}
