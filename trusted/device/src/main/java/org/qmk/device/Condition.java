package org.qmk.device;

/// What a device can say is wrong with a part of it.
public enum Condition {
    /// The calibration of a module has drifted.
    DRIFT,
    /// A link makes fewer or worse pairs than it should.
    LINK,
    /// A module is too hot to be relied on.
    HOT_MODULE,
    /// The decoders fall behind.
    DECODER,
    /// A factory makes fewer states than it should.
    FACTORY,
    /// Reports do not fit what was asked for.
    LIES
}
