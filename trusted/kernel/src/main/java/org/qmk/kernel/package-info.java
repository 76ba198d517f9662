/// Purpose: the kernel itself: `Kernel.step` takes one input and gives one output.
/// Start reading at `Kernel`, then `KernelState`; docs/spec/kernel.md is the normative text.
/// Invariants: `decide` changes nothing and may refuse, `apply` changes and cannot fail; the same
/// inputs give the same digests in every JVM; the parts know `call` and never one another.
/// It must never read a clock, draw a random number, start a thread, do I/O or depend on a hash
/// order; time is the number of the epoch.
package org.qmk.kernel;
