package org.qmk.device;

import java.util.Arrays;
import java.util.List;

/// What a device says about one epoch.
///
/// @param epoch the epoch that was carried out
/// @param outcomes one entry for each event that an issued node makes, in the order of the issues
/// @param faults waves that the device lost
public record EpochReport(long epoch, List<Outcome> outcomes, List<Fault> faults) {
    public EpochReport {
        atLeastZero("epoch", epoch);
        outcomes = List.copyOf(outcomes);
        faults = List.copyOf(faults);
    }

    /// One event of every shot of a wave.
    ///
    /// @param plane bit (s mod 64) of word (s / 64) belongs to the wave's shot s; bits past the
    ///     last shot are 0; an event whose node did not happen is 0
    public record Outcome(JobId job, int event, long[] plane) {
        public Outcome {
            atLeastZero("event", event);
            plane = plane.clone();
        }

        /// A copy.
        @Override
        public long[] plane() {
            return plane.clone();
        }

        public int words() {
            return plane.length;
        }

        public long word(int place) {
            return plane[place];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Outcome that
                    && job.equals(that.job)
                    && event == that.event
                    && Arrays.equals(plane, that.plane);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * job.hashCode() + event) + Arrays.hashCode(plane);
        }
    }

    private static void atLeastZero(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " is " + value + ", expected 0 or more");
        }
    }

    /// A wave that cannot go on.
    ///
    /// @param cause one sentence for the job's owner
    public record Fault(JobId job, String cause) {}
}
