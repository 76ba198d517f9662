/// The kernel of a server: one thread that steps it, a journal that is durable before anybody is
/// told, and what the journal says of jobs and tenants.
package org.qmk.server.engine;
