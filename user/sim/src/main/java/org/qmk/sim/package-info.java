/// Logical simulators: they run shots of a graph exactly, without noise.
/// Start at `Simulators`, which chooses one, and `Simulator`, which all are.
/// `StepList` turns a graph into what simulators run; `ShotTree` shares work between shots.
/// Invariant: outcomes depend on graph, seed and shot number alone, on every machine, and with any
/// number of threads.
/// A graph is taken to be one that the verifier accepts; nothing here checks that again.
/// Never: clock, I/O, a random number that no seed explains.
package org.qmk.sim;
