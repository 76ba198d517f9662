package org.qmk.sim;

import java.util.ArrayList;
import java.util.List;

/// How a cluster's vectors are put together into two, so that they cost least in all. The rule
/// knows the widths only, never the number of shots or the memory: outcomes depend on it.
///
/// @param low vectors of the first side, the wider one
/// @param high those of the other; none where all of them are narrow enough for one
/// @param bound products of the cluster that a draw has to fulfil
record ClusterSplit(List<DenseCore> low, List<DenseCore> high, int bound) {

    /// When to split, and where.
    ///
    /// @param oneSideMax the width up to which one side is enough
    /// @param shots for which the split costs least
    /// @param mergeMax the width that rotations make vectors at most, if they can be put off
    record Rule(int oneSideMax, double shots, int mergeMax) {

        /// To make 18 qubits ready takes hundredths of a second. Nothing is put off.
        static final Rule STANDARD = new Rule(18, 1024, DenseCore.QUBITS_MAX);

        Rule merging(int width) {
            return new Rule(oneSideMax, shots, width);
        }
    }

    /// Times per amplitude, measured.
    private static final double SETUP_NANOS = 1.5;

    private static final double SHOT_NANOS = 1.5;
    private static final double DRAW_NANOS = 100;

    static ClusterSplit of(MeasuredGroup.Cluster cluster, Rule rule) {
        List<DenseCore> cores = cluster.cores();
        int width = cluster.width();
        int bound = cluster.bound();
        if (width <= rule.oneSideMax) return new ClusterSplit(cores, List.of(), bound);
        // By width of the first side, the last vector that comes to it and before which width.
        int[] last = new int[width + 1];
        boolean[] reachable = new boolean[width + 1];
        reachable[0] = true;
        for (int i = 0; i < cores.size(); i++) {
            int part = cores.get(i).width();
            for (int sum = width; sum >= part; sum--) {
                if (reachable[sum] || !reachable[sum - part]) continue;
                reachable[sum] = true;
                last[sum] = i;
            }
        }
        int best = width;
        for (int sum = width; 2 * sum >= width; sum--) {
            if (!reachable[sum]) continue;
            double nanos = nanos(sum, width - sum, bound, rule.shots);
            if (nanos < nanos(best, width - best, bound, rule.shots)) best = sum;
        }
        List<DenseCore> low = new ArrayList<>();
        List<DenseCore> high = new ArrayList<>(cores);
        for (int sum = best; sum > 0; ) {
            DenseCore core = cores.get(last[sum]);
            low.add(core);
            high.remove(core);
            sum -= core.width();
        }
        return new ClusterSplit(low, high, bound);
    }

    int lowWidth() {
        return width(low);
    }

    int highWidth() {
        return width(high);
    }

    double bytes() {
        double buffer = highWidth() == 0 ? 0 : Math.scalb(16.0, highWidth());
        return Math.scalb(16.0, lowWidth()) + Math.scalb(16.0, highWidth()) + buffer;
    }

    double nanos(double shots) {
        return nanos(lowWidth(), highWidth(), bound, shots);
    }

    /// About one and a half operations per qubit make a side ready; a shot then halves the narrower
    /// side until nothing is left.
    ///
    /// Draws are repeated until all bound products are fulfilled: half of these, at most, are seen
    /// to be so only when the narrower side is halved.
    private static double nanos(int low, int high, int bound, double shots) {
        double setup = 1.5 * (low * Math.scalb(1.0, low) + high * Math.scalb(1.0, high));
        double halving = high == 0 ? 0 : Math.scalb(SHOT_NANOS, high + bound / 2);
        double draws = Math.scalb(DRAW_NANOS, bound);
        return SETUP_NANOS * setup + shots * (draws + halving);
    }

    private static int width(List<DenseCore> cores) {
        int width = 0;
        for (DenseCore core : cores) width += core.width();
        return width;
    }
}
