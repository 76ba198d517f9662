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
public record EpochPlan(
        long epoch,
        int rounds,
        List<Start> starts,
        List<Move> moves,
        List<Issue> issues,
        List<JobId> ends) {
    public EpochPlan {
        starts = List.copyOf(starts);
        moves = List.copyOf(moves);
        issues = List.copyOf(issues);
        ends = List.copyOf(ends);
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

    /// Nodes of a wave, in an order in which they may be carried out one after another.
    ///
    /// @param undo whether the inverse of each node is to be carried out; each has one then
    public record Issue(JobId job, boolean undo, int[] nodes) {
        public Issue {
            nodes = nodes.clone();
        }

        public Issue(JobId job, int[] nodes) {
            this(job, false, nodes);
        }

        /// A copy.
        @Override
        public int[] nodes() {
            return nodes.clone();
        }

        public int size() {
            return nodes.length;
        }

        public int node(int place) {
            return nodes[place];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Issue that
                    && job.equals(that.job)
                    && undo == that.undo
                    && Arrays.equals(nodes, that.nodes);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * job.hashCode() + Boolean.hashCode(undo)) + Arrays.hashCode(nodes);
        }
    }
}
