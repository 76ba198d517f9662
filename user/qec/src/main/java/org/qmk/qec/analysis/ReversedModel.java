package org.qmk.qec.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.qmk.qec.QecFailure;
import org.qmk.qec.dem.DetectorErrorModel;
import org.qmk.qec.dem.ModelInstruction;
import org.qmk.qec.dem.ModelItem;
import org.qmk.qec.dem.ModelRepeat;
import org.qmk.qec.dem.Symptom;

/// A model from its end to its beginning, with absolute detectors: what one backward pass finds.
final class ReversedModel {

    private sealed interface Item {}

    private record One(ModelInstruction instruction) implements Item {}

    private record Loop(long count, ReversedModel body, String tag) implements Item {}

    private final List<Item> items = new ArrayList<>();

    void add(ModelInstruction instruction) {
        items.add(new One(instruction));
    }

    void add(long count, ReversedModel body, String tag) {
        items.add(new Loop(count, body, tag));
    }

    /// By how much the detectors behind it are moved.
    private long shift() {
        long shift = 0;
        for (Item item : items) {
            shift +=
                    switch (item) {
                        case One(var instruction) ->
                                instruction.type() == ModelInstruction.Type.SHIFT_DETECTORS
                                        ? instruction.target(0)
                                        : 0;
                        case Loop(long count, var body, var _) -> count * body.shift();
                    };
        }
        return shift;
    }

    /// Makes the detectors behind it move by so many.
    void shiftTo(long detectors) {
        long missing = detectors - shift();
        if (missing <= 0) return;
        boolean last =
                !items.isEmpty()
                        && items.getFirst() instanceof One(var instruction)
                        && instruction.type() == ModelInstruction.Type.SHIFT_DETECTORS;
        if (last) {
            ModelInstruction old = ((One) items.removeFirst()).instruction;
            items.addFirst(
                    new One(
                            ModelInstruction.shift(
                                    old.target(0) + missing, old.tag(), old.arguments())));
        } else {
            items.addFirst(new One(ModelInstruction.shift(missing, "")));
        }
    }

    DetectorErrorModel forwards() throws QecFailure {
        return new Forwards().of(this);
    }

    private static final class Forwards {

        private final Set<Long> seen = new HashSet<>();
        private long before;

        DetectorErrorModel of(ReversedModel model) throws QecFailure {
            List<ModelItem> forwards = new ArrayList<>();
            for (Item item : model.items.reversed()) {
                switch (item) {
                    case One(var instruction) -> add(instruction, forwards);
                    case Loop(long count, var body, var tag) -> {
                        long old = before;
                        forwards.add(new ModelRepeat(count, of(body), tag));
                        before += (before - old) * (count - 1);
                    }
                }
            }
            return DetectorErrorModel.of(forwards);
        }

        private void add(ModelInstruction instruction, List<ModelItem> to) {
            switch (instruction.type()) {
                case SHIFT_DETECTORS -> {
                    before += instruction.target(0);
                    to.add(instruction);
                }
                case ERROR -> {
                    long[] targets = instruction.targets();
                    for (int i = 0; i < targets.length; i++) {
                        if (targets[i] == Symptom.SEPARATOR) continue;
                        seen.add(targets[i]);
                        targets[i] = Symptom.shifted(targets[i], -before);
                    }
                    to.add(
                            ModelInstruction.error(
                                    instruction.chance(), instruction.tag(), targets));
                }
                case DETECTOR -> {
                    long detector = instruction.target(0);
                    boolean silent =
                            instruction.argumentCount() == 0 && instruction.tag().isEmpty();
                    if (silent && seen.contains(detector)) return;
                    to.add(
                            ModelInstruction.detector(
                                    detector - before, instruction.tag(), instruction.arguments()));
                }
                case LOGICAL_OBSERVABLE -> {
                    boolean silent = instruction.tag().isEmpty();
                    if (!silent || !seen.contains(instruction.target(0))) to.add(instruction);
                }
            }
        }
    }
}
