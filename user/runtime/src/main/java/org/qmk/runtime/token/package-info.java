/// Purpose: capabilities outside the kernel: handles sealed for one session, tokens for others.
/// Start reading at `HandleSeal` and `TokenMint`; docs/spec/tokens.md is the format.
/// Invariants: what was not made here does not open; a token that was restricted allows no more
/// than before; forged, altered, foreign and withdrawn get one answer.
/// The kernel sees slots, generations and bounds, never a key, a seal or a token.
/// It must never decide what the kernel decides: whether a capability lives, and until when.
package org.qmk.runtime.token;
