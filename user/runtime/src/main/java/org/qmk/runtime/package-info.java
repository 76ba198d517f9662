/// Purpose: everything that turns the kernel into something one can use: loop, journal, recovery,
/// replay, tally.
/// Start reading at `EmbeddedKernel`; `Journal` says what is on disk.
/// Invariants: an input is in the journal before the kernel takes it; replay needs the journal
/// alone.
/// The kernel's notices are the only way in which anything here learns what happened.
/// It must never change what the kernel decided.
package org.qmk.runtime;
