package org.qmk.device;

import java.util.List;

/// A node that cannot happen in the next epoch unless somebody knows a route for it.
///
/// @param blocks those that it acts on
/// @param port whether the route leads to a port in each module that has some of the blocks
public record RouteRequest(JobId job, int node, List<Integer> blocks, boolean port) {
    public RouteRequest {
        blocks = List.copyOf(blocks);
    }
}
