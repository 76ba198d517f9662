package org.qmk.device;

import java.util.Arrays;
import java.util.List;
import org.qmk.qvm.Graph;

/// What a device does in one epoch: begin the starts, carry out the issues, forget the ends.
///
/// @param epoch number of the epoch, from 1
/// @param starts waves that begin
/// @param issues nodes to carry out, one entry a wave, in the order of the round
/// @param ends waves that are over; their blocks are free again
public record EpochPlan(long epoch, List<Start> starts, List<Issue> issues, List<JobId> ends) {
    public EpochPlan {
        starts = List.copyOf(starts);
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

    /// Nodes of a wave, in an order in which they may be carried out one after another.
    public record Issue(JobId job, int[] nodes) {
        public Issue {
            nodes = nodes.clone();
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
                    && Arrays.equals(nodes, that.nodes);
        }

        @Override
        public int hashCode() {
            return 31 * job.hashCode() + Arrays.hashCode(nodes);
        }
    }
}
