package org.qmk.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Estimates of which none is beaten by another in both qubits and runtime.
final class FrontierPoints {

    private final List<Estimate> all = new ArrayList<>();

    void addAll(Iterable<Estimate> estimates) {
        estimates.forEach(all::add);
    }

    /// By rising runtime, and so by falling number of qubits.
    List<Estimate> sorted() {
        all.sort(
                Comparator.comparingLong(Estimate::runtimeNanos)
                        .thenComparingLong(Estimate::physicalQubits));
        List<Estimate> frontier = new ArrayList<>();
        for (Estimate estimate : all) {
            if (frontier.isEmpty()
                    || estimate.physicalQubits() < frontier.getLast().physicalQubits()) {
                frontier.add(estimate);
            }
        }
        return frontier;
    }
}
