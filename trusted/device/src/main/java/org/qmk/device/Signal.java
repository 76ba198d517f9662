package org.qmk.device;

/// What a device reports of one condition in one epoch. Silence is severity 0.
///
/// @param subject number of the module, link or factory, from 0; 0 for the machine as a whole
/// @param permille severity, 0 to 1000
public record Signal(Condition condition, int subject, int permille) {
    public Signal {
        if (subject < 0 || permille < 0 || permille > 1000) {
            throw new IllegalArgumentException(
                    "signal is of subject "
                            + subject
                            + ", severity "
                            + permille
                            + ", expected"
                            + " 0 or more, 0 to 1000");
        }
    }
}
