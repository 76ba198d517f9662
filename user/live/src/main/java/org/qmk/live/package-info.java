/// Purpose: the loop of measuring, decoding and correcting, run for real below logical qubits.
/// Start reading at `LiveCode`, `LiveErrors` and `LiveWindows`.
/// Invariants: what is drawn follows from the seed and from what it is drawn for, whatever was
/// drawn before and by whichever thread; only times that are measured do not.
/// Syndromes are sampled for 1,024 shots or patches at once.
/// It must never know what a program does, or what the kernel decides.
package org.qmk.live;
