/// Benchmarks: JMH for loops, plain mains for whole runs.
///
/// Start reading at any class; its comment gives the unit of work and the goal.
/// Invariant: a benchmark checks its result, so that a wrong kernel cannot win.
/// A benchmark runs on the class path (target/classes and target/lib), because JMH's forks do.
/// It must never be part of `mvn verify`, and its figures are never compared across machines.
package org.qmk.bench;
