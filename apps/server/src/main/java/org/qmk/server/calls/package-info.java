/// What each call of qSyscall does, whatever it came over.
///
/// `Calls` has the table: a handler for each call of the definition. A handler turns a message
/// into inputs of the kernel, waits until their answer is durable, and makes the reply; what the
/// kernel refuses becomes a `CallRefused` with the wire's code. `Accounts` and `PastJobs` are what
/// handlers need of the store. Any thread may call; a call may wait.
package org.qmk.server.calls;
