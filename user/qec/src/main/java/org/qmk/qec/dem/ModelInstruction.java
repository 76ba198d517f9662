package org.qmk.qec.dem;

import java.util.Arrays;

/// One instruction of a detector error model.
public final class ModelInstruction implements ModelItem {

    /// What an instruction says.
    public enum Type {
        /// With the chance given, the targets are flipped together.
        ERROR("error"),
        /// A detector exists, with coordinates.
        DETECTOR("detector"),
        /// An observable exists.
        LOGICAL_OBSERVABLE("logical_observable"),
        /// Detectors from here on are counted from a later one, and coordinates from elsewhere.
        SHIFT_DETECTORS("shift_detectors");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    private final Type type;
    private final String tag;
    private final double[] arguments;
    private final long[] targets;

    private ModelInstruction(Type type, String tag, double[] arguments, long[] targets) {
        this.type = type;
        this.tag = tag;
        this.arguments = arguments;
        this.targets = targets;
    }

    /// An instruction that owns the arrays given, which fit its type.
    static ModelInstruction owning(Type type, String tag, double[] arguments, long[] targets) {
        return new ModelInstruction(type, tag, arguments, targets);
    }

    /// @param symptoms with separators between parts, if there are any
    public static ModelInstruction error(double chance, String tag, long... symptoms) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException("chance is " + chance + ", expected 0 to 1");
        }
        return owning(Type.ERROR, tag, new double[] {chance}, symptoms.clone());
    }

    public static ModelInstruction detector(long detector, String tag, double... coordinates) {
        long[] targets = {Symptom.detector(detector)};
        return owning(Type.DETECTOR, tag, coordinates.clone(), targets);
    }

    public static ModelInstruction observable(long observable, String tag) {
        long[] targets = {Symptom.observable(observable)};
        return owning(Type.LOGICAL_OBSERVABLE, tag, new double[0], targets);
    }

    public static ModelInstruction shift(long detectors, String tag, double... coordinates) {
        long[] targets = {detectors};
        return owning(Type.SHIFT_DETECTORS, tag, coordinates.clone(), targets);
    }

    public Type type() {
        return type;
    }

    /// Empty if there is none.
    public String tag() {
        return tag;
    }

    /// The chance of an error.
    public double chance() {
        return arguments[0];
    }

    public int argumentCount() {
        return arguments.length;
    }

    public double argument(int i) {
        return arguments[i];
    }

    public double[] arguments() {
        return arguments.clone();
    }

    public int targetCount() {
        return targets.length;
    }

    /// A symptom; of a shift, how many detectors.
    public long target(int i) {
        return targets[i];
    }

    public long[] targets() {
        return targets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelInstruction that
                && type == that.type
                && tag.equals(that.tag)
                && Arrays.equals(arguments, that.arguments)
                && Arrays.equals(targets, that.targets);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + Arrays.hashCode(arguments)) + Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return ModelWriter.text(this);
    }
}
