package org.qmk.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs many shots as one tree of distinct outcomes: shots go together until their own random
/// numbers send them different ways at a measurement. Depth first; of two branches the one with
/// fewer shots goes first, so that at most log2(shots) states are kept.
///
/// @param <S> the kind of state
final class ShotTree<S extends ShotState<S>> {

    /// Finishes the shots `order[from]` to `order[to - 1]`, which went the same way so far.
    interface Ending<S> {
        /// @param draws how many numbers each of these shots has drawn
        void finish(S state, EventBits events, long draws, int[] order, int from, int to);
    }

    /// Kept states above this size are given up after use, so that what waits is all that is held.
    private static final long REUSED_BYTES_MAX = 1 << 20;

    /// A branch to be taken later.
    private static final class Branch<S> {
        EventBits events;
        S state;
        // 0 where no state is kept.
        long keptBytes;

        /// The values drawn on the way, of which the last is this branch's own.
        long[] path = {};

        long draws;
        int place;
        int from;
        int to;
    }

    private final StepList steps;
    private final ShotProgram program;
    private final PatchPlanes patches;
    private final int placesEnd;
    private final Shots shots;
    private final S state;
    private final Ending<S> ending;
    private final long keptBytesMax;
    private final int[] order;
    private final EventBits events;
    // Branches 0 to depth - 1 are waiting; the rest are there to be used again.
    private final List<Branch<S>> branches = new ArrayList<>();
    private int depth;
    private long keptBytes;
    private long[] path = new long[1];
    private long draws;
    private long drawsKnown;
    // What the last measurement or decision found.
    private boolean chosen;

    /// @param stepsEnd where the ending takes over
    /// @param state what to run in; its content is lost
    /// @param keptBytesMax what kept states may take; past it, branches are run again from the
    ///     start
    ShotTree(
            StepList steps,
            int stepsEnd,
            Shots shots,
            S state,
            long keptBytesMax,
            Ending<S> ending) {
        this(steps, NoiseList.NONE, stepsEnd, shots, state, keptBytesMax, ending);
    }

    /// @param noise what goes wrong behind the steps
    ShotTree(
            StepList steps,
            NoiseList noise,
            int stepsEnd,
            Shots shots,
            S state,
            long keptBytesMax,
            Ending<S> ending) {
        this.steps = steps;
        this.program = new ShotProgram(steps, noise);
        this.patches = new PatchPlanes(noise, shots);
        this.placesEnd = program.placeOf(stepsEnd);
        this.shots = shots;
        this.state = state;
        this.keptBytesMax = keptBytesMax;
        this.ending = ending;
        events = new EventBits(steps.graph().events().size());
        order = new int[shots.count()];
        for (int i = 0; i < order.length; i++) order[i] = i;
    }

    void run() {
        if (order.length == 0) return;
        try {
            state.clear();
            follow(0, 0, order.length);
            while (depth > 0) {
                Branch<S> branch = branches.get(--depth);
                take(branch);
            }
        } finally {
            for (Branch<S> branch : branches) if (branch.state != null) branch.state.release();
        }
    }

    private void take(Branch<S> branch) {
        path = Arrays.copyOf(branch.path, Math.max(1, branch.path.length));
        if (branch.keptBytes > 0) {
            state.copyFrom(branch.state);
            events.copyFrom(branch.events);
            draws = branch.draws;
            drawsKnown = draws;
            keptBytes -= branch.keptBytes;
            if (branch.keptBytes > REUSED_BYTES_MAX) {
                branch.state.release();
                branch.state = null;
            }
            boolean one = pathBit(draws - 1);
            settle(branch.place, one);
            follow(program.after(branch.place, one), branch.from, branch.to);
        } else {
            state.clear();
            events.clear();
            drawsKnown = branch.draws;
            draws = 0;
            follow(0, branch.from, branch.to);
        }
    }

    /// Runs the shots from `from` to `to` on from a place, leaving shots that part on the way as
    /// branches behind.
    private void follow(int firstPlace, int from, int to) {
        int last = to;
        int place = firstPlace;
        while (place < placesEnd) {
            int step = program.step(place);
            if (program.isDecision(place)) {
                last = choose(place, from, last);
                place = program.after(place, chosen);
                continue;
            }
            int width = steps.width(step);
            if (steps.act(step) != Act.FREE) state.setWidth(width);
            boolean happens = !steps.isGuarded(step) || events.holds(steps.guard(step));
            if (happens) {
                if (isRandom(steps.act(step))) last = choose(place, from, last);
                else act(step);
            }
            state.setWidth(width);
            place = happens ? place + 1 : program.afterSkipped(place);
        }
        ending.finish(state, events, draws, order, from, last);
    }

    private void act(int step) {
        Act act = steps.act(step);
        if (act.isClassical()) {
            events.evaluate(steps, step);
        } else if (act.isGate()) {
            state.apply(step);
        } else if (act == Act.PAULI && events.applies(steps.graph(), steps.node(step))) {
            state.apply(step);
        }
    }

    private static boolean isRandom(Act act) {
        return act == Act.MEASURE
                || act == Act.MEASURE_ANGLE
                || act == Act.FREE
                || act == Act.RESET;
    }

    /// Measures, or decides, for the shots from `from` to `to` and returns where those end that go
    /// on now; `chosen` is what they found.
    private int choose(int place, int from, int to) {
        boolean isDrawn = program.isDrawn(place);
        double chance = isDrawn ? Double.NaN : chanceOfOne(place);
        if (chance == 0 || chance == 1) {
            settle(place, chance == 1);
            return to;
        }
        if (draws < drawsKnown) {
            settle(place, pathBit(draws++));
            return to;
        }
        int middle = isDrawn ? part(from, to, program.drawn(place)) : split(from, to, chance);
        boolean one = middle == to;
        int end = to;
        if (middle > from && middle < to) {
            if (middle - from > to - middle) reverse(from, to);
            boolean onesFirst = middle - from <= to - middle;
            end = onesFirst ? middle : from + to - middle;
            one = onesFirst;
            leave(place, !one, end, to);
        }
        recordDraw(one);
        settle(place, one);
        return end;
    }

    private double chanceOfOne(int place) {
        if (!program.isDecision(place)) return state.chanceOfOne(program.step(place));
        return switch (program.effect(place)) {
            case NOTHING, PAULI, FLIP -> program.chance(place);
            case DECAY -> program.chance(place) * state.weightOfOne(program.first(place));
        };
    }

    /// Orders the shots so that those that draw 1 come first, and returns where they end.
    private int split(int from, int to, double chance) {
        int low = from;
        int high = to;
        while (low < high) {
            long shot = shots.first() + order[low];
            if (ShotStream.uniform(shots.seed(), shot, draws) < chance) {
                low++;
            } else {
                high--;
                int swapped = order[low];
                order[low] = order[high];
                order[high] = swapped;
            }
        }
        return low;
    }

    /// Orders the shots so that those come first of which somebody else drew 1, and returns where
    /// they end.
    private int part(int from, int to, int drawn) {
        int low = from;
        int high = to;
        while (low < high) {
            if (patches.bit(drawn, order[low])) {
                low++;
            } else {
                high--;
                int swapped = order[low];
                order[low] = order[high];
                order[high] = swapped;
            }
        }
        return low;
    }

    private void reverse(int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private void leave(int place, boolean one, int from, int to) {
        if (depth == branches.size()) branches.add(new Branch<>());
        Branch<S> branch = branches.get(depth++);
        branch.place = place;
        branch.from = from;
        branch.to = to;
        branch.draws = draws + 1;
        setPathBit(draws, one);
        branch.path = path.clone();
        long bytes = state.copyBytes();
        branch.keptBytes = keptBytes + bytes <= keptBytesMax ? bytes : 0;
        if (branch.keptBytes == 0) return;
        keptBytes += bytes;
        if (branch.state == null) branch.state = state.fresh();
        if (branch.events == null) {
            branch.events = new EventBits(steps.graph().events().size());
        }
        branch.state.copyFrom(state);
        branch.events.copyFrom(events);
    }

    private void recordDraw(boolean one) {
        setPathBit(draws, one);
        draws++;
        drawsKnown = draws;
    }

    private boolean pathBit(long draw) {
        return (path[(int) (draw >>> 6)] >>> draw & 1) != 0;
    }

    private void setPathBit(long draw, boolean one) {
        int word = (int) (draw >>> 6);
        if (word >= path.length) path = Arrays.copyOf(path, 2 * word);
        if (one) path[word] |= 1L << draw;
        else path[word] &= ~(1L << draw);
    }

    private void settle(int place, boolean one) {
        chosen = one;
        if (program.isDecision(place)) {
            decide(place, one);
            return;
        }
        int step = program.step(place);
        state.settle(step, one);
        int event = steps.event(step);
        if (event == StepList.NO_EVENT) return;
        events.set(event, one);
    }

    private void decide(int place, boolean one) {
        switch (program.effect(place)) {
            case NOTHING -> {}
            case PAULI -> {
                if (!one) return;
                applyLetter(program.first(place));
                applyLetter(program.second(place));
            }
            case DECAY -> state.decay(program.first(place), program.chance(place), one);
            case FLIP -> {
                int event = program.first(place);
                if (one) events.set(event, !events.get(event));
            }
        }
    }

    private void applyLetter(int lettered) {
        if (lettered < 0) return;
        int letter = lettered >>> StepList.LETTER_SHIFT;
        state.applyLetter(lettered & StepList.SLOT_MASK, (letter & 1) != 0, (letter & 2) != 0);
    }
}
