package org.qmk.qec.dem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.qmk.qec.QecFailure;
import org.qmk.qec.QecRule;

/// A detector error model: independent errors, and what they flip. Detectors of a body are counted
/// from those before it.
public final class DetectorErrorModel {

    private final List<ModelItem> items;
    private final long detectors;
    private final long observables;
    private final long errors;
    private final long shift;

    private DetectorErrorModel(List<ModelItem> given) {
        items = List.copyOf(given);
        long detectorCount = 0;
        long observableCount = 0;
        long errorCount = 0;
        long shifted = 0;
        for (ModelItem item : items) {
            switch (item) {
                case ModelInstruction instruction -> {
                    if (instruction.type() == ModelInstruction.Type.SHIFT_DETECTORS) {
                        shifted = Math.addExact(shifted, instruction.target(0));
                        continue;
                    }
                    if (instruction.type() == ModelInstruction.Type.ERROR) errorCount++;
                    for (int i = 0; i < instruction.targetCount(); i++) {
                        long target = instruction.target(i);
                        long end = Symptom.number(target) + 1;
                        if (Symptom.isDetector(target)) {
                            detectorCount = Math.max(detectorCount, Math.addExact(shifted, end));
                        } else if (Symptom.isObservable(target)) {
                            observableCount = Math.max(observableCount, end);
                        }
                    }
                }
                case ModelRepeat(long count, var body, var _) -> {
                    if (count == 0) continue;
                    long turns = Math.multiplyExact(count, body.shift);
                    long last = Math.addExact(shifted, turns - body.shift);
                    if (body.detectors > 0) {
                        detectorCount =
                                Math.max(detectorCount, Math.addExact(last, body.detectors));
                    }
                    observableCount = Math.max(observableCount, body.observables);
                    errorCount = Math.addExact(errorCount, Math.multiplyExact(count, body.errors));
                    shifted = Math.addExact(shifted, turns);
                }
            }
        }
        detectors = detectorCount;
        observables = observableCount;
        errors = errorCount;
        shift = shifted;
    }

    /// @throws QecFailure if there are more than 2^63 detectors or errors
    public static DetectorErrorModel of(List<ModelItem> items) throws QecFailure {
        try {
            return new DetectorErrorModel(items);
        } catch (ArithmeticException e) {
            var failure = new QecFailure(QecRule.SIZE, "the model has more than 2^63 detectors");
            failure.initCause(e);
            throw failure;
        }
    }

    /// Reads a model from its text.
    public static DetectorErrorModel parse(String text) throws QecFailure {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try {
            return ModelReader.read(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be read", e);
        }
    }

    public List<ModelItem> items() {
        return items;
    }

    /// One more than the largest detector.
    public long detectors() {
        return detectors;
    }

    /// One more than the largest observable.
    public long observables() {
        return observables;
    }

    /// The number of errors, of every turn of loops.
    public long errors() {
        return errors;
    }

    /// By how much the detectors behind it are moved.
    public long shift() {
        return shift;
    }

    /// The errors of every turn, with absolute detectors.
    ///
    /// @throws QecFailure if an array does not hold them
    public ErrorColumns columns() throws QecFailure {
        return ErrorColumns.of(this);
    }

    /// The coordinates of those detectors that have some, by detector.
    public SortedMap<Long, double[]> coordinates() {
        SortedMap<Long, double[]> found = new TreeMap<>();
        new CoordinateWalk(found).walk(this);
        return found;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DetectorErrorModel that && items.equals(that.items);
    }

    @Override
    public int hashCode() {
        return items.hashCode();
    }

    /// The text, as `ModelWriter` has it.
    @Override
    public String toString() {
        return ModelWriter.text(this);
    }

    private static final class CoordinateWalk {

        private final SortedMap<Long, double[]> found;
        private long shifted;
        private double[] origin = {};

        CoordinateWalk(SortedMap<Long, double[]> found) {
            this.found = found;
        }

        void walk(DetectorErrorModel model) {
            for (ModelItem item : model.items) {
                switch (item) {
                    case ModelInstruction instruction -> take(instruction);
                    case ModelRepeat(long count, var body, var _) -> {
                        for (long turn = 0; turn < count; turn++) walk(body);
                    }
                }
            }
        }

        private void take(ModelInstruction instruction) {
            switch (instruction.type()) {
                case DETECTOR -> {
                    if (instruction.argumentCount() == 0) return;
                    double[] place = instruction.arguments();
                    for (int i = 0; i < Math.min(place.length, origin.length); i++) {
                        place[i] += origin[i];
                    }
                    found.putIfAbsent(shifted + instruction.target(0), place);
                }
                case SHIFT_DETECTORS -> {
                    shifted += instruction.target(0);
                    if (instruction.argumentCount() > origin.length) {
                        origin = java.util.Arrays.copyOf(origin, instruction.argumentCount());
                    }
                    for (int i = 0; i < instruction.argumentCount(); i++) {
                        origin[i] += instruction.argument(i);
                    }
                }
                case ERROR, LOGICAL_OBSERVABLE -> {}
            }
        }
    }
}
