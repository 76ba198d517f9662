package org.qmk.kernel.call;

/// What a session sees of a job.
///
/// @param shotsDone shots of the waves that are over
/// @param issued nodes of the wave that were issued
/// @param nodes nodes of the program
/// @param waitCause why it did not do all that it could in the last epoch
public record JobStatus(
        JobState state, long shotsDone, int issued, int nodes, WaitCause waitCause) {}
