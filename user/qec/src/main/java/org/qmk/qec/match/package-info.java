/// Minimum-weight perfect matching of detection events.
/// Start at `MatchingGraph`, which is made of a model, and `MatchingDecoder`.
/// Invariants: weights are even integers, so that all collisions come at integer times; every
/// radius stays dual feasible; nothing is cleared that was not touched.
/// It must never allocate while it decodes, once its arrays have grown.
package org.qmk.qec.match;
