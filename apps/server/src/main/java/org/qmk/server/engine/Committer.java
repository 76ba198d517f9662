package org.qmk.server.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/// Makes a journal durable behind the kernel's back, and tells nobody anything before.
///
/// The kernel goes on while the disk works: one force serves all epochs that were written while the
/// last one ran. The queue is bounded, so a slow disk slows the kernel down.
final class Committer implements AutoCloseable {

    /// Epochs that may be written and not durable.
    private static final int BEHIND_MAX = 256;

    /// Makes durable all that was written before the call.
    @FunctionalInterface
    interface Force {
        void force() throws IOException;
    }

    /// What is told when it is durable, or will never be.
    interface Effect {
        void tell();

        void fail(IOException why);
    }

    private static final Effect LAST =
            new Effect() {
                @Override
                public void tell() {}

                @Override
                public void fail(IOException why) {}
            };

    private final BlockingQueue<List<Effect>> queue = new ArrayBlockingQueue<>(BEHIND_MAX);
    private final Force force;
    private final Consumer<IOException> onFailure;
    private final EngineProbe probe;
    private final Thread thread;

    /// @param onFailure is told once, if the disk fails; from then on nothing is told to anybody
    Committer(Force force, Consumer<IOException> onFailure, EngineProbe probe) {
        this.force = force;
        this.onFailure = onFailure;
        this.probe = probe;
        this.thread = Thread.ofPlatform().name("qmk-commit").start(this::run);
    }

    /// Hands over what may be told when everything written so far is durable.
    void commit(List<Effect> effects) throws InterruptedException {
        queue.put(effects);
    }

    private void run() {
        List<List<Effect>> group = new ArrayList<>();
        Optional<IOException> failure = Optional.empty();
        boolean last = false;
        try {
            while (!last) {
                group.add(queue.take());
                queue.drainTo(group);
                if (failure.isEmpty()) failure = tryForce(group.size());
                for (List<Effect> effects : group) {
                    for (Effect effect : effects) {
                        failure = settle(effect, failure);
                        last |= effect == LAST;
                    }
                }
                group.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells, or says that nothing is told any more. A fault of whoever is told stops the telling,
    /// and never this thread: the kernel waits for it.
    private Optional<IOException> settle(Effect effect, Optional<IOException> failure) {
        if (failure.isPresent()) {
            effect.fail(failure.get());
            return failure;
        }
        try {
            effect.tell();
            return failure;
        } catch (RuntimeException bug) {
            var failed = new IOException("a fault of ours: " + bug, bug);
            onFailure.accept(failed);
            effect.fail(failed);
            return Optional.of(failed);
        }
    }

    private Optional<IOException> tryForce(int epochs) {
        try {
            long begun = System.nanoTime();
            force.force();
            probe.committed(epochs, System.nanoTime() - begun);
            return Optional.empty();
        } catch (IOException failed) {
            onFailure.accept(failed);
            return Optional.of(failed);
        }
    }

    /// Returns when everything that was handed over was told.
    @Override
    public void close() {
        try {
            queue.put(List.of(LAST));
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
