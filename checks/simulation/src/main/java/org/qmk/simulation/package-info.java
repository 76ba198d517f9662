/// Purpose: simulates a whole system from a seed, with faults, and checks laws each epoch.
/// Start reading at `Simulation`, then `World`, which is told what the kernel is told.
/// Invariants: a run follows from its scenario alone; no law is computed from the kernel's state.
/// What the kernel answers is judged by inputs, plans, reports and notices.
/// A broken law is printed with the seed that breaks it.
/// It must never decide anything for the kernel.
package org.qmk.simulation;
