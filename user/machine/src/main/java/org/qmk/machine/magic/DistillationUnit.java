package org.qmk.machine.magic;

import java.util.List;
import java.util.Optional;
import org.qmk.machine.formula.Formula;

/// A way to make better magic states of worse ones, as data: what Azure calls a distillation unit
/// specification.
///
/// @param failure the probability that it gives nothing, over `VARIABLES`
/// @param outputError over `VARIABLES`
/// @param physical what it needs on physical qubits, where it runs on such
/// @param logical what it needs on logical qubits, where it runs on such
/// @param logicalFirst the same in a first round, where that differs
public record DistillationUnit(
        String name,
        long inputs,
        long outputs,
        Formula failure,
        Formula outputError,
        Optional<Needs> physical,
        Optional<Needs> logical,
        Optional<Needs> logicalFirst) {

    /// The error of what comes in, of a Clifford operation, and of an outcome.
    public static final List<String> VARIABLES =
            List.of("inputErrorRate|z", "cliffordErrorRate|c", "readoutErrorRate|r");

    /// Azure's two: 15 to 1 by preparing a Reed-Muller code, and with fewer qubits. Source: Azure
    /// Quantum Resource Estimator; arXiv:2211.07629, appendix C.
    public static final DistillationUnit REED_MULLER =
            fifteenToOne("15-to-1 RM prep", new Needs(31, 24), new Needs(31, 11));

    public static final DistillationUnit SPACE_EFFICIENT =
            fifteenToOne("15-to-1 space efficient", new Needs(12, 45), new Needs(20, 13));

    public static final List<DistillationUnit> DEFAULT = List.of(REED_MULLER, SPACE_EFFICIENT);

    /// @param qubits of the kind that the unit runs on
    /// @param cycles of such a qubit: T gates of a physical one, logical cycles of a logical one
    public record Needs(long qubits, long cycles) {}

    public DistillationUnit {
        if (physical.isEmpty() && logical.isEmpty()) {
            throw new IllegalArgumentException("the unit " + name + " runs on no qubits");
        }
    }

    /// One of Azure's predefined units, by any of the names that Azure takes.
    public static Optional<DistillationUnit> named(String name) {
        return switch (name) {
            case "15-1 RM", "15-1 RM prep", "15-to-1 RM", "15-to-1 RM prep" ->
                    Optional.of(REED_MULLER);
            case "15-1 space-efficient",
                    "15-1 space efficient",
                    "15-to-1 space-efficient",
                    "15-to-1 space efficient" ->
                    Optional.of(SPACE_EFFICIENT);
            default -> Optional.empty();
        };
    }

    private static DistillationUnit fifteenToOne(String name, Needs physical, Needs logical) {
        return new DistillationUnit(
                name,
                15,
                1,
                formula("15 * z + 356 * c"),
                formula("35 * z ^ 3 + 7.1 * c"),
                Optional.of(physical),
                Optional.of(logical),
                Optional.empty());
    }

    private static Formula formula(String text) {
        return switch (Formula.parse(text, VARIABLES)) {
            case Formula.Parsed.Ok(var formula) -> formula;
            case Formula.Parsed.Failed(var message) -> throw new IllegalStateException(message);
        };
    }

    /// Whether it runs in a first round on physical qubits.
    boolean runsPhysically() {
        return physical.isPresent();
    }

    boolean runsLogically() {
        return logical.isPresent();
    }
}
