package org.qmk.device;

import java.util.Arrays;
import java.util.List;

/// What a device says about one epoch.
///
/// @param epoch the epoch that was carried out
/// @param outcomes events that were decoded: of each wave the next ones that it waits for, in the
///     order in which they were issued
/// @param faults waves that went wrong
/// @param supply what factories and links made
/// @param signals what is wrong with the machine
public record EpochReport(
        long epoch,
        List<Outcome> outcomes,
        List<Fault> faults,
        Supply supply,
        List<Signal> signals) {
    public EpochReport {
        atLeastZero("epoch", epoch);
        outcomes = List.copyOf(outcomes);
        faults = List.copyOf(faults);
        signals = List.copyOf(signals);
    }

    /// A report of a machine without factories and links, with which nothing is wrong.
    public EpochReport(long epoch, List<Outcome> outcomes, List<Fault> faults) {
        this(epoch, outcomes, faults, Supply.NONE, List.of());
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

    /// A wave that went wrong.
    ///
    /// @param kind whether its qubits are still there
    /// @param cause one sentence for the job's owner
    public record Fault(JobId job, Kind kind, String cause) {

        /// What is left of a wave.
        public enum Kind {
            /// Nothing of what was issued in the epoch happened; the state before it is whole.
            NOT_DONE,
            /// The qubits are lost.
            LOST,
            /// The device can never run such a wave.
            REFUSED
        }

        /// A wave whose qubits are lost.
        public Fault(JobId job, String cause) {
            this(job, Kind.LOST, cause);
        }
    }
}
