/// Purpose: which block of the machine belongs to which job.
/// Start reading at `BlockMap`.
/// Invariants: every block is free or held by exactly one job; free extents do not touch.
/// A placement is taken only if it passes `check` in the same state.
/// Order of blocks within a placement is the planner's and is kept.
/// It must never choose a block itself.
package org.qmk.kernel.mapping;
