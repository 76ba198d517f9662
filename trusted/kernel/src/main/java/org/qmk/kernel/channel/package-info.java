/// Purpose: the entanglement firewall: which qubits may be entangled, and who agreed to it.
/// Start reading at `Partition`, then `ChannelTable`.
/// Invariants: qubits that may be entangled share a cell; any two tenants of one cell agreed to a
/// channel; a channel never gives more pairs than its terms say.
/// A stranger gets one answer for a channel of others and for one that never was.
/// It must never put qubits of two tenants into one cell unless a channel of theirs is open.
package org.qmk.kernel.channel;
