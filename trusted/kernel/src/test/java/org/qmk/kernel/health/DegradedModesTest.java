package org.qmk.kernel.health;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.qmk.device.Condition;
import org.qmk.device.Signal;
import org.qmk.qvm.ByteWriter;

class DegradedModesTest {

    private final DegradedModes modes = new DegradedModes(4, 3, 2);

    /// Levels by the number of the epoch, for a ramp to the top, a while there, and silence.
    @ParameterizedTest
    @EnumSource(Condition.class)
    void the_transitions_of_a_long_failure_are_those_of_the_table(Condition condition) {
        String expected =
                switch (condition) {
                    case DRIFT -> "3:0>1 18:1>0";
                    case LINK -> "2:0>1 4:1>2 6:2>3 18:3>2 26:2>1 34:1>0";
                    case HOT_MODULE -> "2:0>1 26:1>0";
                    case DECODER -> "2:0>1 4:1>2 6:2>3 18:3>2 26:2>1 34:1>0";
                    case FACTORY -> "3:0>1 6:1>2 18:2>1 26:1>0";
                    case LIES -> "1:0>1 42:1>0";
                };

        List<String> transitions = new ArrayList<>();
        for (int epoch = 1; epoch <= 60; epoch++) {
            for (ModeStep step : tell(condition, epoch <= 10 ? 1000 : 0)) {
                if (step.isChange()) transitions.add(epoch + ":" + step.from() + ">" + step.to());
            }
        }

        System.out.println(condition + " " + String.join(" ", transitions));
        assertEquals(expected, String.join(" ", transitions));
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void each_level_is_entered_at_its_threshold_in_its_last_epoch_and_not_before(
            Condition condition) {
        ModeRule rule = ModeRule.of(condition);
        for (int next = 1; next <= rule.levels(); next++) {
            int enter = rule.enter().get(next - 1);
            for (int i = 0; i < 3 * rule.enterEpochs(); i++) tell(condition, enter - 1);
            assertEquals(next - 1, modes.level(condition, 0), "one permille below");
            for (int i = 1; i < rule.enterEpochs(); i++) tell(condition, enter);
            assertEquals(next - 1, modes.level(condition, 0), "one epoch too few");

            tell(condition, enter);

            assertEquals(next, modes.level(condition, 0));
            assertEquals(next, modes.worst(condition));
        }
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void each_level_is_left_at_its_threshold_in_its_last_epoch_and_not_before(Condition condition) {
        ModeRule rule = ModeRule.of(condition);
        for (int i = 0; i < rule.levels() * rule.enterEpochs(); i++) tell(condition, 1000);
        for (int top = rule.levels(); top > 0; top--) {
            int leave = rule.leave().get(top - 1);
            for (int i = 0; i < 3 * rule.leaveEpochs(); i++) tell(condition, leave + 1);
            assertEquals(top, modes.level(condition, 0), "one permille above");
            for (int i = 1; i < rule.leaveEpochs(); i++) tell(condition, leave);
            assertEquals(top, modes.level(condition, 0), "one epoch too few");

            tell(condition, leave);

            assertEquals(top - 1, modes.level(condition, 0));
            assertEquals(top - 1, modes.worst(condition));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Condition.class, names = "LIES", mode = EnumSource.Mode.EXCLUDE)
    void a_signal_that_flaps_enters_no_mode_and_leaves_none(Condition condition) {
        ModeRule rule = ModeRule.of(condition);
        for (int epoch = 0; epoch < 200; epoch++) {
            boolean pause = epoch % rule.enterEpochs() == 0;
            tell(condition, pause ? 0 : 1000);
            assertEquals(0, modes.level(condition, 0));
        }
        for (int i = 0; i < rule.enterEpochs(); i++) tell(condition, rule.enter().getFirst());
        for (int epoch = 0; epoch < 200; epoch++) {
            boolean peak = epoch % rule.leaveEpochs() == 0;
            tell(condition, peak ? rule.leave().getFirst() + 1 : 0);
            assertEquals(1, modes.level(condition, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void every_rule_has_room_between_entering_and_leaving(Condition condition) {
        ModeRule rule = ModeRule.of(condition);

        assertEquals(rule.enter().size(), rule.leave().size());
        assertTrue(rule.levels() <= ModeRule.LEVELS_MAX);
        for (int i = 0; i < rule.levels(); i++) {
            assertTrue(rule.leave().get(i) < rule.enter().get(i), "level " + (i + 1));
            assertTrue(i == 0 || rule.enter().get(i - 1) < rule.enter().get(i));
            assertTrue(i == 0 || rule.leave().get(i - 1) < rule.leave().get(i));
        }
        assertTrue(rule.enterEpochs() >= 1 && rule.leaveEpochs() >= rule.enterEpochs());
    }

    @Test
    void subjects_and_conditions_are_apart_and_the_worst_is_the_highest() {
        for (int i = 0; i < 4; i++) {
            modes.apply(
                    modes.decide(
                            List.of(
                                    new Signal(Condition.LINK, 2, 500),
                                    new Signal(Condition.LINK, 1, i < 2 ? 250 : 200))));
        }

        assertEquals(0, modes.level(Condition.LINK, 0));
        assertEquals(1, modes.level(Condition.LINK, 1));
        assertEquals(2, modes.level(Condition.LINK, 2));
        assertEquals(2, modes.worst(Condition.LINK));
        assertEquals(0, modes.worst(Condition.DRIFT));
        assertEquals(0, modes.worst(Condition.HOT_MODULE));
    }

    @Test
    void deciding_changes_nothing_and_the_worse_of_two_signals_counts() {
        List<Signal> twice =
                List.of(
                        new Signal(Condition.LIES, 0, 0),
                        new Signal(Condition.LIES, 0, 5),
                        new Signal(Condition.LIES, 0, 0));

        List<ModeStep> first = modes.decide(twice);

        assertEquals(first, modes.decide(twice));
        assertEquals(List.of(new ModeStep(Condition.LIES, 0, 0, 1, 0, 0)), first);
        assertEquals(List.of(), modes.decide(List.of()));
        assertEquals(0, modes.worst(Condition.LIES));
    }

    @Test
    void only_parts_of_the_machine_are_known() {
        assertTrue(modes.known(new Signal(Condition.DRIFT, 3, 1)));
        assertFalse(modes.known(new Signal(Condition.DRIFT, 4, 1)));
        assertTrue(modes.known(new Signal(Condition.LINK, 2, 1)));
        assertFalse(modes.known(new Signal(Condition.LINK, 3, 1)));
        assertTrue(modes.known(new Signal(Condition.FACTORY, 1, 1)));
        assertFalse(modes.known(new Signal(Condition.FACTORY, 2, 1)));
        assertTrue(modes.known(new Signal(Condition.DECODER, 0, 1)));
        assertFalse(modes.known(new Signal(Condition.DECODER, 1, 1)));
        assertThrows(
                IllegalStateException.class,
                () -> modes.decide(List.of(new Signal(Condition.LIES, 1, 1))));
        assertThrows(IllegalArgumentException.class, () -> new Signal(Condition.LIES, 0, 1001));
        assertThrows(IllegalArgumentException.class, () -> new Signal(Condition.LIES, -1, 0));
    }

    @Test
    void an_epoch_touches_what_is_reported_or_not_at_rest_and_nothing_else() {
        var large = new DegradedModes(1 << 20, 1 << 20, 1 << 20);
        large.apply(large.decide(List.of(new Signal(Condition.DRIFT, 77, 400))));

        assertEquals(1, large.decide(List.of()).size());
        large.apply(large.decide(List.of()));
        assertEquals(0, large.decide(List.of()).size(), "back at rest");
    }

    @Test
    void the_slices_together_hold_what_is_not_at_rest() {
        byte[] rest = slice(0, 1);
        tell(Condition.DRIFT, 400);

        assertFalse(java.util.Arrays.equals(rest, slice(0, 2)), "the first subject of all");
        assertArrayEquals(rest, slice(1, 2));
        byte[] once = slice(0, 2);
        tell(Condition.DRIFT, 400);
        assertFalse(java.util.Arrays.equals(once, slice(0, 2)), "the epochs so far count");
    }

    /// Against the rules read off one epoch after another from the whole history.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void random_signals_agree_with_a_plain_reading_of_the_rules(long seed) {
        var random = new SplittableRandom(seed);
        int[][] level = new int[6][4];
        int[][] since = new int[6][4];
        int[][][] history = new int[6][4][1_000];
        int changes = 0;
        for (int epoch = 0; epoch < 1_000; epoch++) {
            List<Signal> signals = new ArrayList<>();
            for (Condition condition : Condition.values()) {
                for (int subject = 0; subject < 4; subject++) {
                    int mood =
                            random.nextInt(12) > 0 && epoch > 0
                                    ? history[condition.ordinal()][subject][epoch - 1]
                                    : random.nextInt(3) * random.nextInt(500);
                    var signal = new Signal(condition, subject, mood);
                    if (!modes.known(signal)) continue;
                    history[condition.ordinal()][subject][epoch] = mood;
                    if (mood > 0 || random.nextBoolean()) signals.add(signal);
                }
            }
            modes.apply(modes.decide(signals));
            for (Condition condition : Condition.values()) {
                int worst = 0;
                ModeRule rule = ModeRule.of(condition);
                for (int subject = 0; subject < 4; subject++) {
                    if (!modes.known(new Signal(condition, subject, 0))) continue;
                    int c = condition.ordinal();
                    int at = level[c][subject];
                    int[] told = history[c][subject];
                    int ups = 0;
                    int downs = 0;
                    for (int e = epoch; e >= since[c][subject]; e--) {
                        if (at == rule.levels() || told[e] < rule.enter().get(at)) break;
                        ups++;
                    }
                    for (int e = epoch; e >= since[c][subject]; e--) {
                        if (at == 0 || told[e] > rule.leave().get(at - 1)) break;
                        downs++;
                    }
                    if (ups >= rule.enterEpochs() || downs >= rule.leaveEpochs()) {
                        level[c][subject] += ups >= rule.enterEpochs() ? 1 : -1;
                        since[c][subject] = epoch + 1;
                        changes++;
                    }
                    worst = Math.max(worst, level[c][subject]);
                    assertEquals(level[c][subject], modes.level(condition, subject));
                }
                assertEquals(worst, modes.worst(condition), condition + " in epoch " + epoch);
            }
        }
        assertTrue(changes > 100, "modes changed " + changes + " times");
    }

    private List<ModeStep> tell(Condition condition, int permille) {
        List<Signal> signals =
                permille == 0 ? List.of() : List.of(new Signal(condition, 0, permille));
        List<ModeStep> steps = modes.decide(signals);
        modes.apply(steps);
        return steps;
    }

    private byte[] slice(int slice, int slices) {
        var out = ByteWriter.keeping();
        modes.writeSlice(out, slice, slices);
        return out.bytes();
    }
}
