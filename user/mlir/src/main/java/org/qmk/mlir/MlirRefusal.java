package org.qmk.mlir;

/// Ends the reading of a module.
final class MlirRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final MlirRule rule;
    private final int at;

    /// @param at where in the source, in bytes
    MlirRefusal(MlirRule rule, int at, Object... facts) {
        super(rule.message(facts), null, false, false);
        this.rule = rule;
        this.at = at;
    }

    MlirRule rule() {
        return rule;
    }

    int at() {
        return at;
    }
}
