package org.qmk.kernel.capability;

/// The bounds of the table.
///
/// @param tenants tenants ever added
/// @param sessions open sessions of one tenant
/// @param capabilities live capabilities that one tenant pays for: those that an operator granted
///     to its sessions and those that its sessions derived, whoever holds them
public record CapabilityLimits(int tenants, int sessions, int capabilities) {}
