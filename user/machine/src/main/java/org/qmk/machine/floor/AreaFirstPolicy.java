package org.qmk.machine.floor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// List scheduling by area: whenever a box ends, the largest jobs that fit begin.
public final class AreaFirstPolicy implements FloorPolicy {

    /// The policy has no state.
    public AreaFirstPolicy() {}

    @Override
    public List<FloorBox> place(Floor floor, List<FloorJob> visible) {
        var schedule = new EagerSchedule(floor, visible);
        var largestFirst = Comparator.comparingInt((Integer i) -> -visible.get(i).area());
        schedule.run(
                IntStream.range(0, visible.size())
                        .boxed()
                        .sorted(largestFirst)
                        .mapToInt(Integer::intValue)
                        .toArray());
        return schedule.boxes();
    }
}
