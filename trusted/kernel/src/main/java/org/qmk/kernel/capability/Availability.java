package org.qmk.kernel.capability;

import org.qmk.kernel.call.Refusal;
import org.qmk.qvm.Capability;

/// Whether a session has what somebody needs.
public sealed interface Availability permits Selection, Availability.Lacking {

    /// @param kind of the first need that the session cannot meet
    /// @param why of several slots that do not serve, the objection to the one that came nearest:
    ///     `CAPABILITY_MISSING`, `_EXPIRED`, `_EXHAUSTED` or `_TOO_SMALL`
    record Lacking(Capability kind, Refusal why) implements Availability {}
}
