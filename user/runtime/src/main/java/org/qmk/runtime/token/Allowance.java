package org.qmk.runtime.token;

/// Uses that all copies of a token share, however they were restricted after the quota was set.
///
/// @param id the same for all these copies, and for no others
/// @param uses the most uses by all of them together
public record Allowance(Word128 id, long uses) {}
