package org.qmk.device;

import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Graph;

/// What a device does in one epoch: forget the ends, begin the starts, move, carry out the issues.
///
/// @param epoch number of the epoch, from 1
/// @param rounds rounds of stabilizer measurement in it
/// @param starts waves that begin
/// @param moves waves that change their blocks
/// @param issues nodes to carry out, at most one entry a wave, in the order of the round
/// @param ends waves that are over; their blocks are free again
/// @param routes those of issued nodes, on a machine with a floor of tiles
public record EpochPlan(
        long epoch,
        int rounds,
        List<Start> starts,
        List<Move> moves,
        List<Issue> issues,
        List<JobId> ends,
        List<Route> routes) {

    /// A plan without routes.
    public EpochPlan(
            long epoch,
            int rounds,
            List<Start> starts,
            List<Move> moves,
            List<Issue> issues,
            List<JobId> ends) {
        this(epoch, rounds, starts, moves, issues, ends, List.of());
    }

    public EpochPlan {
        starts = List.copyOf(starts);
        moves = List.copyOf(moves);
        issues = List.copyOf(issues);
        ends = List.copyOf(ends);
        routes = List.copyOf(routes);
    }

    /// A wave: some shots of a job, run in step with each other.
    ///
    /// @param seed the job's seed; together with a shot's number it decides its outcomes
    /// @param firstShot number of the wave's first shot within the job
    /// @param shots number of shots
    /// @param slots blocks that each shot holds
    public record Start(
            JobId job,
            Graph graph,
            long seed,
            long firstShot,
            int shots,
            int slots,
            Placement placement) {}

    /// A wave whose qubits change their blocks, slot by slot and shot by shot.
    public record Move(JobId job, Placement from, Placement to) {}

    /// Nodes of a wave, in an order in which they may be carried out one after another: a part of
    /// the fixed order of all its nodes. Whoever makes one of an order gives the array away.
    ///
    /// @param order never changed, since many issues share it
    /// @param from position of the first node, or past it if the nodes are taken back
    /// @param end position past the last node; if it is smaller than `from`, the inverses of the
    ///     nodes before `from` back to it are carried out, and each has one
    public record Issue(JobId job, int[] order, int from, int end) {

        /// @param nodes in the order of carrying out; copied
        /// @param undo whether the inverse of each node is to be carried out; each has one then
        public Issue(JobId job, boolean undo, int[] nodes) {
            this(job, nodes.clone(), undo ? nodes.length : 0, undo ? 0 : nodes.length);
            for (int i = 0; undo && i < order.length; i++) order[i] = nodes[order.length - 1 - i];
        }

        public Issue(JobId job, int[] nodes) {
            this(job, false, nodes);
        }

        /// A copy.
        @Override
        public int[] order() {
            return order.clone();
        }

        public boolean undo() {
            return end < from;
        }

        public int size() {
            return Math.abs(end - from);
        }

        public int node(int place) {
            return undo() ? order[from - 1 - place] : order[from + place];
        }

        /// A copy.
        public int[] nodes() {
            int[] nodes = new int[size()];
            for (int i = 0; i < nodes.length; i++) nodes[i] = node(i);
            return nodes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Issue that
                    && job.equals(that.job)
                    && undo() == that.undo()
                    && Arrays.equals(nodes(), that.nodes());
        }

        @Override
        public int hashCode() {
            return 31 * (31 * job.hashCode() + Boolean.hashCode(undo())) + Arrays.hashCode(nodes());
        }
    }
}
