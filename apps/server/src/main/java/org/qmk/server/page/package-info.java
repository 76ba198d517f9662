/// Purpose: the live web page at the server's address: what the machine does, for people.
/// Start reading at `PageRoutes`, then `MachineFollower` and `MachinePicture`; the files that the
/// browser loads are in the resources, below `page/`.
/// Invariants: the kernel's thread pays for what changes and never waits; a tenant is told nothing
/// of others but which blocks they hold, and not even that where tenants are kept apart.
/// It must never change what the kernel does, and never load anything from another server.
package org.qmk.server.page;
