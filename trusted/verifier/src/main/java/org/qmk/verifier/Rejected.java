package org.qmk.verifier;

import java.util.List;
import org.qmk.qvm.Violation;

/// The graph may not run.
///
/// @param violations everything that is wrong, ordered by node and then by rule, violations of the
///     graph as a whole first; of a graph with more than `VIOLATIONS_MAX`, the first ones found
/// @param omitted how many more were found
public record Rejected(List<Violation> violations, long omitted) implements Verdict {

    /// The longest list of violations.
    public static final int VIOLATIONS_MAX = 10_000;

    public Rejected {
        violations = List.copyOf(violations);
    }
}
