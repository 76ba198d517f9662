package org.qmk.sim;

import java.util.Map;
import java.util.TreeMap;

/// The exact distribution that a simulator's state gives: both branches of every measurement.
final class PathEnumerator<S extends ShotState<S>> {

    private final StepList steps;
    private final Map<String, Double> distribution = new TreeMap<>();

    private PathEnumerator(StepList steps) {
        this.steps = steps;
    }

    static <S extends ShotState<S>> Map<String, Double> distribution(StepList steps, S state) {
        var enumerator = new PathEnumerator<S>(steps);
        state.clear();
        enumerator.follow(0, state, new EventBits(steps.graph().events().size()), 1);
        return enumerator.distribution;
    }

    private void follow(int step, S state, EventBits events, double chance) {
        if (step == steps.size()) {
            var text = new StringBuilder();
            for (int i = 0; i < steps.graph().events().size(); i++) {
                text.append(events.get(i) ? '1' : '0');
            }
            distribution.merge(text.toString(), chance, Double::sum);
            return;
        }
        Act act = steps.act(step);
        if (act != Act.FREE) state.setWidth(steps.width(step));
        if (steps.isGuarded(step) && !events.holds(steps.guard(step))) {
            state.setWidth(steps.width(step));
            follow(step + 1, state, events, chance);
        } else if (act.isClassical()) {
            events.evaluate(steps, step);
            follow(step + 1, state, events, chance);
        } else if (act.isGate() || act == Act.ALLOC) {
            state.apply(step);
            follow(step + 1, state, events, chance);
        } else if (act == Act.PAULI) {
            if (events.applies(steps.graph(), steps.node(step))) state.apply(step);
            follow(step + 1, state, events, chance);
        } else {
            branch(step, state, events, chance);
        }
    }

    private void branch(int step, S state, EventBits events, double chance) {
        double one = state.chanceOfOne(step);
        if (one == 0 || one == 1) {
            go(step, state, events, chance, one == 1);
            return;
        }
        S before = state.fresh();
        before.copyFrom(state);
        var eventsBefore = new EventBits(steps.graph().events().size());
        eventsBefore.copyFrom(events);
        go(step, state, events, chance * one, true);
        state.copyFrom(before);
        events.copyFrom(eventsBefore);
        go(step, state, events, chance * (1 - one), false);
    }

    private void go(int step, S state, EventBits events, double chance, boolean value) {
        state.settle(step, value);
        if (steps.event(step) != StepList.NO_EVENT) events.set(steps.event(step), value);
        state.setWidth(steps.width(step));
        follow(step + 1, state, events, chance);
    }
}
