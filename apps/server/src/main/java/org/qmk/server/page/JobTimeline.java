package org.qmk.server.page;

import java.util.List;

/// What a job did, epoch by epoch. Epochs are those from the first to the last, both included.
///
/// @param spans in rising order, without gaps
/// @param dropped older spans, waves and marks that are not kept
record JobTimeline(List<Span> spans, List<Wave> waves, List<Mark> marks, long dropped) {

    static final JobTimeline NONE = new JobTimeline(List.of(), List.of(), List.of(), 0);

    /// How a job spends an epoch.
    enum Doing {
        /// It has no blocks.
        QUEUED,
        /// It has a wave and nothing was issued.
        WAITING,
        /// Nodes of its wave were issued.
        WORKING,
        /// It is parked.
        PARKED
    }

    record Span(Doing doing, long from, long to) {}

    /// @param to 0 while it runs
    /// @param firstShot number of its first shot within the job
    record Wave(long from, long to, long firstShot, int shots, long blocks) {}

    /// Something that befell the job.
    ///
    /// @param epoch the one that was begun last
    record Mark(long epoch, String what) {}

    JobTimeline {
        spans = List.copyOf(spans);
        waves = List.copyOf(waves);
        marks = List.copyOf(marks);
    }
}
