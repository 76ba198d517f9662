package org.qmk.qec.analysis;

/// How a circuit becomes a model.
///
/// @param decompose split errors into parts of at most two detectors
/// @param foldLoops keep loops as loops where they repeat themselves
/// @param allowGauge turn random detectors into errors of chance 1/2
/// @param disjointChanceMax the largest chance of errors that exclude each other which are taken as
///     if they were independent; 0 to refuse them
/// @param keepFailures leave errors as they are that cannot be decomposed
/// @param blockRemnants decompose into parts only that are errors themselves
public record AnalysisOptions(
        boolean decompose,
        boolean foldLoops,
        boolean allowGauge,
        double disjointChanceMax,
        boolean keepFailures,
        boolean blockRemnants) {

    /// Nothing but the errors.
    public static final AnalysisOptions PLAIN =
            new AnalysisOptions(false, false, false, 0, false, false);

    /// What matching needs.
    public static final AnalysisOptions DECOMPOSED =
            new AnalysisOptions(true, false, false, 0, false, false);

    /// @param disjointChanceMax see there
    public AnalysisOptions withDisjointUpTo(double disjointChanceMax) {
        return new AnalysisOptions(
                decompose, foldLoops, allowGauge, disjointChanceMax, keepFailures, blockRemnants);
    }

    /// The same with loops kept.
    public AnalysisOptions folded() {
        return new AnalysisOptions(
                decompose, true, allowGauge, disjointChanceMax, keepFailures, blockRemnants);
    }
}
