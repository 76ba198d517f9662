package org.qmk.simulation;

/// How the jobs of a tenant come.
public enum Arrivals {
    /// One by one, without memory.
    POISSON,

    /// In bursts: a tenant is on for 64 epochs and off for 192 on average, both without memory;
    /// while it is on, jobs come one by one, four times as often as on average.
    BURSTY;

    private static final double ON_EPOCHS = 64;
    private static final double OFF_EPOCHS = 192;

    /// The times of a tenant's jobs.
    static final class Clock {

        private final Dice dice;
        private final double gap;
        private final boolean bursty;
        private double time;

        /// When the burst ends in which `time` lies; infinite if all is one.
        private double until = Double.POSITIVE_INFINITY;

        /// @param gap epochs between two jobs on average
        private Clock(Arrivals arrivals, Dice dice, double gap) {
            this.dice = dice;
            this.bursty = arrivals == BURSTY;
            double share = ON_EPOCHS / (ON_EPOCHS + OFF_EPOCHS);
            this.gap = bursty ? gap * share : gap;
            if (!bursty) return;
            if (dice.uniform() >= share) time = exponential(OFF_EPOCHS);
            until = time + exponential(ON_EPOCHS);
        }

        /// The time of the next job, in epochs from the beginning.
        double next() {
            time += exponential(gap);
            // What is left of a gap without memory is again such a gap.
            while (time > until) {
                time = until + exponential(OFF_EPOCHS);
                until = time + exponential(ON_EPOCHS);
                time += exponential(gap);
            }
            return time;
        }

        /// `StrictMath`, for the same times on every machine.
        private double exponential(double mean) {
            return -mean * StrictMath.log(1 - dice.uniform());
        }
    }

    Clock clock(Dice dice, double gap) {
        return new Clock(this, dice, gap);
    }
}
