/// Purpose: who is there and what each may do: tenants, sessions, capabilities, their derivation.
/// Start reading at `CapabilityTable`, then `Slot`.
/// Invariants: no capability is wider than its parent; finite uses of a tree never add up to more
/// than its root had; a generation is never used twice in a slot; a session's rights are its slots.
/// Another session's handle, an old one, a revoked one and a forged one get the same answer.
/// It must never decide from anything but its own tables.
package org.qmk.kernel.capability;
