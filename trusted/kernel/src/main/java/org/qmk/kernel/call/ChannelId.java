package org.qmk.kernel.call;

/// A channel between two tenants, numbered from 1 in the order of the offers; 0 names none.
public record ChannelId(int number) {
    public ChannelId {
        if (number < 0) {
            throw new IllegalArgumentException("channel is " + number + ", expected 0 or more");
        }
    }
}
