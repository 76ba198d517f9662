package org.qmk.machine;

import java.util.TreeMap;
import org.qmk.device.JobId;

/// Decoders known by their rate alone: they decode what was measured in the order in which it was.
final class Decoders implements DecoderQueue {

    private final boolean limited;
    private final int roundsPerEpoch;
    private final int latencyRounds;
    private final TreeMap<JobId, Long> blocks = new TreeMap<>();
    private long held;

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

    @Override
    public void begin(JobId job, long count) {
        blocks.put(job, count);
        held += count;
    }

    @Override
    public void end(JobId job) {
        Long count = blocks.remove(job);
        if (count != null) held -= count;
    }

    @Override
    public void pass(int rounds, long idleRounds) {
        clock += rounds;
        measured += held * rounds + idleRounds;
        decoded = limited ? Math.min(measured, decoded + roundsPerEpoch) : measured;
    }

    @Override
    public Mark mark() {
        return new Mark(clock, measured);
    }

    @Override
    public boolean done(JobId job, Mark mark) {
        return mark.work() <= decoded && mark.clock() + latencyRounds <= clock;
    }

    @Override
    public long backlogRounds() {
        return measured - decoded;
    }
}
