/// Decoders by belief propagation: min-sum for one shot and for many at once, ordered
/// statistics for what it leaves open, and ensembles of it with memory.
///
/// Start at `MinSumDecoder`; `OrderedStatisticsDecoder` and `RelayDecoder` are made of it.
/// Invariants: beliefs are integers, so that one shot and many, and all machines, give the same;
/// nothing is allocated by decoding.
/// It must never take a correction that does not explain the syndrome for one that does.
package org.qmk.qec.bp;
