/// A client of a QMK server, over HTTP or over a Unix-domain socket of the same machine.
///
/// Start with `QmkClient`. Calls block, and belong on virtual threads where there are many; any
/// thread may use a client. What the server says no to is a `ServerRefusal`, what goes wrong on the
/// way there or back a `TransportFailure`. No answer, however wrong, long or late, makes a call
/// wait for ever or fail otherwise. Only a submission is sent again by itself, under a key that
/// keeps it from running twice. Must never show a key in a message.
package org.qmk.runtime.client;
