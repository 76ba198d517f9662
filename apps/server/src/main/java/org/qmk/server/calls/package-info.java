/// What each call of qSyscall does, whatever it came over.
package org.qmk.server.calls;
