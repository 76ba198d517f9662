package org.qmk.kernel.call;

/// Where a brokered channel is.
public enum ChannelState {
    /// One side has named its terms.
    OFFERED,
    /// Both sides consent.
    OPEN,
    CLOSED
}
