/// Purpose: how a wave makes room for another: what each way costs, and which is the cheapest.
/// Start reading at `GiveWay`.
/// Invariants: a choice follows from the stated costs alone; of equal costs the first way wins.
/// Costs are block-epochs: one block held for one epoch in which its work does not advance.
/// It must never change anything.
package org.qmk.kernel.rollback;
