/// Purpose: where and when jobs that need a rectangle of blocks run on a floor of blocks.
/// Start reading at `FloorPolicy`, then `Floor`; `FloorRun` plays a policy over a queue.
/// Invariants: no two boxes of a floor share a tile at one time; a policy's answer follows from the
/// floor and the jobs it was shown alone.
/// The published comparison is `FloorClass` and `FloorComparison`.
/// It must never know of tenants, or trust a policy: `Floor.add` checks every box.
package org.qmk.machine.floor;
