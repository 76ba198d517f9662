/// Purpose: who is there and what each may do: tenants, sessions, capabilities.
/// Start reading at `CapabilityTable`.
/// Invariants: a slot is live for one session at most; a generation is never used twice in a slot;
/// a session's rights are exactly its live slots.
/// Another tenant's handle and a forged one get the same answer.
/// It must never decide from anything but its own tables.
package org.qmk.kernel.capability;
