/// The server as a whole: configuration, start and stop.
package org.qmk.server;
