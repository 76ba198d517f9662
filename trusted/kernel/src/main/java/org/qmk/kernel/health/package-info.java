/// Purpose: how the kernel copes with a machine that is not well: the degraded modes.
/// Start reading at `ModeRule`, the table, then `DegradedModes`.
/// Invariants: a level is reached by one step at a time, and only after its severity has lasted;
/// what is at rest is not stored, so an epoch costs what is reported or not at rest.
/// Modes follow from reports alone, which are in the journal.
/// It must never do anything about a condition itself: the scheduler reads levels and responds.
package org.qmk.kernel.health;
