/// How the command starts a server: the server is in a module of its own, which other commands do
/// not load.
package org.qmk.cli.serve;
