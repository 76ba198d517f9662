package org.qmk.runtime.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// Reads lines in a thread of its own, so that who takes them can stop waiting without losing
/// what comes later. Reads no further ahead than a line.
final class LinePump implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 14;

    private sealed interface Arrival {
        record Line(byte[] bytes) implements Arrival {}

        record End(TransportFailure why) implements Arrival {}
    }

    private final ReadableByteChannel channel;
    private final LineBuffer lines;
    private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(1);
    private final Thread thread;

    /// Begins to read.
    ///
    /// @param channel is closed with the pump
    /// @param bytesMax the longest line
    LinePump(ReadableByteChannel channel, int bytesMax) {
        this.channel = channel;
        lines = new LineBuffer(bytesMax);
        thread = Thread.ofVirtual().name("qmk-client-events").start(this::run);
    }

    private void run() {
        try {
            arrivals.put(new Arrival.End(pump()));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private TransportFailure pump() throws InterruptedException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        try {
            while (channel.read(chunk) >= 0) {
                lines.add(chunk.flip());
                chunk.clear();
                for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                    arrivals.put(new Arrival.Line(line.get()));
                }
            }
            return new TransportFailure(
                    TransportFailure.Kind.LOST, "the server ended the stream of events");
        } catch (TransportFailure tooLong) {
            return tooLong;
        } catch (IOException broken) {
            return new TransportFailure(
                    TransportFailure.Kind.LOST, "the stream of events broke", broken);
        }
    }

    /// The next line; nothing if none comes in that time.
    ///
    /// @throws TransportFailure if there are no more
    Optional<byte[]> poll(Duration patience) throws TransportFailure {
        try {
            return switch (arrivals.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                case null -> Optional.empty();
                case Arrival.Line(var bytes) -> Optional.of(bytes);
                case Arrival.End(var why) -> throw why;
            };
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TransportFailure(
                    TransportFailure.Kind.INTERRUPTED, "interrupted while waiting for events");
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            channel.close();
        } catch (IOException gone) {
            // It is of no more use, whatever the system says of its end.
        }
    }
}
