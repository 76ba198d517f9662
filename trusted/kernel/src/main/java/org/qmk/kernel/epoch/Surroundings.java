package org.qmk.kernel.epoch;

import java.util.*;
import org.qmk.device.*;
import org.qmk.kernel.call.*;
import org.qmk.verifier.Verified;

/// What decisions about an epoch need to know from outside their own tables. "Next" is the epoch
/// after the one that was opened last.
public interface Surroundings {

    /// Blocks that the tenant may hold at once.
    int quota(TenantId tenant);

    int weight(TenantId tenant);

    /// Whether the jobs of the tenant stand still.
    boolean suspended(TenantId tenant);

    /// Whether the next epoch is one in which the tenant's jobs may run.
    boolean mayRun(TenantId tenant);

    /// Blocks that the next wave could have.
    int freeBlocks();

    /// Shots of the job, up to `enough`, that have room among them.
    long room(Job job, long enough);

    /// As many of the ways, the first first, as it takes for some jobs to have room; none if all of
    /// them are too few.
    ///
    /// @param needy one job, or those whose time is reserved
    /// @param shots that the first needs if it is the only one; else 0: whole modules are needed,
    ///     so that wherever the planner puts one job the others have room
    /// @param going waves that leave whatever is decided
    List<EpochScheduler.Way> enough(
            List<Job> needy, long shots, List<Job> going, List<EpochScheduler.Way> ways);

    /// Blocks of the part of the machine that the next wave can be in.
    int blocks();

    /// Most shots of a wave of a program, however much is free.
    int waveShotsMax(Verified program);

    /// What an epoch can give of a resource if nothing is wrong.
    long capacity(Resource resource);

    /// The most that there can ever be of a resource at once.
    long most(Resource resource);

    /// What the next epoch can give of each resource.
    long[] left();

    /// Whether the decoders are so far behind that nothing is measured.
    boolean backlogged();

    /// What the links have for the next epoch, in thousandths of a raw pair.
    long[] pairs();

    /// Takes the pairs that the node at a position needs for those shots that lie in more than one
    /// module.
    boolean takePairs(Job job, int position, long[] pairs);

    /// Whether the machine has a floor of tiles, so that nodes need routes.
    boolean routed();

    /// The route that the node at a position needs, if any.
    Optional<RouteRequest> routeRequest(Job job, int position);

    /// By running job, in their order: whether nodes up to a position would bring tenants together
    /// that have no channel with each other, after the nodes of those before it that would not.
    BitSet foreign(int[] ends);

    /// Whether a route is one that is asked for and uses no side that is used.
    boolean isGood(RouteRequest request, Route route, BitSet used);

    /// Takes pairs for a job's move, one for each place between modules, and says how many it then
    /// still needs.
    long takeMovePairs(Job job, long[] pairs);

    /// The level of a condition, of those modules that the job has blocks in.
    int level(Condition condition, Job job);

    /// The worst level of a condition anywhere.
    int worst(Condition condition);

    /// Whether the layer of the job's next node would entangle tenants without a channel.
    boolean foreign(Job job);

    /// Rounds of stabilizer measurement of the next epoch.
    int rounds();

    /// Epochs that moving the job aside would take, or `GiveWay.NEVER` if there is no place.
    long moveEpochs(Job job);
}
