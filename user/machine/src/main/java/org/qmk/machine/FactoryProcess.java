package org.qmk.machine;

import java.util.List;
import java.util.PriorityQueue;

/// A pipeline at work, run by run. What it makes follows from the seed and the rounds that passed,
/// not from what is done with its states.
final class FactoryProcess {

    private static final int RUNS = 3;

    /// The end of a unit's run.
    private record End(long round, int level) implements Comparable<End> {
        @Override
        public int compareTo(End other) {
            int byRound = Long.compare(round, other.round);
            return byRound != 0 ? byRound : Integer.compare(level, other.level);
        }
    }

    private final List<FactoryPipeline.Level> levels;
    private final long seed;
    private final long subject;
    private final PriorityQueue<End> ends = new PriorityQueue<>();

    /// By level: units without a run, states that are kept, and units that wait for room there.
    private final int[] idle;

    private final long[] kept;
    private final int[] waiting;

    private long now;
    private long runs;
    private long made;

    /// @param subject tells it from others of the same seed
    FactoryProcess(List<FactoryPipeline.Level> levels, long seed, long subject) {
        this.levels = levels;
        this.seed = seed;
        this.subject = subject;
        idle = levels.stream().mapToInt(FactoryPipeline.Level::units).toArray();
        kept = new long[levels.size()];
        waiting = new int[levels.size()];
        settle();
    }

    /// Lets rounds pass.
    ///
    /// @return the states that the last level made
    long pass(int rounds) {
        long end = now + rounds;
        made = 0;
        while (ends.peek() != null && ends.peek().round <= end) {
            // What ends in one round is there before anything begins.
            now = ends.peek().round;
            while (ends.peek() != null && ends.peek().round == now) end(ends.remove().level);
            settle();
        }
        now = end;
        return made;
    }

    private void end(int at) {
        double uniform = Draw.uniform(Draw.bits(seed, RUNS, runs++, subject));
        FactoryPipeline.Level level = levels.get(at);
        if (uniform < level.failure()) idle[at]++;
        else if (at == levels.size() - 1) {
            made += level.outputs();
            idle[at]++;
        } else {
            waiting[at]++;
        }
    }

    /// Puts away what is made and begins what can begin, until nothing changes.
    private void settle() {
        boolean again = true;
        while (again) {
            again = false;
            for (int at = levels.size() - 1; at >= 0; at--) {
                again |= putAway(at);
                again |= begin(at);
            }
        }
    }

    private boolean putAway(int at) {
        FactoryPipeline.Level level = levels.get(at);
        boolean any = false;
        while (waiting[at] > 0 && kept[at] + level.outputs() <= level.buffer()) {
            kept[at] += level.outputs();
            waiting[at]--;
            idle[at]++;
            any = true;
        }
        return any;
    }

    private boolean begin(int at) {
        FactoryPipeline.Level level = levels.get(at);
        boolean any = false;
        while (idle[at] > 0 && (at == 0 || kept[at - 1] >= level.inputs())) {
            if (at > 0) kept[at - 1] -= level.inputs();
            idle[at]--;
            ends.add(new End(now + level.rounds(), at));
            any = true;
        }
        return any;
    }
}
