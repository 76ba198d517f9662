/// Purpose: the audit log: signed Merkle tree over the records of closed epochs, and its proofs.
/// Start reading at `AuditLog`, then `AuditLeaf`; `AuditCheck` is the verifier. The formats are in
/// docs/spec/audit.md.
/// Invariants: a signed head covers all heads before it; what lies past the last head is promised
/// to nobody; nothing of a tenant's part leaves `private/` but in that tenant's view.
/// It must never sign a head over epochs that the journal could lose, and never use other
/// cryptography than the JDK's.
package org.qmk.runtime.audit;
