package org.qmk.kernel.health;

import org.qmk.device.Condition;

/// What one epoch does to one subject of one condition.
///
/// @param from level before
/// @param to level after: the same, one more or one less
/// @param rising epochs in a row, this one included, that lead up from `to`
/// @param falling epochs in a row, this one included, that lead down from `to`
public record ModeStep(
        Condition condition, int subject, int from, int to, int rising, int falling) {

    /// Whether the mode changes, which telemetry and the audit log tell.
    public boolean isChange() {
        return from != to;
    }

    boolean isRest() {
        return to == 0 && rising == 0;
    }
}
