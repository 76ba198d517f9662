package org.qmk.kernel.epoch;

import org.qmk.qvm.Invariant;

/// The ways in which a wave makes room, in the order in which equal costs choose.
public enum GiveWay {
    /// It ends by itself.
    RUN_ON,
    /// It moves aside, to blocks that are of no use to the other.
    PARK,
    /// It takes back what it did, and gives its blocks back.
    UNCOMPUTE,
    /// It is broken off; its shots run again from the last boundary that is classical.
    RESTART;

    /// Not possible.
    public static final long NEVER = Long.MAX_VALUE;

    /// What is known of a wave that may have to make room.
    ///
    /// @param blocks blocks that it holds
    /// @param epochsLeft epochs that it still needs if nothing makes it wait
    /// @param epochsDone epochs of work that it has behind it
    /// @param undoEpochs epochs that taking back all of it needs, or `NEVER`
    /// @param moveEpochs epochs that moving aside needs, or `NEVER`
    public record Holder(
            long blocks, long epochsLeft, long epochsDone, long undoEpochs, long moveEpochs) {}

    /// What a way costs: what the holder does in vain, and the epochs that the other waits.
    ///
    /// @param wanted blocks that the other wants
    /// @param patience epochs that the other can still wait
    /// @return block-epochs, or `NEVER`
    public long cost(Holder holder, long wanted, long patience) {
        long wait = wait(holder);
        if (wait == NEVER || wait > patience) return NEVER;
        long vain =
                switch (this) {
                    case RUN_ON -> 0;
                    case PARK -> 2 * holder.moveEpochs();
                    case UNCOMPUTE -> 2 * holder.undoEpochs();
                    case RESTART -> holder.epochsDone();
                };
        return vain * holder.blocks() + wait * wanted;
    }

    /// The cheapest way for which the other can wait; breaking off is always one.
    public static GiveWay cheapest(Holder holder, long wanted, long patience) {
        GiveWay best = RESTART;
        long least = NEVER;
        for (GiveWay way : values()) {
            long cost = way.cost(holder, wanted, patience);
            if (cost >= least) continue;
            best = way;
            least = cost;
        }
        Invariant.hold(least < NEVER, "a wave can always be broken off");
        return best;
    }

    private long wait(Holder holder) {
        return switch (this) {
            case RUN_ON -> holder.epochsLeft();
            case PARK -> holder.moveEpochs();
            case UNCOMPUTE -> holder.undoEpochs();
            case RESTART -> 0;
        };
    }
}
