package org.qmk.server.engine;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/// An answer that is given when it is durable.
record Told<T>(CompletableFuture<T> answer, T value) implements Committer.Effect {

    @Override
    public void tell() {
        answer.complete(value);
    }

    @Override
    public void fail(IOException why) {
        answer.completeExceptionally(new EngineStopped(why));
    }
}
