/// Purpose: logical layout on a floor of tiles, and what lattice surgery does on it.
/// Start reading at `BlockLayout` and `TileRouter`.
/// Invariants: the routes of one answer share no side of a tile, and lead through lanes only; an
/// answer follows from the question alone.
/// Durations are counted in steps of d code cycles, d being the code distance.
/// It must never be trusted: the kernel checks every route.
package org.qmk.machine.surgery;
