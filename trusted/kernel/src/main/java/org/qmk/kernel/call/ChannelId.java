package org.qmk.kernel.call;

/// A brokered channel between two tenants, numbered from 1; 0 names none.
public record ChannelId(int number) {
    public ChannelId {
        if (number < 0) {
            throw new IllegalArgumentException("channel is " + number + ", expected 0 or more");
        }
    }
}
