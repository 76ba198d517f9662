package org.qmk.estimate;

/// Why there is no estimate.
public final class EstimateFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final EstimateRule rule;

    /// @param message what, what was expected, how to mend it
    EstimateFailure(EstimateRule rule, String message) {
        super(message);
        this.rule = rule;
    }

    public EstimateRule rule() {
        return rule;
    }
}
