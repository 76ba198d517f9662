package org.qmk.device;

import java.util.List;

/// Where the qubits of a wave are: slot i of shot s is block number (s * slots per shot + i) of the
/// extents taken one after another.
public record Placement(List<Extent> extents) {

    /// The placement of a wave without qubits.
    public static final Placement NOWHERE = new Placement(List.of());

    public Placement {
        extents = List.copyOf(extents);
    }

    public long blocks() {
        long blocks = 0;
        for (Extent extent : extents) blocks += extent.length();
        return blocks;
    }

    /// The block at a place in the extents taken one after another.
    ///
    /// @param place 0 or more, less than `blocks`
    public int block(long place) {
        long rest = place;
        for (Extent extent : extents) {
            if (rest < extent.length()) return (int) (extent.start() + rest);
            rest -= extent.length();
        }
        throw new IndexOutOfBoundsException("place " + place + " of " + blocks());
    }
}
