package org.qmk.estimate;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What an estimate must keep to.
public record Constraints(
        OptionalDouble logicalDepthFactor,
        OptionalLong maxTFactories,
        OptionalLong maxDurationNanos,
        OptionalLong maxPhysicalQubits,
        int maxDistillationRounds) {}
