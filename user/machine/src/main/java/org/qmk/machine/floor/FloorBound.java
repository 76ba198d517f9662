package org.qmk.machine.floor;

import java.util.List;

/// What no schedule of a queue can be shorter than.
public final class FloorBound {

    private static final int KINDS = 3;

    private FloorBound() {}

    /// Tiles times cycles of all jobs, over the tiles of the floor.
    public static double volume(Floor floor, List<FloorJob> queue) {
        double volume = 0;
        for (FloorJob job : queue) volume += job.volume();
        return volume / (floor.width() * floor.height());
    }

    /// The best of many bounds by scaled sides. A dual feasible function maps the share of a side
    /// of the floor that a job takes so that jobs that fit side by side still do; then the scaled
    /// volume is a bound too. Large jobs count for more than their tiles, because nothing fits
    /// beside them. As jobs may be turned, each counts by the mean over both ways, which holds on
    /// a square floor only.
    /// Source: Fekete and Schepers, "A general framework for bounds for higher-dimensional
    /// orthogonal packing problems" (2004), functions u, U and phi.
    ///
    /// @throws IllegalArgumentException if the floor is not square
    public static double shape(Floor floor, List<FloorJob> queue) {
        int side = floor.width();
        if (floor.height() != side) throw new IllegalArgumentException("expected a square floor");
        double[][] scales = scales(side);
        double best = volume(floor, queue);
        for (int i = 0; i < scales.length; i++) {
            for (int j = i; j < scales.length; j++) {
                double scaled = 0;
                for (FloorJob job : queue) {
                    int w = job.width();
                    int h = job.height();
                    double both = scales[i][w] * scales[j][h] + scales[i][h] * scales[j][w];
                    scaled += both * job.cycles();
                }
                best = Math.max(best, scaled / 2);
            }
        }
        return best;
    }

    /// Every function as a table by tiles.
    private static double[][] scales(int side) {
        int each = side / 2;
        double[][] scales = new double[KINDS * each][side + 1];
        for (int parameter = 1; parameter <= each; parameter++) {
            for (int tiles = 1; tiles <= side; tiles++) {
                scales[parameter - 1][tiles] = rounded(tiles, side, parameter);
                scales[each + parameter - 1][tiles] = cut(tiles, side, parameter);
                scales[2 * each + parameter - 1][tiles] = counted(tiles, side, parameter);
            }
        }
        return scales;
    }

    /// u: steps of 1/k, where a share that hits a step exactly stays as it is.
    private static double rounded(int tiles, int side, int k) {
        int steps = (k + 1) * tiles;
        return steps % side == 0 ? tiles / (double) side : steps / side / (double) k;
    }

    /// U: all of the side if less than the least is left beside it, nothing if it is less itself.
    private static double cut(int tiles, int side, int least) {
        if (tiles > side - least) return 1;
        return tiles < least ? 0 : tiles / (double) side;
    }

    /// phi: how many pieces of the least fit beside it.
    private static double counted(int tiles, int side, int least) {
        int pieces = side / least;
        if (2 * tiles > side) return 1 - (side - tiles) / least / (double) pieces;
        return tiles < least ? 0 : 1.0 / pieces;
    }
}
