package org.qmk.sim;

import java.util.Arrays;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Guard;
import org.qmk.qvm.Operand;

/// In which epoch each operation of a program is, in its shortest schedule: one epoch an operation,
/// each as soon as its qubits and events are there.
final class EpochLayers {

    // By place in the step list's slots: epochs until the slot's next operation, 0 where it is
    // discarded then or never used again.
    private final int[] epochsAfter;
    private final int[] slotLayers;
    private final int[] eventLayers;

    EpochLayers(StepList steps) {
        int places = steps.size() == 0 ? 0 : steps.slotEnd(steps.size() - 1);
        epochsAfter = new int[places];
        slotLayers = new int[steps.slotsPeak()];
        eventLayers = new int[steps.graph().events().size()];
        int[] lastPlaces = new int[steps.slotsPeak()];
        Arrays.fill(lastPlaces, -1);
        int step = 0;
        while (step < steps.size()) {
            int end = step + 1;
            while (end < steps.size() && steps.node(end) == steps.node(step)) end++;
            int layer = 1 + earliest(steps, step, end);
            for (int s = step; s < end; s++) {
                for (int i = steps.slotStart(s); i < steps.slotEnd(s); i++) {
                    place(steps, s, i, layer, lastPlaces);
                }
                if (steps.event(s) != StepList.NO_EVENT) eventLayers[steps.event(s)] = layer;
            }
            step = end;
        }
    }

    /// @param place in the step list's slots
    int epochsAfter(int place) {
        return epochsAfter[place];
    }

    /// The layer that the operation waits for.
    private int earliest(StepList steps, int from, int to) {
        int layer = 0;
        for (int i = steps.slotStart(from); i < steps.slotEnd(to - 1); i++) {
            layer = Math.max(layer, slotLayers[steps.slotAt(i)]);
        }
        Graph graph = steps.graph();
        int node = steps.node(from);
        for (int i = graph.operandStart(node); i < graph.operandEnd(node); i++) {
            int operand = graph.operand(i);
            if (Operand.kind(operand) != Operand.Kind.INPUT) continue;
            layer = Math.max(layer, eventLayers[Operand.index(operand)]);
        }
        return Math.max(layer, latest(steps.guard(from)));
    }

    private int latest(Guard guard) {
        return switch (guard) {
            case Guard.Always() -> 0;
            case Guard.Is(var event, var _) -> eventLayers[event];
            case Guard.All(var parts) -> parts.stream().mapToInt(this::latest).max().orElse(0);
            case Guard.Any(var parts) -> parts.stream().mapToInt(this::latest).max().orElse(0);
        };
    }

    private void place(StepList steps, int step, int place, int layer, int[] lastPlaces) {
        int slot = steps.slotAt(place);
        boolean discards = steps.act(step) == Act.FREE || steps.act(step) == Act.RESET;
        // A guarded discard may not happen.
        boolean shows = !discards || steps.isGuarded(step);
        int before = lastPlaces[slot];
        if (before >= 0 && shows && layer > slotLayers[slot]) {
            epochsAfter[before] = layer - slotLayers[slot];
        }
        slotLayers[slot] = layer;
        lastPlaces[slot] = place;
        if (steps.act(step) == Act.FREE && !steps.isGuarded(step)) lastPlaces[slot] = -1;
    }
}
