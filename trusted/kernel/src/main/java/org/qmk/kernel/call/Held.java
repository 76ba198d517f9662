package org.qmk.kernel.call;

import org.qmk.qvm.Capability;

/// A live capability as its session sees it.
///
/// @param bounds how far it reaches now: its uses are those that are left
public record Held(CapabilityHandle handle, Capability kind, Bounds bounds) {}
