package org.qmk.estimate;

import java.util.List;
import org.qmk.machine.magic.Pipeline;

/// Pipelines for falling distances: those of a larger distance serve a smaller one, as long as none
/// of them needs the larger.
final class PipelinePool {

    private final Estimator estimator;
    private List<Pipeline> pipelines = List.of();
    private int largest = Integer.MAX_VALUE;

    PipelinePool(Estimator estimator) {
        this.estimator = estimator;
    }

    List<Pipeline> at(int distance) throws EstimateFailure {
        if (largest > distance) {
            pipelines = estimator.pipelines(distance);
            largest = pipelines.isEmpty() ? Integer.MAX_VALUE : 0;
            for (Pipeline pipeline : pipelines) {
                largest = Math.max(largest, pipeline.rounds().getLast().distance());
            }
        }
        return pipelines;
    }
}
