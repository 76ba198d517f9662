package org.qmk.runtime.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Calls over HTTP: `/rpc` for each, `/jobs/N/events` for a job's events.
final class HttpTransport implements Transport {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

    private final ServerAddress.Http address;
    private final Optional<String> key;
    private final int answerBytesMax;
    private final HttpClient http;

    HttpTransport(ServerAddress.Http address, Optional<String> key, int answerBytesMax) {
        this.address = address;
        this.key = key;
        this.answerBytesMax = answerBytesMax;
        // Redirects are not followed: the key is for this server alone.
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT_MAX)
                        .build();
    }

    @Override
    public byte[] call(byte[] request, Duration patience) throws TransportFailure {
        HttpRequest post =
                asking("/rpc")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(request))
                        .build();
        HttpResponse<byte[]> response =
                response(post, _ -> new BoundedBody(answerBytesMax), patience);
        byte[] body = response.body();
        if (body.length > 0 && body[0] == '{') return body;
        throw noServer(response);
    }

    private HttpRequest.Builder asking(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.at(path));
        key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        return request;
    }

    /// @param patience until the body handler has made a body
    private <T> HttpResponse<T> response(
            HttpRequest request, BodyHandler<T> handler, Duration patience)
            throws TransportFailure {
        CompletableFuture<HttpResponse<T>> coming = http.sendAsync(request, handler);
        try {
            return coming.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            coming.cancel(true);
            throw failure(TransportFailure.Kind.LATE, "did not answer in time", late);
        } catch (InterruptedException interrupted) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            throw failure(TransportFailure.Kind.INTERRUPTED, "was not waited for", interrupted);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        }
    }

    private TransportFailure failure(Throwable cause) {
        return switch (cause) {
            case ConnectException nobody ->
                    failure(TransportFailure.Kind.UNREACHABLE, "cannot be reached", nobody);
            case HttpConnectTimeoutException nobody ->
                    failure(TransportFailure.Kind.UNREACHABLE, "cannot be reached", nobody);
            case SSLException untrusted ->
                    failure(
                            TransportFailure.Kind.UNREACHABLE,
                            "offers no TLS that is trusted: " + untrusted.getMessage(),
                            untrusted);
            case HttpTimeoutException late ->
                    failure(TransportFailure.Kind.LATE, "did not answer in time", late);
            case Throwable other when known(other).isPresent() -> known(other).get();
            default ->
                    failure(
                            TransportFailure.Kind.LOST,
                            "broke the connection: " + cause.getMessage(),
                            cause);
        };
    }

    /// The failure of our own that is behind another.
    private static Optional<TransportFailure> known(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof TransportFailure ours) return Optional.of(ours);
        }
        return Optional.empty();
    }

    private TransportFailure failure(TransportFailure.Kind kind, String what, Throwable cause) {
        return new TransportFailure(kind, "the server at %s %s".formatted(address, what), cause);
    }

    private TransportFailure noServer(HttpResponse<?> response) {
        return new TransportFailure(
                TransportFailure.Kind.GARBLED,
                "what is at %s is no QMK server: it answered with HTTP status %d"
                        .formatted(address, response.statusCode()));
    }

    @Override
    public EventFeed watch(RpcRequest request, long job, Duration patience)
            throws TransportFailure {
        HttpRequest get =
                asking("/jobs/%s/events".formatted(Long.toUnsignedString(job)))
                        .header("Accept", "text/event-stream")
                        .build();
        HttpResponse<InputStream> response = response(get, BodyHandlers.ofInputStream(), patience);
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
            try (var _ = response.body()) {
                throw noServer(response);
            } catch (TransportFailure failure) {
                throw failure;
            } catch (IOException broken) {
                throw failure(TransportFailure.Kind.LOST, "broke the connection", broken);
            }
        }
        var channel = Channels.newChannel(response.body());
        return new SentEvents(new LinePump(channel, answerBytesMax), answerBytesMax);
    }

    /// Server-sent events, as the WHATWG's standard of HTML has them: those named job and error.
    private static final class SentEvents implements EventFeed {
        private final LinePump pump;
        private final int bytesMax;
        private String name = "";
        private StringBuilder text = new StringBuilder();

        SentEvents(LinePump pump, int bytesMax) {
            this.pump = pump;
            this.bytesMax = bytesMax;
        }

        @Override
        public Optional<JobChange> poll(Duration patience) throws ServerRefusal, TransportFailure {
            long end = System.nanoTime() + patience.toNanos();
            while (true) {
                long left = Math.max(0, end - System.nanoTime());
                Optional<byte[]> line = pump.poll(Duration.ofNanos(left));
                if (line.isEmpty()) return Optional.empty();
                Optional<JobChange> change = take(new String(line.get(), StandardCharsets.UTF_8));
                // Comments keep a connection open, but nobody waiting.
                if (change.isPresent() || left == 0) return change;
            }
        }

        private Optional<JobChange> take(String line) throws ServerRefusal, TransportFailure {
            String shown = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            if (shown.isEmpty()) return dispatch();
            int colon = shown.indexOf(':');
            String field = colon < 0 ? shown : shown.substring(0, colon);
            String value = colon < 0 ? "" : shown.substring(colon + 1);
            if (value.startsWith(" ")) value = value.substring(1);
            if (field.equals("event")) name = value;
            if (field.equals("data")) text.append(value).append('\n');
            if (text.length() > bytesMax) throw TransportFailure.tooLong(bytesMax);
            return Optional.empty();
        }

        private Optional<JobChange> dispatch() throws ServerRefusal, TransportFailure {
            byte[] json = text.toString().getBytes(StandardCharsets.UTF_8);
            String dispatched = name;
            text = new StringBuilder();
            name = "";
            if (dispatched.equals("job")) return Optional.of(RpcAnswer.value(json));
            if (!dispatched.equals("error")) return Optional.empty();
            throw RpcAnswer.refused(json);
        }

        @Override
        public void close() {
            pump.close();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
