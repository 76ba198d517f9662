package org.qmk.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.qmk.device.MachineShape;
import org.qmk.device.Supply;
import org.qmk.qvm.Invariant;

/// What factories and links make, and the magic states in stock.
///
/// What is made in an epoch follows from the seed, the epoch and the source alone, not from what
/// the buffers still hold: where tenants are kept apart, no tenant may see in its supply what
/// another consumed. How much of it is kept is the kernel's book; the stock here is the most that
/// the kernel can have, as if all factories had one buffer.
final class Sources {

    private static final int FACTORY = 1;
    private static final int LINK = 2;

    private final MachineShape shape;
    private final long seed;
    private final List<Yield> factories = new ArrayList<>();
    private final List<Yield> links = new ArrayList<>();
    private final long buffer;
    private long stock;

    private record Chance(int attempts, int failurePermille) {}

    Sources(MachineModel model, long seed) {
        this.shape = model.shape();
        this.seed = seed;
        Map<Chance, Yield> yields = new HashMap<>();
        long room = 0;
        for (int i = 0; i < shape.factories().size(); i++) {
            MachineShape.Factory factory = shape.factories().get(i);
            room += factory.buffer();
            int failure = model.traits().factoryFailures().get(i);
            factories.add(yieldOf(yields, factory.statesPerEpoch(), failure));
        }
        for (int i = 0; i < shape.links().size(); i++) {
            int loss = model.traits().linkLosses().get(i);
            links.add(yieldOf(yields, shape.links().get(i).pairsPerEpoch(), loss));
        }
        this.buffer = room;
    }

    private static Yield yieldOf(Map<Chance, Yield> yields, int attempts, int failure) {
        return yields.computeIfAbsent(
                new Chance(attempts, failure), _ -> new Yield(attempts, failure));
    }

    int statesPerRotation() {
        return shape.statesPerRotation();
    }

    /// The most magic states that can be left.
    long stock() {
        return stock;
    }

    /// Takes magic states out of the stock.
    void consume(long states) {
        if (factories.isEmpty()) return;
        Invariant.hold(states <= stock, "magic states that are consumed were made");
        stock -= states;
    }

    /// Makes what an epoch makes.
    Supply make(long epoch, Trouble trouble, long backlogRounds) {
        if (factories.isEmpty() && links.isEmpty() && backlogRounds == 0) return Supply.NONE;
        int[] states = made(factories, FACTORY, epoch, trouble.factoryLoss());
        int[] pairs = made(links, LINK, epoch, trouble.linkLoss());
        for (int made : states) stock += made;
        stock = Math.min(stock, buffer);
        return new Supply(states, pairs, backlogRounds);
    }

    private int[] made(List<Yield> yields, int purpose, long epoch, int[] loss) {
        int[] made = new int[yields.size()];
        for (int i = 0; i < made.length; i++) {
            double uniform = Draw.uniform(Draw.bits(seed, purpose, epoch, i));
            made[i] = Trouble.left(yields.get(i).successes(uniform), loss, i);
        }
        return made;
    }
}
