/// Purpose: jobs in flight, and what each epoch does for them.
/// Start reading at `EpochScheduler`, then `JobTable` and `Layers`.
/// Invariants: a node is issued once a wave, after all that it depends on; the round starts one job
/// further every epoch, so that every running job comes first within as many epochs as jobs run.
/// Decisions are made from the tables and the report alone.
/// It must never touch blocks: it asks for counts and is given placements.
package org.qmk.kernel.epoch;
