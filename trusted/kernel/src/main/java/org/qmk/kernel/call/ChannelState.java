package org.qmk.kernel.call;

/// Where a channel is. A closed one is forgotten once its end was told.
public enum ChannelState {
    /// Waits for a session of the other tenant to accept.
    OFFERED,
    OPEN,
    /// Open, but its budget of pairs is used up.
    EXHAUSTED,
    CLOSED
}
