/// The server as a whole: configuration, start and stop.
///
/// `ServeMain` is what `qmk serve` starts. It reads a `Configuration`, and `Server` opens what the
/// server is made of, in this order: the store, the engine, the calls, the gateway, the ways in.
/// It closes them the other way round. Nothing here knows what a call does; nothing in the other
/// packages knows of the configuration file.
package org.qmk.server;
