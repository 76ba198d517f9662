package org.qmk.verifier;

/// What the verifier says about a graph.
public sealed interface Verdict permits Verified, Rejected {}
