package org.qmk.machine.floor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a policy made of a queue.
///
/// @param boxes every job's place, in the order of the decisions
/// @param makespan end of the last one
public record FloorRun(List<FloorBox> boxes, long makespan) {

    public FloorRun {
        boxes = List.copyOf(boxes);
    }

    /// Plays a policy over a queue that is there from the beginning.
    ///
    /// @param floor an empty floor; changed
    /// @param window how many waiting jobs the policy sees
    /// @throws IllegalStateException if the policy breaks its promise: waits for nothing, or places
    ///     what it was not shown
    /// @throws IllegalArgumentException if it places where it must not, or a job fits no floor
    public static FloorRun of(Floor floor, List<FloorJob> queue, int window, FloorPolicy policy) {
        for (FloorJob job : queue) {
            if (!floor.holds(job)) throw new IllegalArgumentException(job + " fits no empty floor");
        }
        List<FloorJob> visible = new ArrayList<>();
        List<FloorBox> boxes = new ArrayList<>();
        int shown = 0;
        long makespan = floor.now();
        while (shown < queue.size() || !visible.isEmpty()) {
            while (visible.size() < window && shown < queue.size()) visible.add(queue.get(shown++));
            List<FloorBox> placed = policy.place(floor, Collections.unmodifiableList(visible));
            for (FloorBox box : placed) {
                if (!visible.remove(box.job())) {
                    throw new IllegalStateException(box + " is for a job that is not waiting");
                }
                floor.add(box);
                boxes.add(box);
                makespan = Math.max(makespan, box.end());
            }
            if (placed.isEmpty()) floor.advance(floor.nextEnd());
        }
        return new FloorRun(boxes, makespan);
    }
}
