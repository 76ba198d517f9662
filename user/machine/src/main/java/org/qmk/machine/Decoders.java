package org.qmk.machine;

/// How far the decoders are: they decode what was measured in the order in which it was.
final class Decoders {

    private final boolean limited;
    private final int roundsPerEpoch;
    private final int latencyRounds;

    /// Rounds measured so far on one block, on all blocks, and those of the latter that
    /// are decoded.
    private long clock;

    private long measured;
    private long decoded;

    Decoders(MachineModel model) {
        this.limited = MachineModel.decodersLimited(model.shape());
        this.roundsPerEpoch = model.shape().rates().decoderRounds();
        this.latencyRounds = model.traits().latencyRounds();
    }

    /// Lets an epoch pass.
    ///
    /// @param rounds of the epoch
    /// @param work rounds of single blocks, and whatever else the decoders do
    void pass(int rounds, long work) {
        clock += rounds;
        measured += work;
        decoded = limited ? Math.min(measured, decoded + roundsPerEpoch) : measured;
    }

    long clock() {
        return clock;
    }

    long measured() {
        return measured;
    }

    /// Whether what had been measured when `clock` and `measured` were as given is decoded.
    boolean done(long atClock, long atMeasured) {
        return atMeasured <= decoded && atClock + latencyRounds <= clock;
    }

    long backlogRounds() {
        return measured - decoded;
    }
}
