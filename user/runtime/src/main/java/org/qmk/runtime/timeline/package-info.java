/// What one job did in each epoch of its run, what made it wait, and how the run compares with its
/// estimate (docs/spec/timeline.md).
///
/// Start reading at `TimelineRecorder`, which is told of every input that a kernel takes and gives
/// each epoch one `EpochUse`. `Timeline` holds them; `TimelineReport` puts the run beside the
/// estimate, as table and JSON, and `TimelinePage` makes a page of it.
package org.qmk.runtime.timeline;
