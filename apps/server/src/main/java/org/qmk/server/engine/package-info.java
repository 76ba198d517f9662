/// The kernel of a server: one thread that steps it, a journal that is durable before anybody is
/// told, and what the journal says of jobs and tenants.
///
/// `Engine` is the thread and its queue. `Committer` forces the journal behind its back and tells
/// who asked. The books follow what the kernel takes and says, while it runs and, from the same
/// inputs in the journal, after a crash; `Ledger` is what tenants may read. `DeviceRestart` brings
/// the simulated machine to where it was.
package org.qmk.server.engine;
