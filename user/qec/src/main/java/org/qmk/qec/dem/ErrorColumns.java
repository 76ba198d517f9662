package org.qmk.qec.dem;

import java.util.Arrays;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// The errors of a model in columns, loops unrolled: the chance of each, and a list of symptoms.
/// A symptom is an int: a detector, `~observable` for an observable, or `SEPARATOR`.
public final class ErrorColumns {

    /// Stands between the parts of a decomposed error.
    public static final int SEPARATOR = Integer.MIN_VALUE;

    private final int detectors;
    private final int observables;
    private final double[] chances;
    private final int[] starts;
    private int[] symptoms;
    private int errors;
    private int size;

    private ErrorColumns(DetectorErrorModel model) throws QecFailure {
        if (Math.max(model.errors(), model.detectors()) > 1 << 30) {
            throw new QecFailure(
                    QecRule.SIZE,
                    "the model has %d errors and %d detectors, expected up to 2^30"
                            .formatted(model.errors(), model.detectors()));
        }
        detectors = (int) model.detectors();
        observables = (int) Math.min(Integer.MAX_VALUE, model.observables());
        chances = new double[(int) model.errors()];
        starts = new int[chances.length + 1];
        symptoms = new int[4 * chances.length + 16];
    }

    static ErrorColumns of(DetectorErrorModel model) throws QecFailure {
        var columns = new ErrorColumns(model);
        columns.add(model, 0);
        columns.symptoms = Arrays.copyOf(columns.symptoms, columns.size);
        return columns;
    }

    private long add(DetectorErrorModel model, long before) throws QecFailure {
        long shifted = before;
        for (ModelItem item : model.items()) {
            switch (item) {
                case ModelInstruction instruction -> {
                    switch (instruction.type()) {
                        case ERROR -> add(instruction, shifted);
                        case SHIFT_DETECTORS -> shifted += instruction.target(0);
                        case DETECTOR, LOGICAL_OBSERVABLE -> {}
                    }
                }
                case ModelRepeat(long count, var body, var _) -> {
                    if (body.errors() == 0) {
                        shifted += count * body.shift();
                        continue;
                    }
                    for (long turn = 0; turn < count; turn++) shifted = add(body, shifted);
                }
            }
        }
        return shifted;
    }

    private void add(ModelInstruction error, long shifted) throws QecFailure {
        int count = error.targetCount();
        if (size > symptoms.length - count) {
            long room = Math.min(2L * symptoms.length + count, Integer.MAX_VALUE - 8);
            if (room < (long) size + count) {
                throw new QecFailure(QecRule.SIZE, "the model has more than 2^31 symptoms");
            }
            symptoms = Arrays.copyOf(symptoms, (int) room);
        }
        for (int i = 0; i < count; i++) {
            long target = error.target(i);
            if (target == Symptom.SEPARATOR) symptoms[size++] = SEPARATOR;
            else if (Symptom.isDetector(target)) symptoms[size++] = (int) (target + shifted);
            else symptoms[size++] = ~(int) Symptom.number(target);
        }
        chances[errors++] = error.chance();
        starts[errors] = size;
    }

    /// The number of errors.
    public int count() {
        return errors;
    }

    public int detectors() {
        return detectors;
    }

    public int observables() {
        return observables;
    }

    public double chance(int error) {
        return chances[error];
    }

    /// The symptoms of an error are those from here to `end`.
    public int start(int error) {
        return starts[error];
    }

    public int end(int error) {
        return starts[error + 1];
    }

    public int symptom(int at) {
        return symptoms[at];
    }

    public static boolean isDetector(int symptom) {
        return symptom >= 0;
    }

    public static boolean isObservable(int symptom) {
        return symptom < 0 && symptom != SEPARATOR;
    }

    /// The number of an observable that is a symptom.
    public static int observable(int symptom) {
        return ~symptom;
    }
}
