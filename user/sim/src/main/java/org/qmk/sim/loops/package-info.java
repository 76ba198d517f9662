/// The innermost loops of the simulators: what each does, and a scalar reference for each.
///
/// Start with `BitLoops`. An interface here may have a faster implementation in another module,
/// found as a service: `LoopChoice` takes it where it is there. The scalar class says what is
/// right.
///
/// Loops take primitive arrays, or memory outside the heap, and ranges of them, change them in
/// place, and keep nothing. They must never check ranges beyond what the JVM does, allocate, or
/// know of programs and shots.
package org.qmk.sim.loops;
