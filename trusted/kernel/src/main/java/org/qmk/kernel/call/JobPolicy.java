package org.qmk.kernel.call;

/// How a job is to be run.
///
/// @param shots number of shots, 1 or more
/// @param seed decides, with the number of a shot, every outcome of that shot
public record JobPolicy(long shots, long seed) {}
