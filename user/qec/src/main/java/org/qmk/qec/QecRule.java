package org.qmk.qec;

/// Every way in which a circuit, a model or a file of results can be wrong. Codes never change
/// their meaning.
public enum QecRule {
    /// Text that is no instruction.
    SYNTAX("QEC-SYNTAX-1"),
    /// A name that no gate has.
    UNKNOWN_NAME("QEC-SYNTAX-2"),
    /// A number that cannot be read, or that is out of its range.
    NUMBER("QEC-SYNTAX-3"),
    /// Braces that do not match.
    BLOCK("QEC-SYNTAX-4"),
    /// Too many or too few arguments, or one that is no chance.
    ARGUMENT("QEC-CIRCUIT-1"),
    /// A target of a kind that the gate does not take, or not in this number.
    TARGET("QEC-CIRCUIT-2"),
    /// A record of a measurement before the first.
    LOOKBACK("QEC-CIRCUIT-3"),
    /// An `ELSE_CORRELATED_ERROR` that follows no correlated error.
    ELSE("QEC-CIRCUIT-4"),
    /// A Pauli product with an imaginary sign.
    ANTI_HERMITIAN("QEC-CIRCUIT-5"),
    /// More than can be held.
    SIZE("QEC-CIRCUIT-6"),
    /// A detector or an observable that is random without noise.
    NOT_DETERMINISTIC("QEC-ANALYSIS-1"),
    /// Depolarization beyond the point where nothing is left.
    OVER_MIXED("QEC-ANALYSIS-2"),
    /// Errors that exclude each other, where only independent ones are allowed.
    DISJOINT("QEC-ANALYSIS-3"),
    /// An error that cannot be split into parts of at most two detectors.
    NOT_GRAPHLIKE("QEC-ANALYSIS-4"),
    /// A channel that more detectors see than can be handled.
    TOO_MANY_SYMPTOMS("QEC-ANALYSIS-5"),
    /// A file of results that is not what its format says.
    RESULT("QEC-RESULT-1"),
    /// Parameters for which there is no circuit.
    PARAMETER("QEC-GENERATE-1");

    private final String code;

    QecRule(String code) {
        this.code = code;
    }

    /// What clients and tests match.
    public String code() {
        return code;
    }
}
