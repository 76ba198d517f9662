package org.qmk.device;

import java.util.List;

/// The sides of tiles that a node uses in one epoch, see `TileFloor`.
public record Route(JobId job, int node, List<Integer> sides) {
    public Route {
        sides = List.copyOf(sides);
        for (int side : sides) {
            if (side < 0) throw new IllegalArgumentException("side is " + side);
        }
        if (node < 0) throw new IllegalArgumentException("node is " + node);
    }
}
