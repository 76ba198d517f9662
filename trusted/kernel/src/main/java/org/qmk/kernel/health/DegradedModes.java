package org.qmk.kernel.health;

import java.util.*;
import org.qmk.device.*;
import org.qmk.qvm.*;

/// The failure table of the kernel: for each condition and subject a level, 0 if all is well, with
/// hysteresis. Each epoch `decide` what the signals mean, then `apply` it.
public final class DegradedModes {

    private static final Condition[] CONDITIONS = Condition.values();

    private final EnumMap<Condition, ModeRule> rules = new EnumMap<>(Condition.class);

    /// By condition: the place of its subject 0 in the arrays below, and last the end of all.
    private final int[] start = new int[CONDITIONS.length + 1];

    private final int[] level;
    private final int[] rising;
    private final int[] falling;

    /// All 0 between two calls.
    private final int[] severity;

    /// By condition and level: how many subjects are there; level 0 is not counted.
    private final int[][] crowd = new int[CONDITIONS.length][ModeRule.LEVELS_MAX + 1];

    /// Places that are not at rest, ascending.
    private int[] restless = {};

    public DegradedModes(int modules, int links, int factories) {
        for (Condition condition : CONDITIONS) {
            rules.put(condition, ModeRule.of(condition));
            int subjects =
                    switch (condition) {
                        case DRIFT, HOT_MODULE -> modules;
                        case LINK -> links;
                        case FACTORY -> factories;
                        case DECODER, LIES -> 1;
                    };
            start[condition.ordinal() + 1] = start[condition.ordinal()] + subjects;
        }
        int places = start[start.length - 1];
        level = new int[places];
        rising = new int[places];
        falling = new int[places];
        severity = new int[places];
    }

    /// Whether the machine has the subject. A device that reports another one lies.
    public boolean known(Signal signal) {
        int condition = signal.condition().ordinal();
        return signal.subject() < start[condition + 1] - start[condition];
    }

    /// The level of a subject that is known.
    public int level(Condition condition, int subject) {
        return level[start[condition.ordinal()] + subject];
    }

    /// The highest level of any subject.
    public int worst(Condition condition) {
        int worst = ModeRule.LEVELS_MAX;
        while (worst > 0 && crowd[condition.ordinal()][worst] == 0) worst--;
        return worst;
    }

    /// What an epoch with these signals does, in the order of the conditions and subjects. Of two
    /// signals of one subject the worse counts.
    ///
    /// @param signals all `known`
    public List<ModeStep> decide(List<Signal> signals) {
        int[] touched = Arrays.copyOf(restless, restless.length + signals.size());
        int count = restless.length;
        for (Signal signal : signals) {
            Invariant.hold(known(signal), "a signal is about a part of the machine");
            int place = start[signal.condition().ordinal()] + signal.subject();
            boolean rests = level[place] == 0 && rising[place] == 0;
            if (rests && severity[place] == 0) touched[count++] = place;
            severity[place] = Math.max(severity[place], signal.permille());
        }
        Arrays.sort(touched, 0, count);
        List<ModeStep> steps = new ArrayList<>(count);
        int condition = 0;
        for (int i = 0; i < count; i++) {
            int place = touched[i];
            if (i > 0 && place == touched[i - 1]) continue;
            while (place >= start[condition + 1]) condition++;
            steps.add(step(CONDITIONS[condition], place));
            severity[place] = 0;
        }
        return steps;
    }

    /// Takes all steps of an epoch.
    public void apply(List<ModeStep> steps) {
        int[] next = new int[steps.size()];
        int count = 0;
        for (ModeStep step : steps) {
            int condition = step.condition().ordinal();
            int place = start[condition] + step.subject();
            Invariant.hold(level[place] == step.from(), "a step begins where its subject is");
            crowd[condition][step.from()]--;
            crowd[condition][step.to()]++;
            level[place] = step.to();
            rising[place] = step.rising();
            falling[place] = step.falling();
            if (!step.isRest()) next[count++] = place;
        }
        restless = Arrays.copyOf(next, count);
    }

    /// Writes what is not at rest and has a place that leaves the rest `slice`. Places count the
    /// subjects of all conditions through.
    public void writeSlice(ByteWriter out, int slice, int slices) {
        for (int place : restless) {
            if (place % slices != slice) continue;
            out.uint(place + 1L).uint(level[place]).uint(rising[place]).uint(falling[place]);
        }
        out.uint(0);
    }

    private ModeStep step(Condition condition, int place) {
        ModeRule rule = rules.get(condition);
        int from = level[place];
        boolean up = from < rule.levels() && severity[place] >= rule.enter().get(from);
        boolean down = from > 0 && severity[place] <= rule.leave().get(from - 1);
        int ups = up ? rising[place] + 1 : 0;
        int downs = down ? falling[place] + 1 : 0;
        int subject = place - start[condition.ordinal()];
        if (ups == rule.enterEpochs()) {
            return new ModeStep(condition, subject, from, from + 1, 0, 0);
        }
        if (downs == rule.leaveEpochs()) {
            return new ModeStep(condition, subject, from, from - 1, 0, 0);
        }
        return new ModeStep(condition, subject, from, from, ups, downs);
    }
}
