package org.qmk.kernel.call;

/// What the two sides of a brokered channel agree on.
///
/// @param purpose what it is for, in words
/// @param pairs Bell pairs that may be used over it, all together
/// @param fidelity least fidelity of a pair
public record ChannelTerms(String purpose, long pairs, double fidelity) {}
