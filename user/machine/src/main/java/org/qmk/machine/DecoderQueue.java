package org.qmk.machine;

import org.qmk.device.JobId;

/// What is measured and not yet decoded.
interface DecoderQueue {

    /// When something was measured.
    ///
    /// @param clock rounds measured so far on one block
    /// @param work rounds measured so far on all blocks
    record Mark(long clock, long work) {}

    /// A wave holds blocks from now on.
    void begin(JobId job, long blocks);

    /// The wave holds none any more; nothing happens if there is no such wave.
    void end(JobId job);

    /// Lets an epoch pass.
    ///
    /// @param rounds of the epoch
    /// @param idleRounds rounds of single blocks that are decoded in vain
    void pass(int rounds, long idleRounds);

    /// Now.
    Mark mark();

    /// Whether what the wave's blocks had measured at the mark is decoded, and the outcome told.
    boolean done(JobId job, Mark mark);

    /// Rounds of single blocks that wait for decoders.
    long backlogRounds();
}
