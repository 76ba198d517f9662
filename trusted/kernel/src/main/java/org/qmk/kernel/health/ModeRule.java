package org.qmk.kernel.health;

import java.util.List;
import org.qmk.device.Condition;

/// When a degraded mode is entered and left. The numbers are the kernel's policy; what is measured
/// as severity is told in docs/spec/kernel.md.
///
/// @param enter for each level from 1, the severity that leads to it, permille
/// @param leave for each level from 1, the severity that leads down from it; less than `enter`
/// @param enterEpochs epochs in a row at or above `enter`
/// @param leaveEpochs epochs in a row at or below `leave`
record ModeRule(List<Integer> enter, List<Integer> leave, int enterEpochs, int leaveEpochs) {

    static final int LEVELS_MAX = 3;

    ModeRule {
        enter = List.copyOf(enter);
        leave = List.copyOf(leave);
    }

    // formatter:off
    static ModeRule of(Condition condition) {
        return switch (condition) {
            case DRIFT      -> new ModeRule(List.of(400),           List.of(200),           3,  8);
            case LINK       -> new ModeRule(List.of(250, 500, 750), List.of(150, 350, 600), 2,  8);
            case HOT_MODULE -> new ModeRule(List.of(600),           List.of(300),           2, 16);
            case DECODER    -> new ModeRule(List.of(400, 650, 850), List.of(250, 450, 650), 2,  8);
            case FACTORY    -> new ModeRule(List.of(400, 700),      List.of(200, 450),      3,  8);
            case LIES       -> new ModeRule(List.of(1),             List.of(0),             1, 32);
        };
    }
    // formatter:on

    int levels() {
        return enter.size();
    }
}
