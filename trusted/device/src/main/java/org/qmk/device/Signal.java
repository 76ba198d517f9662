package org.qmk.device;

/// How bad a condition is in one epoch.
///
/// @param subject number of the module, link or factory; 0 where the machine has one such thing
/// @param permille 0 for not at all, 1000 for the worst
public record Signal(Condition condition, int subject, int permille) {
    public Signal {
        if (subject < 0 || permille < 0 || permille > 1000) {
            throw new IllegalArgumentException(
                    "signal is " + subject + ", " + permille + ", expected 0 or more, 0 to 1000");
        }
    }
}
