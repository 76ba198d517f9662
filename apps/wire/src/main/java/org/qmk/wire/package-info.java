/// qSyscall as it travels: one `.proto` is the definition, and gRPC, JSON-RPC, the table of calls
/// and the reference are made from it.
///
/// Start reading at `RpcCall`, the table, and `JsonMessage`, the mapping to JSON. Whatever bytes
/// come in, what comes out is a message, or a `CallRefused` that says what was expected. Every
/// reader is bounded in length and depth and takes time linear in its input. Nothing here knows
/// the kernel, opens a socket or keeps a thread.
package org.qmk.wire;
