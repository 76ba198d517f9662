package org.qmk.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Estimates of which none is beaten by another in both qubits and runtime.
final class FrontierPoints {

    private final List<ResourceEstimate> all = new ArrayList<>();

    void addAll(Iterable<ResourceEstimate> estimates) {
        estimates.forEach(all::add);
    }

    /// By rising runtime, and so by falling number of qubits.
    List<ResourceEstimate> sorted() {
        all.sort(
                Comparator.comparingLong(ResourceEstimate::runtimeNanos)
                        .thenComparingLong(ResourceEstimate::physicalQubits));
        List<ResourceEstimate> frontier = new ArrayList<>();
        for (ResourceEstimate estimate : all) {
            if (frontier.isEmpty()
                    || estimate.physicalQubits() < frontier.getLast().physicalQubits()) {
                frontier.add(estimate);
            }
        }
        return frontier;
    }
}
