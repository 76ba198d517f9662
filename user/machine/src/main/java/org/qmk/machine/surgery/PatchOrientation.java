package org.qmk.machine.surgery;

import java.util.List;

/// How a one-tile patch lies: opposite sides have boundaries of one kind.
public enum PatchOrientation {

    /// Z boundaries to the left and right, X boundaries above and below.
    Z_BESIDE,

    /// Z boundaries above and below.
    Z_ABOVE;

    /// The patch after `SurgeryOperation.ROTATE`.
    public PatchOrientation rotated() {
        return this == Z_BESIDE ? Z_ABOVE : Z_BESIDE;
    }

    /// What a route that measures with the given boundary of the patch has to reach.
    ///
    /// @param tile that the patch is on, see `TileGrid`
    public RouteEnd end(int tile, Boundary boundary) {
        boolean beside = (boundary == Boundary.Z) == (this == Z_BESIDE);
        return new RouteEnd(List.of(tile), beside, !beside);
    }
}
