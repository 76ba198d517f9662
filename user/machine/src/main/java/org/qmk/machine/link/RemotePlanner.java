package org.qmk.machine.link;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Chooses between moving a qubit to another module and lending it a copy there: the cheapest plan
/// for a run of uses, among all in which the qubit is at home, away, or shared in one basis.
public final class RemotePlanner {

    /// Where the qubit is.
    private enum Place {
        HOME,
        AWAY,
        SHARED_Z,
        SHARED_X
    }

    private final double epochsPerPair;
    private final boolean returns;

    /// @param epochsPerPair mean epochs that a pair takes, 0 or more; over a route of several links
    ///     the sum of theirs
    /// @param returns whether the qubit has to be at home in the end
    public RemotePlanner(double epochsPerPair, boolean returns) {
        if (!(epochsPerPair >= 0)) {
            throw new IllegalArgumentException(
                    "epochsPerPair is " + epochsPerPair + ", expected 0 or more");
        }
        this.epochsPerPair = epochsPerPair;
        this.returns = returns;
    }

    /// The cheapest plan; of equal ones the first, in the order of the places.
    public RemotePlan plan(List<RemoteUse> uses) {
        Map<Place, RemotePlan> best = new EnumMap<>(Place.class);
        best.put(Place.HOME, new RemotePlan(List.of()));
        for (RemoteUse use : uses) {
            best = moved(best);
            Map<Place, RemotePlan> next = new EnumMap<>(Place.class);
            for (var entry : best.entrySet()) {
                if (!works(entry.getKey(), use)) continue;
                RemoteStep gate =
                        use == RemoteUse.LOCAL ? RemoteStep.LOCAL_GATE : RemoteStep.REMOTE_GATE;
                next.put(entry.getKey(), with(entry.getValue(), List.of(gate)));
            }
            best = next;
        }
        best = moved(best);
        RemotePlan home = best.get(Place.HOME);
        RemotePlan away = best.get(Place.AWAY);
        return !returns && cost(away) < cost(home) ? away : home;
    }

    /// By place: the cheapest way to be there, with one change of place at most.
    private Map<Place, RemotePlan> moved(Map<Place, RemotePlan> best) {
        Map<Place, RemotePlan> reached = new EnumMap<>(best);
        for (var entry : best.entrySet()) {
            for (Place to : Place.values()) {
                if (to == entry.getKey()) continue;
                RemotePlan plan = with(entry.getValue(), steps(entry.getKey(), to));
                RemotePlan known = reached.get(to);
                if (known == null || cost(plan) < cost(known)) reached.put(to, plan);
            }
        }
        return reached;
    }

    private double cost(RemotePlan plan) {
        return plan.cost(epochsPerPair);
    }

    /// Whether a use can happen while the qubit is in a place.
    private static boolean works(Place place, RemoteUse use) {
        return switch (place) {
            case HOME -> use == RemoteUse.LOCAL;
            case AWAY -> true;
            case SHARED_Z -> use == RemoteUse.CONTROL;
            case SHARED_X -> use == RemoteUse.TARGET;
        };
    }

    private static List<RemoteStep> steps(Place from, Place to) {
        List<RemoteStep> steps = new ArrayList<>();
        switch (from) {
            case HOME -> {}
            case AWAY -> steps.add(RemoteStep.TELEPORT);
            case SHARED_Z, SHARED_X -> steps.add(RemoteStep.UNCAT);
        }
        switch (to) {
            case HOME -> {}
            case AWAY -> steps.add(RemoteStep.TELEPORT);
            case SHARED_Z -> steps.add(RemoteStep.CAT_Z);
            case SHARED_X -> steps.add(RemoteStep.CAT_X);
        }
        return steps;
    }

    private static RemotePlan with(RemotePlan plan, List<RemoteStep> more) {
        List<RemoteStep> steps = new ArrayList<>(plan.steps());
        steps.addAll(more);
        return new RemotePlan(steps);
    }
}
