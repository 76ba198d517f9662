/// How the command starts a server.
///
/// The server is in a module of its own, with libraries that other commands do not load: their
/// start would be slower. So `qmk serve` is a command like the others here, with its options and
/// its help, and what it starts is found as a service, `ServerStart`, on the module path that
/// `./qmk serve` gives it.
package org.qmk.cli.serve;
