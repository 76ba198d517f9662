package org.qmk.simulation;

import java.util.ArrayList;
import java.util.List;
import org.qmk.device.*;
import org.qmk.machine.FirstFitPlanner;

/// A planner that proposes what cannot be, or what others need.
final class Misrouting {

    private static final int SIDES = 8;

    private final FirstFitPlanner planner;
    private final Dice dice;

    Misrouting(FirstFitPlanner planner, Dice dice) {
        this.planner = planner;
        this.dice = dice;
    }

    /// @param right good routes for some of what is asked for, one or more
    List<Route> routes(List<RouteRequest> requests, List<Route> right) {
        List<Route> wrong = new ArrayList<>(right);
        int place = dice.below(right.size());
        Route one = right.get(place);
        Route other = right.get(dice.below(right.size()));
        switch (dice.below(7)) {
            case 0 -> wrong.remove(place);
            case 1 -> wrong.set(place, new Route(one.job(), one.node(), anywhere()));
            case 2 -> wrong.set(place, new Route(one.job(), one.node(), other.sides()));
            case 3 -> wrong.add(0, new Route(one.job(), one.node(), List.of()));
            case 4 -> wrong.add(new Route(new JobId(999_999), 7, one.sides()));
            case 5 -> {
                List<Integer> more = new ArrayList<>(one.sides());
                more.addAll(anywhere());
                wrong.set(place, new Route(one.job(), one.node(), more));
            }
            // Each as if there were no other.
            default -> {
                wrong.clear();
                for (RouteRequest request : requests) {
                    wrong.addAll(planner.route(List.of(request)));
                }
            }
        }
        return wrong;
    }

    private List<Integer> anywhere() {
        List<Integer> sides = new ArrayList<>();
        for (int i = dice.below(SIDES); i >= 0; i--) {
            sides.add(dice.oneIn(9) ? Integer.MAX_VALUE - dice.below(3) : dice.below(120));
        }
        return sides;
    }
}
