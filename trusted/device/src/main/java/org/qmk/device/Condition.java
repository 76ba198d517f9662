package org.qmk.device;

/// What can be wrong with a machine, short of a fault.
public enum Condition {
    /// A module's physical error rate has left its calibrated value.
    DRIFT,
    /// A link makes fewer pairs, or worse ones.
    LINK,
    /// A module makes correlated errors, a burst for one.
    HOT_MODULE,
    /// Syndromes wait for the decoder.
    DECODER,
    /// A factory delivers fewer magic states than it should.
    FACTORY,
    /// Reports do not fit what was asked, or what syndromes allow.
    LIES
}
