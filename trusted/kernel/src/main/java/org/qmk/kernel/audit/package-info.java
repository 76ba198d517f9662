/// Purpose: the digest of every epoch, and the record of it that the audit log keeps.
/// Start reading at `Trail`; `EpochRecord` is what leaves the kernel.
/// Invariants: a digest covers the one before it, every decision of its epoch and the state at its
/// end, so that two runs agree on a digest only if they agree on all before it.
/// Values are written in one canonical way, see `org.qmk.qvm.ByteWriter`.
/// It must never influence a decision.
package org.qmk.kernel.audit;
