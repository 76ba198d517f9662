package org.qmk.live;

/// What the decoding of a window costs.
public sealed interface DecodingCost {

    /// A round number between what docs/reference/matching.md and docs/reference/loop.md measure:
    /// from 40 nanoseconds an event where events are few to hundreds where they are many.
    Counted DEFAULT = new Counted(50, 100);

    /// So many nanoseconds, and more for each event: the same on every machine.
    record Counted(double nanos, double nanosPerEvent) implements DecodingCost {
        public Counted {
            if (!(nanos >= 0 && nanosPerEvent >= 0 && nanos + nanosPerEvent > 0)) {
                throw new IllegalArgumentException(
                        "a window costs %s ns and %s for each event, expected 0 or more"
                                .formatted(nanos, nanosPerEvent));
            }
        }
    }

    /// What the clock says while it is decoded: each run is another, and so is each replay.
    record Measured() implements DecodingCost {}
}
