package org.qmk.estimate;

import java.util.List;
import org.qmk.machine.magic.Pipeline;
import org.qmk.machine.magic.StateFactory;

/// Factories for falling distances: those of a larger distance serve a smaller one, as long as none
/// of them needs the larger.
final class FactoryPool {

    private final Estimator estimator;
    private List<StateFactory> factories = List.of();
    private int largest = Integer.MAX_VALUE;

    FactoryPool(Estimator estimator) {
        this.estimator = estimator;
    }

    List<StateFactory> at(int distance) throws EstimateFailure {
        if (largest > distance) {
            factories = estimator.factories(distance);
            largest = factories.isEmpty() ? Integer.MAX_VALUE : 0;
            for (StateFactory factory : factories) {
                // Other factories do not depend on the distance.
                if (factory instanceof Pipeline pipeline) {
                    largest = Math.max(largest, pipeline.rounds().getLast().distance());
                }
            }
        }
        return factories;
    }
}
