package org.qmk.runtime.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls over a Unix-domain socket: a line each, one at a time on a connection. Connections are
/// used again.
final class UnixTransport implements Transport {

    private static final int CHUNK_BYTES = 1 << 16;
    private static final int IDLE_MAX = 16;

    private final Path path;
    private final int answerBytesMax;
    private final ConcurrentLinkedDeque<SocketChannel> idle = new ConcurrentLinkedDeque<>();
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    UnixTransport(Path path, int answerBytesMax) {
        this.path = path;
        this.answerBytesMax = answerBytesMax;
    }

    @Override
    public byte[] call(byte[] request, Duration patience) throws TransportFailure {
        SocketChannel channel = connection();
        boolean clean = false;
        try (Alarm alarm = new Alarm(channel, patience)) {
            try {
                send(channel, request);
                var lines = new LineBuffer(answerBytesMax);
                byte[] answer = answer(channel, lines);
                clean = !lines.hasRest();
                return answer;
            } catch (ClosedByInterruptException interrupted) {
                throw interrupted();
            } catch (TransportFailure failure) {
                throw failure;
            } catch (IOException broken) {
                throw alarm.rang() ? late(patience) : lost(broken);
            }
        } finally {
            if (clean && !closed && idle.size() < IDLE_MAX) idle.push(channel);
            else discard(channel);
        }
    }

    private byte[] answer(SocketChannel channel, LineBuffer lines) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (channel.read(chunk) >= 0) {
            lines.add(chunk.flip());
            chunk.clear();
            Optional<byte[]> line = lines.next();
            if (line.isPresent()) return line.get();
        }
        throw new TransportFailure(
                TransportFailure.Kind.LOST,
                "the server at %s ended the connection before it answered".formatted(path));
    }

    private static void send(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) channel.write(rest);
    }

    private SocketChannel connection() throws TransportFailure {
        for (var used = idle.poll(); used != null; used = idle.poll()) {
            if (isQuiet(used)) return used;
            discard(used);
        }
        if (closed) throw new IllegalStateException("the client is closed");
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            open.add(channel);
            try {
                channel.connect(UnixDomainSocketAddress.of(path));
            } catch (IOException failed) {
                discard(channel);
                throw failed;
            }
            return channel;
        } catch (ClosedByInterruptException interrupted) {
            throw interrupted();
        } catch (IOException nobody) {
            throw new TransportFailure(
                    TransportFailure.Kind.UNREACHABLE,
                    "no server answers at %s: %s".formatted(path, nobody.getMessage()),
                    nobody);
        }
    }

    /// Whether the server has neither left nor said something that nobody asked for.
    private static boolean isQuiet(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            int read = channel.read(ByteBuffer.allocate(1));
            channel.configureBlocking(true);
            return read == 0;
        } catch (IOException gone) {
            return false;
        }
    }

    private void discard(SocketChannel channel) {
        open.remove(channel);
        Alarm.close(channel);
    }

    @Override
    public EventFeed watch(RpcRequest request, long job, Duration patience)
            throws TransportFailure {
        SocketChannel channel = connection();
        try (Alarm alarm = new Alarm(channel, patience)) {
            try {
                send(channel, request.bytes());
            } catch (ClosedByInterruptException interrupted) {
                throw interrupted();
            } catch (IOException broken) {
                discard(channel);
                throw alarm.rang() ? late(patience) : lost(broken);
            }
        }
        return new SocketFeed(new LinePump(channel, answerBytesMax), request);
    }

    /// Lines of one connection, which ends with them.
    private static final class SocketFeed implements EventFeed {
        private final LinePump pump;
        private final RpcRequest request;

        SocketFeed(LinePump pump, RpcRequest request) {
            this.pump = pump;
            this.request = request;
        }

        @Override
        public Optional<JobChange> poll(Duration patience) throws ServerRefusal, TransportFailure {
            Optional<byte[]> line = pump.poll(patience);
            if (line.isEmpty()) return Optional.empty();
            RpcAnswer<JobChange> answer = RpcAnswer.read(line.get(), JobChange::read);
            boolean ours = answer.id().equals(OptionalLong.of(request.id()));
            if (answer.event().isPresent() && ours) return answer.event();
            return Optional.of(answer.of(request));
        }

        @Override
        public void close() {
            pump.close();
        }
    }

    private TransportFailure late(Duration patience) {
        return new TransportFailure(
                TransportFailure.Kind.LATE,
                "the server at %s did not answer in %d s".formatted(path, patience.toSeconds()));
    }

    private TransportFailure lost(IOException broken) {
        return new TransportFailure(
                TransportFailure.Kind.LOST,
                "the connection to %s broke: %s".formatted(path, broken.getMessage()),
                broken);
    }

    private static TransportFailure interrupted() {
        return new TransportFailure(
                TransportFailure.Kind.INTERRUPTED, "interrupted while waiting for the server");
    }

    @Override
    public void close() {
        closed = true;
        for (SocketChannel channel : open) discard(channel);
    }

    /// Closes a connection when the time is over: that is what ends a read.
    private static final class Alarm implements AutoCloseable {
        private final CompletableFuture<Void> timer = new CompletableFuture<>();

        Alarm(SocketChannel channel, Duration patience) {
            timer.orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                    .whenComplete(
                            (_, late) -> {
                                if (late instanceof TimeoutException) close(channel);
                            });
        }

        boolean rang() {
            return timer.isCompletedExceptionally();
        }

        static void close(SocketChannel channel) {
            try {
                channel.close();
            } catch (IOException gone) {
                // It is of no more use, whatever the system says of its end.
            }
        }

        @Override
        public void close() {
            timer.complete(null);
        }
    }
}
