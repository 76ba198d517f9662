package org.qmk.kernel.capability;

import org.qmk.qvm.Capability;

/// One use of a capability that somebody wants.
///
/// @param amount how much the use takes, 0 for kinds that take nothing
public record Need(Capability kind, long amount) {}
