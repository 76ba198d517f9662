package org.qmk.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.qmk.device.EpochPlan;
import org.qmk.device.MachineShape;
import org.qmk.device.Supply;
import org.qmk.qvm.Graph;
import org.qmk.qvm.Invariant;

/// What factories and links make, and the magic states in stock.
///
/// What is made in an epoch follows from the seed, the epoch and the source alone (of a pipeline,
/// from the rounds that passed since it began), not from what the buffers still hold: where tenants
/// are kept apart, no tenant may see in its supply what another consumed. How much of it is kept is
/// the kernel's book; the stock here is the most that the kernel can have, as if all factories had
/// one buffer.
final class Sources {

    private static final int FACTORY = 1;
    private static final int LINK = 2;

    private final MachineShape shape;
    private final long seed;
    private final List<Yield> factories = new ArrayList<>();
    private final List<Optional<Port>> ports = new ArrayList<>();
    private final List<Yield> links = new ArrayList<>();
    private final long buffer;
    private long stock;

    private record Chance(int attempts, int failurePermille) {}

    /// Where the states of a pipeline's copies come out: so many in an epoch, and what is more
    /// waits as far as there is room.
    private static final class Port {
        final MachineShape.Factory factory;
        final List<FactoryProcess> processes = new ArrayList<>();
        long queue;

        Port(FactoryPipeline pipeline, MachineShape.Factory factory, long seed, long number) {
            this.factory = factory;
            for (int copy = 0; copy < pipeline.copies(); copy++) {
                long subject = number * FactoryPipeline.COPIES_MAX + copy;
                processes.add(new FactoryProcess(pipeline.levels(), seed, subject));
            }
        }

        int pass(int rounds) {
            for (FactoryProcess process : processes) queue += process.pass(rounds);
            int out = (int) Math.min(queue, factory.statesPerEpoch());
            queue = Math.min(queue - out, factory.buffer());
            return out;
        }
    }

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
            int number = i;
            ports.add(
                    model.traits()
                            .pipelines()
                            .get(i)
                            .map(pipeline -> new Port(pipeline, factory, seed, number)));
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

    /// Magic states that a node consumes.
    int states(Graph graph, int node) {
        return shape.times().states(graph, node, shape.statesPerRotation());
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
    Supply make(EpochPlan plan, Trouble trouble, long backlogRounds) {
        if (factories.isEmpty() && links.isEmpty() && backlogRounds == 0) return Supply.NONE;
        int[] states = new int[factories.size()];
        for (int i = 0; i < states.length; i++) {
            int made =
                    ports.get(i).isPresent()
                            ? ports.get(i).get().pass(plan.rounds())
                            : made(factories.get(i), FACTORY, plan.epoch(), i);
            states[i] = Trouble.left(made, trouble.factoryLoss(), i);
            stock += states[i];
        }
        stock = Math.min(stock, buffer);
        int[] pairs = new int[links.size()];
        for (int i = 0; i < pairs.length; i++) {
            int made = made(links.get(i), LINK, plan.epoch(), i);
            pairs[i] = Trouble.left(made, trouble.linkLoss(), i);
        }
        return new Supply(states, pairs, backlogRounds);
    }

    private int made(Yield yield, int purpose, long epoch, int number) {
        return yield.successes(Draw.uniform(Draw.bits(seed, purpose, epoch, number)));
    }
}
