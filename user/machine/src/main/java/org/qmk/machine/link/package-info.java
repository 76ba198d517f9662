/// Purpose: what links between modules cost in time, and how gates across them are carried out.
/// Start reading at `RemotePlanner`, then `PurificationChain`.
/// Invariants: a plan ends with the qubit where it has to be; what a chain does follows from its
/// seed alone.
/// Epochs are the kernel's; Pauli corrections take none, since they only change the frame.
/// It must never be trusted: the kernel counts pairs itself.
package org.qmk.machine.link;
